/** The audit as it is listed: which groups, in which order, in which words; and as CSV. Pure. */
import { assertNever } from '../../../shared/assert-never';
import { csvLine } from '../../../shared/logs/csv';
import type { AuditedGroup, RetentionVerdict } from '../../../shared/logs/retention';
import type { LogGroupRef } from '../../../shared/logs/settings';

export const auditColumns = [
  'name',
  'where',
  'verdict',
  'has',
  'wanted',
  'bytes',
  'usd',
  'change',
] as const;
export type AuditColumn = (typeof auditColumns)[number];

export interface AuditSort {
  column: AuditColumn;
  descending: boolean;
}

export interface AuditFilter {
  /** Empty: all. */
  verdicts: ReadonlySet<RetentionVerdict>;
  /** Null: all. */
  connectionId: string | null;
  /** All of its words are in the group's name, in any case. */
  text: string;
}

export const verdictWords: Readonly<Record<RetentionVerdict, string>> = {
  compliant: 'As it should be',
  'too-short': 'Too short',
  'too-long': 'Too long',
  'never-expires': 'Never expires',
  'no-rule': 'No rule',
};

/** `30 days`, `1 day`, `for ever`. */
export const daysText = (days: number | null): string =>
  days === null ? 'for ever' : days === 1 ? '1 day' : `${days} days`;

export const groupKey = ({ connectionId, region, name }: LogGroupRef): string =>
  JSON.stringify([connectionId, region, name]);

/** Listed groups, filtered and sorted; what is not known comes last either way. */
export function auditRows(
  groups: readonly AuditedGroup[],
  filter: AuditFilter,
  sort: AuditSort,
  labels: ReadonlyMap<string, string>,
): AuditedGroup[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = groups.filter(
    ({ verdict, connectionId, name }) =>
      (filter.verdicts.size === 0 || filter.verdicts.has(verdict)) &&
      (filter.connectionId === null || filter.connectionId === connectionId) &&
      words.every((word) => name.toLowerCase().includes(word)),
  );
  const sign = sort.descending ? -1 : 1;
  const keyed = found.map((group) => ({ group, key: sortKey(group, sort.column, labels) }));
  keyed.sort((a, b) => {
    if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
    return sign * compare(a.key, b.key) || compare(a.group.name, b.group.name);
  });
  return keyed.map(({ group }) => group);
}

const collator = new Intl.Collator('en', { numeric: true });

function compare(a: string | number, b: string | number): number {
  // For ever is longer than anything, and twice as long is the same.
  if (typeof a === 'number' && typeof b === 'number') return a === b ? 0 : a < b ? -1 : 1;
  return collator.compare(String(a), String(b));
}

const verdictOrder: Readonly<Record<RetentionVerdict, number>> = {
  'too-short': 0,
  'never-expires': 1,
  'too-long': 2,
  'no-rule': 3,
  compliant: 4,
};

function sortKey(
  group: AuditedGroup,
  column: AuditColumn,
  labels: ReadonlyMap<string, string>,
): string | number | null {
  switch (column) {
    case 'name':
      return group.name;
    case 'where':
      return whereText(group, labels);
    case 'verdict':
      return verdictOrder[group.verdict];
    case 'has':
      return group.retentionDays ?? Infinity;
    case 'wanted':
      return group.rule === null ? null : (group.wantedDays ?? Infinity);
    case 'bytes':
      return group.storedBytes;
    case 'usd':
      return group.monthlyUsd;
    case 'change':
      return group.changeUsd;
    default:
      return assertNever(column);
  }
}

export const whereText = (
  { connectionId, region }: Pick<AuditedGroup, 'connectionId' | 'region'>,
  labels: ReadonlyMap<string, string>,
): string => `${labels.get(connectionId) ?? connectionId} ${region}`;

/** What the policy says of a group. */
export const wantedText = ({ rule, wantedDays }: AuditedGroup): string =>
  rule === null ? '–' : daysText(wantedDays);

/** RFC 4180; names that a spreadsheet would take for formulas are made harmless. Unknown figures are empty. */
export function auditCsv(
  rows: readonly AuditedGroup[],
  labels: ReadonlyMap<string, string>,
): string {
  const figure = (value: number | null, digits: number): string =>
    value === null ? '' : String(Number(value.toFixed(digits)));
  const head = csvLine([
    'connection',
    'region',
    'log group',
    'state',
    'kept days',
    'policy days',
    'stored bytes',
    'USD a month at the list price of us-east-1',
    'USD a month saved by the policy',
    'USD a month more by the policy',
  ]);
  const lines = rows.map((row) =>
    csvLine([
      labels.get(row.connectionId) ?? row.connectionId,
      row.region,
      row.name,
      verdictWords[row.verdict],
      row.retentionDays === null ? 'for ever' : String(row.retentionDays),
      row.rule === null ? '' : row.wantedDays === null ? 'for ever' : String(row.wantedDays),
      figure(row.storedBytes, 0),
      figure(row.monthlyUsd, 6),
      // Two columns, because a figure that begins with a minus would be taken for a formula.
      figure(row.changeUsd === null ? null : Math.max(0, -row.changeUsd), 6),
      figure(row.changeUsd === null ? null : Math.max(0, row.changeUsd), 6),
    ]),
  );
  return head + lines.join('');
}
