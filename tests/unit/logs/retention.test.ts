import { expect, it } from 'vitest';
import type { LogGroup } from '../../../src/shared/logs/groups';
import {
  auditRetention,
  changeUsd,
  defaultRetentionPolicy,
  retentionPolicySchema,
} from '../../../src/shared/logs/retention';

const GB = 1024 ** 3;
const NOW = Date.UTC(2026, 0, 31);
const DAY = 86_400_000;
const group = (
  name: string,
  retentionDays: number | null,
  storedBytes: number | null = GB,
): LogGroup => ({
  connectionId: 'rt',
  region: 'us-west-1',
  name,
  arn: `arn:aws:logs:us-west-1:444455556666:log-group:${name}:*`,
  storedBytes,
  retentionDays,
  createdAt: null,
  logClass: 'STANDARD',
});

it('judges by the first rule that fits, with bytes and what they cost a month', () => {
  const base = '/aws/amplify/RealTechee-Gen2';
  const { groups, sums } = auditRetention(
    [
      group(base, 30),
      group(`${base}/errors`, 60, 2 * GB),
      group(`${base}/access`, null, 10 * GB),
      group(`${base}/audit`, 365, null),
      group(`${base}/business`, 365, 4 * GB),
      group('/aws/lambda/other', null, 100 * GB),
    ],
    defaultRetentionPolicy,
    NOW,
  );
  expect(groups.map(({ verdict, wantedDays }) => [verdict, wantedDays])).toEqual([
    ['compliant', 30],
    ['too-short', 90],
    ['never-expires', 14],
    ['compliant', 365],
    ['too-long', 180],
    ['no-rule', null],
  ]);
  expect(groups[2]?.monthlyUsd).toBeCloseTo(0.3);
  expect(groups[3]?.monthlyUsd).toBeNull();
  expect(sums.compliant).toEqual({
    groups: 2,
    bytes: GB,
    monthlyUsd: expect.closeTo(0.03),
    changeUsd: 0,
    unsized: 1,
  });
  expect(sums['no-rule'].monthlyUsd).toBeCloseTo(3);
});

it('takes for ever as a wish of its own', () => {
  const policy = [{ pattern: '*/legal', days: null }];
  const verdicts = auditRetention([group('/a/legal', null), group('/a/legal', 3653)], policy, NOW);
  expect(verdicts.groups.map(({ verdict }) => verdict)).toEqual(['compliant', 'too-short']);
});

it('knows stars, and nothing else as special', () => {
  const matches = (pattern: string, name: string): boolean =>
    auditRetention([group(name, 1)], [{ pattern, days: 1 }], NOW).groups[0]?.rule === 0;
  expect(matches('/a/*/c', '/a/b/x/c')).toBe(true);
  expect(matches('/a/*', '/a/')).toBe(true);
  expect(matches('*b*', 'abc')).toBe(true);
  expect(matches('ab*ba', 'aba')).toBe(false);
  expect(matches('/a.c', '/abc')).toBe(false);
  expect(matches('/a', '/a/b')).toBe(false);
  const started = performance.now();
  expect(matches(`${'*a'.repeat(200)}*b`, 'a'.repeat(512))).toBe(false);
  expect(performance.now() - started).toBeLessThan(100);
});

it('takes only the days CloudWatch takes', () => {
  expect(retentionPolicySchema.safeParse(defaultRetentionPolicy).success).toBe(true);
  expect(retentionPolicySchema.safeParse([{ pattern: '*', days: 31 }]).success).toBe(false);
});

it('tells what a month costs less or more, and nothing where that cannot be known', () => {
  const of = (
    retentionDays: number | null,
    wanted: number | null,
    ageDays: number | null,
    storedBytes: number | null = 10 * GB,
  ): number | null =>
    changeUsd(
      { retentionDays, storedBytes, createdAt: ageDays === null ? null : NOW - ageDays * DAY },
      wanted,
      NOW,
    );
  // A hundred days of 10 GB, of which ten stay.
  expect(of(null, 10, 100)).toBeCloseTo(-0.27);
  expect(of(60, 30, 1_000)).toBeCloseTo(-0.15);
  // It holds less than either: nothing is deleted.
  expect(of(60, 30, 10)).toBeCloseTo(0);
  expect(of(30, 90, 1_000)).toBeCloseTo(0.6);
  expect(of(30, 30, null)).toBe(0);
  expect(of(null, 30, null)).toBeNull();
  expect(of(30, null, 100)).toBeNull();
  expect(of(30, 90, 100, null)).toBeNull();
});
