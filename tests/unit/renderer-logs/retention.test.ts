import { describe, expect, it } from 'vitest';
import { auditRetention, setRetentionSchema } from '../../../src/shared/logs/retention';
import type {
  AuditedGroup,
  RetentionChange,
  RetentionOutcome,
  RetentionPolicy,
} from '../../../src/shared/logs/retention';
import type { LogGroup } from '../../../src/shared/logs/groups';
import { auditCsv, auditRows, groupKey } from '../../../src/renderer/logs/retention/audit-rows';
import type { AuditFilter, AuditSort } from '../../../src/renderer/logs/retention/audit-rows';
import {
  applyChanges,
  batchesOf,
  planChanges,
  waysBack,
} from '../../../src/renderer/logs/retention/changes';
import {
  draftRule,
  matchesOf,
  moved,
  policyOf,
} from '../../../src/renderer/logs/retention/policy-draft';
import { lossText, outcomeText } from '../../../src/renderer/logs/retention/preview-words';
import { totalText } from '../../../src/renderer/logs/retention/Summary';

const GB = 1024 ** 3;
const DAY = 86_400_000;
const NOW = Date.UTC(2026, 0, 31);
const group = (name: string, days: number | null, change: Partial<LogGroup> = {}): LogGroup => ({
  connectionId: 'crm',
  region: 'us-east-1',
  name,
  arn: '',
  storedBytes: GB,
  retentionDays: days,
  createdAt: NOW - 1_000 * DAY,
  logClass: 'STANDARD',
  ...change,
});
const policy: RetentionPolicy = [
  { pattern: '/app/errors*', days: 90 },
  { pattern: '/app/*', days: 30 },
];
const groups = [
  group('/app/a', 30),
  group('/app/b', 7, { storedBytes: 3 * GB }),
  group('/app/c', null, { storedBytes: null }),
  group('/app/errors', 365, { connectionId: 'rt', storedBytes: 10 * GB }),
  group('=cmd()', null),
];
const audit = auditRetention(groups, policy, NOW);
const labels = new Map([
  ['crm', 'CRM'],
  ['rt', 'RealTechee'],
]);
const all: AuditFilter = { verdicts: new Set(), connectionId: null, text: '' };
const names = (filter: Partial<AuditFilter>, sort: AuditSort): string[] =>
  auditRows(audit.groups, { ...all, ...filter }, sort, labels).map(({ name }) => name);

