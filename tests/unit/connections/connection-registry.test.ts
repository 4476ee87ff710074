import { beforeEach, describe, expect, it } from 'vitest';
import { AwsFailure } from '../../../src/main/aws/aws-api';
import { ConnectionRegistry } from '../../../src/main/connections/connection-registry';
import type { SettingsStore } from '../../../src/main/seams';
import type { Connection } from '../../../src/shared/connections/connection';
import { TestClock } from '../aws/test-clock';
import { memorySettings } from './memory-settings';

const real: Connection = {
  id: 'production',
  label: 'Production',
  color: '#336699',
  credentials: { kind: 'profile', profile: 'prod' },
  regions: ['eu-west-1'],
  roleArn: null,
  endpoint: null,
  readOnly: true,
  paused: false,
  pushQueueUrl: null,
};
const demo: Connection = {
  ...real,
  id: 'demo',
  label: 'Demo',
  credentials: { kind: 'demo' },
  endpoint: 'http://127.0.0.1:4566',
};

let settings: SettingsStore;
let registry: ConnectionRegistry;
beforeEach(() => {
  settings = memorySettings();
  registry = new ConnectionRegistry({
    settings,
    clock: new TestClock(),
    pushMfaPrompt: () => undefined,
    demo: [demo],
  });
});
const failure = (run: () => void) => {
  try {
    run();
  } catch (error) {
    if (error instanceof AwsFailure) return error.failure;
    throw error;
  }
  return null;
};

describe('ConnectionRegistry', () => {
  it('adds, edits and removes, and tells so', () => {
    const told: string[][] = [];
    registry.onChange((connections) => told.push(connections.map(({ label }) => label)));
    registry.save(real);
    registry.save({ ...real, label: 'Live' });
    registry.remove('production');
    expect(told).toEqual([['Production', 'Demo'], ['Live', 'Demo'], ['Demo']]);
    expect(settings.get().connections).toEqual([]);
  });

  it('never saves the demo, and keeps its address', () => {
    registry.save({
      ...demo,
      color: '#000000',
      paused: true,
      endpoint: 'https://elsewhere.example',
    });
    expect(settings.get().connections).toEqual([]);
    expect(registry.connections()).toMatchObject([
      { color: '#000000', paused: true, endpoint: demo.endpoint },
    ]);
  });

  it.each<[string, Connection]>([
    ['a bad id', { ...real, id: 'No Spaces' }],
    ['no region', { ...real, regions: [] }],
    ['a region twice', { ...real, regions: ['eu-west-1', 'eu-west-1'] }],
    ['a demo of one’s own', { ...real, credentials: { kind: 'demo' } }],
    ['the demo’s id', { ...real, id: 'demo' }],
    ['the label of another', { ...real, id: 'other', label: 'DEMO' }],
    ['an endpoint that is no web address', { ...real, endpoint: 'file:///etc/passwd' }],
  ])('refuses %s', (_name, connection) => {
    expect(failure(() => registry.save(connection))).toMatchObject({ kind: 'invalid' });
    expect(settings.get().connections).toEqual([]);
  });

  it('refuses what is not there', () => {
    expect(failure(() => registry.remove('nobody'))?.kind).toBe('not-found');
    expect(failure(() => registry.setPaused('nobody', true))?.kind).toBe('not-found');
    expect(failure(() => registry.answerMfa('nobody', '123456'))?.kind).toBe('not-found');
  });

  it('makes one session each, none for paused ones', () => {
    registry.save(real);
    const session = registry.session('production');
    expect(session).not.toBeNull();
    expect(registry.session('production')).toBe(session);
    expect(registry.api('production', 'eu-west-1')).toBe(session?.api('eu-west-1'));
    registry.setPaused('production', true);
    expect(registry.session('production')).toBeNull();
    registry.setPaused('production', false);
    expect(registry.session('production')).not.toBe(session);
  });

  it('keeps a session over a change of colour and renews it over one of role', () => {
    registry.save(real);
    const session = registry.session('production');
    registry.save({ ...real, color: '#ffffff' });
    expect(registry.session('production')).toBe(session);
    registry.save({ ...real, roleArn: 'arn:aws:iam::123456789012:role/x' });
    expect(registry.session('production')).not.toBe(session);
  });

  it('shows only the demo when asked to', () => {
    registry.save(real);
    const only = new ConnectionRegistry({
      settings,
      clock: new TestClock(),
      pushMfaPrompt: () => undefined,
      demo: [demo],
      demoOnly: true,
    });
    expect(only.connections().map(({ id }) => id)).toEqual(['demo']);
    expect(only.session('production')).toBeNull();
  });

  it('says nothing more once stopped', () => {
    let told = 0;
    registry.onChange(() => (told += 1));
    registry.stop();
    settings.update((now) => ({ ...now, connections: [real] }));
    expect(told).toBe(0);
  });
});
