import { describe, expect, it } from 'vitest';
import {
  draftFromProfile,
  draftOf,
  emptyDraft,
  freeId,
  suggestedRegions,
  validateDraft,
} from '../../../src/renderer/connections/connection-form';
import type {
  ConnectionDraft,
  DraftField,
} from '../../../src/renderer/connections/connection-form';
import { connectionSchema } from '../../../src/shared/connections/connection';
import type { Connection } from '../../../src/shared/connections/connection';

const crm: Connection = {
  id: 'crm',
  label: 'CRM',
  color: '#5b8def',
  credentials: { kind: 'profile', profile: 'crm-prod' },
  regions: ['us-east-1'],
  roleArn: null,
  endpoint: null,
  readOnly: true,
  paused: false,
  pushQueueUrl: null,
};
const valid = { ...emptyDraft([crm]), label: 'Shop', profile: 'shop', regions: ['eu-west-1'] };

describe('connection form', () => {
  it('begins read-only, with a colour nobody else has', () => {
    expect(emptyDraft([crm]).readOnly).toBe(true);
    expect(emptyDraft([crm]).color).not.toBe(crm.color);
  });

  it('makes a connection of a found profile and its region', () => {
    const draft = draftFromProfile({ name: 'Shop Prod', region: 'eu-west-1', method: 'SSO' }, []);
    const result = validateDraft(draft, []);
    expect(result).toMatchObject({
      ok: true,
      connection: { id: 'shop-prod', label: 'Shop Prod', regions: ['eu-west-1'] },
    });
  });

  it('survives editing unchanged', () => {
    expect(validateDraft(draftOf(crm), [crm])).toEqual({ ok: true, connection: crm });
  });

  it.each<[DraftField, Partial<ConnectionDraft>]>([
    ['label', { label: '  ' }],
    ['label', { label: 'crm ' }],
    ['profile', { profile: '' }],
    ['regions', { regions: [] }],
    ['regions', { regions: ['eu-west-1', 'mars'] }],
    ['roleArn', { roleArn: 'role/Reader' }],
    ['endpoint', { endpoint: 'file:///etc/passwd' }],
    ['pushQueueUrl', { pushQueueUrl: 'queue' }],
    ['color', { color: 'red' }],
  ])('names a problem at %s', (field, change) => {
    const result = validateDraft({ ...valid, ...change }, [crm]);
    expect(result.ok).toBe(false);
    expect(result.ok ? [] : Object.keys(result.errors)).toEqual([field]);
  });

  it('names every problem at once', () => {
    const result = validateDraft({ ...emptyDraft([]), roleArn: 'x', endpoint: 'y' }, []);
    expect(result.ok ? [] : Object.keys(result.errors).sort()).toEqual([
      'endpoint',
      'label',
      'profile',
      'regions',
      'roleArn',
    ]);
  });

  it('says which region is wrong', () => {
    const result = validateDraft({ ...valid, regions: ['eu-west-1', 'mars'] }, []);
    expect(result.ok ? '' : result.errors.regions).toContain('mars');
  });

  it('finds ids that are free and fit the contract', () => {
    expect(freeId('CRM', ['crm', 'crm-2'])).toBe('crm-3');
    expect(freeId('日本', [])).toBe('connection');
    const id = freeId('x'.repeat(200), []);
    expect(connectionSchema.shape.id.safeParse(id).success).toBe(true);
  });

  it('suggests only regions the contract accepts', () => {
    for (const region of suggestedRegions) {
      expect(connectionSchema.shape.regions.safeParse([region]).success, region).toBe(true);
    }
  });
});
