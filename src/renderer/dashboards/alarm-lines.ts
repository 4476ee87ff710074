/** An alarm widget's alarms among those known. Pure. */
import type { AlarmRow } from '../../shared/alarms/alarm';
import type { AlarmWidget } from '../../shared/dashboards/dashboard';

export interface AlarmLines {
  found: AlarmRow[];
  /** ARNs that no connection knows. */
  missing: string[];
}

/** Of what is to be seen first: firing, then without data, then fine. */
const RANK: Record<AlarmRow['state'], number> = { ALARM: 0, INSUFFICIENT_DATA: 1, OK: 2 };

function sorted(rows: AlarmRow[], sortBy: AlarmWidget['sortBy']): AlarmRow[] {
  return rows.toSorted((a, b) =>
    sortBy === 'default'
      ? RANK[a.state] - RANK[b.state] || a.name.localeCompare(b.name, 'en')
      : b.stateSince - a.stateSince,
  );
}

/** A row's key ends in the alarm's ARN: one alarm may be seen by several connections, the first counts. */
export function alarmLines(
  widget: Pick<AlarmWidget, 'alarmArns' | 'sortBy' | 'states'>,
  rows: ReadonlyMap<string, AlarmRow>,
): AlarmLines {
  const byArn = new Map<string, AlarmRow>();
  for (const row of rows.values()) {
    const arn = row.key.slice(row.key.indexOf('|') + 1);
    if (!byArn.has(arn)) byArn.set(arn, row);
  }
  const wanted = [...new Set(widget.alarmArns)];
  const found = wanted.flatMap((arn) => byArn.get(arn) ?? []);
  const shown = found.filter(
    ({ state }) => widget.states.length === 0 || widget.states.includes(state),
  );
  return {
    found: sorted(shown, widget.sortBy),
    missing: wanted.filter((arn) => !byArn.has(arn)),
  };
}
