import { expect, it } from 'vitest';
import type { LogGroup } from '../../../src/shared/logs/groups';
import {
  auditRetention,
  defaultRetentionPolicy,
  retentionPolicySchema,
} from '../../../src/shared/logs/retention';

const GB = 1024 ** 3;
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
  expect(sums.compliant).toEqual({ groups: 2, bytes: GB, monthlyUsd: expect.closeTo(0.03) });
  expect(sums['no-rule'].monthlyUsd).toBeCloseTo(3);
});

it('takes for ever as a wish of its own', () => {
  const policy = [{ pattern: '*/legal', days: null }];
  const verdicts = auditRetention([group('/a/legal', null), group('/a/legal', 3653)], policy);
  expect(verdicts.groups.map(({ verdict }) => verdict)).toEqual(['compliant', 'too-short']);
});

it('knows stars, and nothing else as special', () => {
  const matches = (pattern: string, name: string): boolean =>
    auditRetention([group(name, 1)], [{ pattern, days: 1 }]).groups[0]?.rule === 0;
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
