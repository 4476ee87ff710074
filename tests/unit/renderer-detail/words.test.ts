import { describe, expect, it } from 'vitest';
import type { AlarmRow, MetricRule } from '../../../src/shared/alarms/alarm';
import type { RegionStatus } from '../../../src/shared/connections/connection';
import type { Incident } from '../../../src/shared/incidents/incident';
import { actionText, conditionText, periodText } from '../../../src/renderer/alarm-detail/describe';
import { ownerText } from '../../../src/renderer/alarm-detail/DetailHead';
import { regionText } from '../../../src/renderer/connections/ConnectionCard';
import { readMfaCode } from '../../../src/renderer/connections/MfaPrompt';
import { deliveryText } from '../../../src/renderer/inbox/InboxPanel';

const now = Date.UTC(2026, 0, 2, 3, 0);
const minute = 60_000;

const rule: MetricRule = {
  queries: [],
  periodSeconds: 300,
  evaluationPeriods: 3,
  datapointsToAlarm: 2,
  threshold: 10,
  thresholdMetricId: null,
  comparison: 'GreaterThanThreshold',
  treatMissingData: 'missing',
};
const row: AlarmRow = {
  key: 'k',
  name: 'n',
  connectionId: 'c',
  accountId: '1',
  region: 'eu-west-1',
  kind: 'metric',
  state: 'ALARM',
  severity: 'critical',
  summary: '',
  stateSince: now,
  incidentId: 'i',
  incidentState: 'triggered',
  owner: null,
  acknowledgedAt: null,
  snoozedUntil: null,
  mutedUntil: null,
  flaps: 0,
  recoveredAt: null,
  cannotFire: null,
  actionsEnabled: true,
  stale: false,
};
const incident: Incident = {
  id: 'i',
  alarmKey: 'k',
  alarmName: 'n',
  connectionId: 'c',
  region: 'eu-west-1',
  severity: 'critical',
  state: 'acknowledged',
  openedAt: now,
  resolvedAt: null,
  acknowledgement: { by: 'sam', at: now - 9 * minute, expiresAt: now + 51 * minute },
  snooze: null,
  notifiedAt: null,
  notifiedCount: 0,
  alarmCount: 1,
  timeline: [],
};
const region: RegionStatus = {
  region: 'eu-west-1',
  phase: 'ready',
  lastGoodAt: now - 6_000,
  blindSince: null,
  failure: null,
  alarmCount: 52,
  firingCount: 3,
  push: 'off',
};

describe('words of the detail', () => {
  it('says when an alarm fires', () => {
    expect(conditionText(rule)).toBe('> 10 for 2 of 3 periods of 5 min');
    expect(
      conditionText({ ...rule, threshold: null, comparison: 'GreaterThanUpperThreshold' }),
    ).toBe('above the band for 2 of 3 periods of 5 min');
  });

  it.each([
    [10, '10 s'],
    [60, '1 min'],
    [3600, '1 h'],
    [86_400, '1 d'],
    [90, '90 s'],
  ])('names a period of %d s "%s"', (seconds, text) => {
    expect(periodText(seconds)).toBe(text);
  });

  it('names an action by service and target', () => {
    expect(actionText('arn:aws:sns:us-west-1:123456789012:crm-alerts')).toBe('sns · crm-alerts');
    expect(actionText('nonsense')).toBe('nonsense');
  });

  it('says who has it, since when and until when', () => {
    expect(ownerText(row, undefined, now, 'utc')).toBeNull();
    const held = { ...row, incidentState: 'acknowledged' as const, owner: 'sam' };
    expect(ownerText(held, incident, now, 'utc')).toBe(
      'Acknowledged by sam, 9 min ago, lapses in 51 min',
    );
    expect(ownerText(held, undefined, now, 'utc')).toBe('Acknowledged by sam');
    const snoozed = {
      ...row,
      incidentState: 'snoozed' as const,
      snoozedUntil: now + 30 * minute,
      mutedUntil: now + 60 * minute,
    };
    expect(ownerText(snoozed, undefined, now, 'utc')).toBe(
      'Snoozed until 03:30 · Muted until 04:00',
    );
  });

  it('says how a region is doing, and never that a blind one is well', () => {
    expect(regionText(region, now, 'utc')).toBe('52 alarms, 3 firing, answered 6 s ago');
    const blind = regionText(
      { ...region, phase: 'stale', blindSince: now - 46 * minute, lastGoodAt: now - 47 * minute },
      now,
      'utc',
    );
    expect(blind).toBe('answered 47 min ago, blind since 02:14');
    expect(blind).not.toContain('52 alarms');
    expect(regionText({ ...region, phase: 'failed', lastGoodAt: null }, now, 'utc')).toBe(
      'failing, never answered',
    );
  });

  it('says how the engineer was told, and why not', () => {
    expect(deliveryText({ delivery: 'popup', deliveryNote: null })).toBe('popup');
    expect(deliveryText({ delivery: 'in-app', deliveryNote: 'quiet hours' })).toBe(
      'only here: quiet hours',
    );
  });

  it.each([
    ['123456', '123456'],
    [' 123 456 ', '123456'],
    ['12345678', '12345678'],
    ['12345', null],
    ['123456789', null],
    ['12345a', null],
    ['', null],
  ])('reads the MFA code "%s" as %s', (text, code) => {
    expect(readMfaCode(text)).toBe(code);
  });
});