describe('the list', () => {
  it('sorts by figure and by days, what is not known last either way', () => {
    expect(names({}, { column: 'bytes', descending: true })).toEqual([
      '/app/errors',
      '/app/b',
      '/app/a',
      '=cmd()',
      '/app/c',
    ]);
    expect(names({}, { column: 'bytes', descending: false }).at(-1)).toBe('/app/c');
    expect(names({}, { column: 'has', descending: false })).toEqual([
      '/app/b',
      '/app/a',
      '/app/errors',
      '/app/c',
      '=cmd()',
    ]);
  });

  it('narrows by state, connection and every word of the text', () => {
    const sort: AuditSort = { column: 'name', descending: false };
    expect(names({ verdicts: new Set(['too-short', 'no-rule']) }, sort)).toEqual([
      '/app/b',
      '=cmd()',
    ]);
    expect(names({ connectionId: 'rt' }, sort)).toEqual(['/app/errors']);
    expect(names({ text: 'ERR app' }, sort)).toEqual(['/app/errors']);
    expect(names({ text: 'err b' }, sort)).toEqual([]);
  });

  it('is written as CSV without a formula and without figures that are not known', () => {
    const lines = auditCsv(audit.groups, labels).split('\r\n');
    expect(lines).toHaveLength(groups.length + 2);
    expect(lines[5]).toBe("CRM,us-east-1,'=cmd(),No rule,for ever,,1073741824,0.03,,");
    expect(lines[3]).toBe('CRM,us-east-1,/app/c,Never expires,for ever,30,,,,');
    expect(lines[4]).toMatch(
      /^RealTechee,us-east-1,\/app\/errors,Too long,365,90,10737418240,0\.3,0\.226\d*,0$/,
    );
    // No cell begins as a formula, figures too.
    expect(
      lines
        .slice(1)
        .flatMap((line) => line.split(','))
        .filter((cell) => /^[-+=@]/.test(cell)),
    ).toEqual([]);
  });

  it('holds ten thousand groups without delay', () => {
    const many = Array.from({ length: 10_000 }, (_, at) =>
      group(`/app/service-${at}`, at % 2 === 0 ? 30 : null),
    );
    const started = performance.now();
    const rows = auditRows(
      auditRetention(many, policy, NOW).groups,
      all,
      { column: 'name', descending: false },
      labels,
    );
    expect(rows).toHaveLength(10_000);
    expect(rows[2]?.name).toBe('/app/service-2');
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

it('says what the policy saves and costs, and of how many groups nothing is known', () => {
  const text = totalText(audit.sums);
  expect(text).toContain('15 GB stored, $0.45 a month.');
  expect(text).toContain('would save about $0.23');
  expect(text).toContain('about $0.30 more');
  expect(text).toContain('Of 1 group the size is not known');
  expect(text).toContain('us-east-1');
});

describe('a change', () => {
  const plan = planChanges(audit.groups, 'policy', (id) => id === 'rt');

  it('leaves out what is right already, has no rule or cannot be changed', () => {
    expect(
      plan.planned.map(({ change, shortens }) => [
        change.group,
        change.fromDays,
        change.toDays,
        shortens,
      ]),
    ).toEqual([
      ['/app/b', 7, 30, false],
      ['/app/c', null, 30, true],
    ]);
    expect([plan.alike, plan.unruled, plan.readOnly.map(({ name }) => name)]).toEqual([
      1,
      1,
      ['/app/errors'],
    ]);
  });

  it('can set days that no rule says', () => {
    const { planned, unruled } = planChanges(audit.groups, 14, () => false);
    expect(planned).toHaveLength(5);
    expect(unruled).toBe(0);
    expect(
      planChanges(audit.groups, null, () => false).planned.some(({ shortens }) => shortens),
    ).toBe(false);
  });

  it('says what is deleted, and nothing where nothing is', () => {
    expect(lossText(plan.planned)).toMatch(/^1 of them will be kept shorter.*for good/);
    expect(lossText(plan.planned.filter(({ shortens }) => !shortens))).toBeNull();
  });

  it('is sent in parts that the bridge takes, by account and region', () => {
    const changes = Array.from({ length: 25 }, (_, at): RetentionChange => ({
      connectionId: at % 5 === 0 ? 'rt' : 'crm',
      region: 'us-east-1',
      group: `g${at}`,
      fromDays: null,
      toDays: 30,
    }));
    const batches = batchesOf(changes);
    expect(batches.map((place) => place.map((batch) => batch.length))).toEqual([[5], [10, 10]]);
    const command = { commandId: crypto.randomUUID(), changes: batches[1]?.[0] };
    expect(setRetentionSchema.safeParse(command).success).toBe(true);
  });

  it('knows the way back only to days that CloudWatch takes', () => {
    const base = { connectionId: 'crm', region: 'us-east-1', group: 'g' };
    expect(
      waysBack([
        { ...base, fromDays: null, toDays: 30 },
        { ...base, fromDays: 31, toDays: 30 },
      ]),
    ).toEqual([{ ...base, fromDays: 30, toDays: null }]);
  });
});

describe('carrying it out', () => {
  const change = (connectionId: string, name: string): RetentionChange => ({
    connectionId,
    region: 'us-east-1',
    group: name,
    fromDays: null,
    toDays: 30,
  });
  const outcomeOf = ({ connectionId, region, group: name }: RetentionChange): RetentionOutcome => ({
    connectionId,
    region,
    group: name,
    failure: null,
  });
  const many = Array.from({ length: 30 }, (_, at) => change('crm', `g${at}`));

  it('goes on in one account while another hangs', async () => {
    const told: string[] = [];
    const control = new AbortController();
    void applyChanges([change('rt', 'hangs'), ...many], {
      set: (batch) =>
        batch[0]?.connectionId === 'rt'
          ? new Promise<RetentionOutcome[]>(() => undefined)
          : Promise.resolve(batch.map(outcomeOf)),
      toFailure: () => {
        throw new Error('nothing fails here');
      },
      told: (outcomes) => told.push(...outcomes.map((outcome) => outcome.group)),
      signal: control.signal,
    });
    await expect.poll(() => told.length).toBe(30);
  });

  it('begins nothing more once it is stopped, and a refused part keeps no other from being set', async () => {
    const control = new AbortController();
    const told: RetentionOutcome[] = [];
    let asked = 0;
    await applyChanges(many, {
      set: (batch) => {
        asked += 1;
        if (asked === 2) control.abort();
        return asked === 1
          ? Promise.reject(new Error('no'))
          : Promise.resolve(batch.map(outcomeOf));
      },
      toFailure: () => ({
        kind: 'unknown',
        connectionId: null,
        operation: 'x',
        message: 'No.',
        advice: 'Try.',
      }),
      told: (outcomes) => told.push(...outcomes),
      signal: control.signal,
    });
    expect(asked).toBe(2);
    expect(told.filter(({ failure }) => failure !== null)).toHaveLength(10);
    expect(told.filter(({ failure }) => failure === null)).toHaveLength(10);
    const outcomes = new Map(
      told.map((outcome) => [groupKey({ ...outcome, name: outcome.group }), outcome]),
    );
    expect(outcomeText({ phase: 'ended', changes: many, outcomes, stopped: true })).toBe(
      '10 of 30 groups set, 10 not, 10 left as they were.',
    );
  });
});

describe('the policy while it is edited', () => {
  const rules = [draftRule('/app/errors*', 90), draftRule('/app/*', 30), draftRule(' ', 7)];

  it('shows which groups each rule decides about', () => {
    const known: AuditedGroup['name'][] = groups.map(({ name }) => name);
    expect(matchesOf(rules, known).map(({ names: own, taken }) => [own.length, taken])).toEqual([
      [1, 0],
      [3, 1],
      [0, 0],
    ]);
  });

  it('moves rules, and is not saved while one is empty', () => {
    expect(moved(rules, 1, -1).map(({ days }) => days)).toEqual([30, 90, 7]);
    expect(moved(rules, 0, -1)).toEqual(rules);
    expect(policyOf(rules)).toBeNull();
    expect(policyOf(rules.slice(0, 2))).toEqual(policy);
  });
});
