/** Which runbooks belong to an alarm, the closest first, and which alarms belong to a runbook. */
import type { Alarm, AlarmRow } from '../alarms/alarm';
import { globMatches } from '../severity/glob';
import { fitsAlarm } from './fits-alarm';
import type { RunbookEntry } from './listing';
import type { AlarmMatch } from './runbook';

type Matched = Pick<Alarm, 'name' | 'metric' | 'tags'>;

/**
 * Those that can be run for the alarm. First what names it without a wildcard, then what is named by a pattern, then
 * what fits by severity, namespace or tag alone; a team's own before the starter set, then by name.
 */
export function runbooksFor(
  alarm: Matched,
  severity: string,
  entries: readonly RunbookEntry[],
): RunbookEntry[] {
  return entries
    .flatMap((entry) => {
      const matches = (entry.runbook?.alarms ?? []).filter((match) =>
        fitsAlarm([match], alarm, severity),
      );
      return matches.length === 0 ? [] : [{ entry, rank: Math.min(...matches.map(rankOf)) }];
    })
    .toSorted(
      (a, b) =>
        a.rank - b.rank ||
        sourceRank(a.entry) - sourceRank(b.entry) ||
        a.entry.name.localeCompare(b.entry.name, 'en', { numeric: true }),
    )
    .map(({ entry }) => entry);
}

function rankOf({ name }: AlarmMatch): number {
  if (name === undefined) return 2;
  return /[*?]/.test(name) ? 1 : 0;
}

const sourceRank = ({ source }: RunbookEntry): number => (source === 'own' ? 0 : 1);

/** What a row of the list can tell; `unknown` where a match asks for a namespace, a metric or a tag. */
export type RowFit = 'yes' | 'no' | 'unknown';

export function rowFits(
  matches: readonly AlarmMatch[] | undefined,
  row: Pick<AlarmRow, 'name' | 'severity'>,
): RowFit {
  const fits = (matches ?? []).map((match): RowFit => {
    if (match.name !== undefined && !globMatches(match.name, row.name)) return 'no';
    if (match.severity !== undefined && !match.severity.includes(row.severity)) return 'no';
    const more = match.namespace ?? match.metric ?? Object.keys(match.tag ?? {})[0];
    return more === undefined ? 'yes' : 'unknown';
  });
  if (fits.includes('yes')) return 'yes';
  return fits.includes('unknown') ? 'unknown' : 'no';
}
