/** The alarms a template declares, beside what the account has. */
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Alarm, AlarmRow } from '../../shared/alarms/alarm';
import { driftOf } from '../../shared/dashboards/cloudformation/drift';
import type { AlarmDrift, DriftState } from '../../shared/dashboards/cloudformation/drift';
import type { DeclaredAlarm } from '../../shared/dashboards/read-result';
import { FailureNote } from '../alarm-detail/FailureNote';
import { ask } from '../bridge';
import { useAlarms } from '../stores/alarms';
import { useNavigation } from '../stores/navigation';
import { safeText } from '../ui/safe-text';
import classes from './DriftTable.module.css';

interface Props {
  declared: readonly DeclaredAlarm[];
  connectionId: string;
  region: string;
}

const words: Record<DriftState, string> = {
  same: 'as declared',
  differs: 'differs',
  missing: 'missing in the account',
  unknown: 'cannot tell yet',
  'not-created': 'left out by a condition',
};
/** What needs a person first. */
const order: Record<DriftState, number> = {
  differs: 0,
  missing: 1,
  unknown: 2,
  same: 3,
  'not-created': 4,
};
const MOST_NAMES = 10_000;

/** The names to look for; an alarm whose name CloudFormation makes up is looked for among all of the place. */
function wantedNames(
  { declared, connectionId, region }: Props,
  rows: ReadonlyMap<string, AlarmRow>,
): string[] {
  const stated = declared.flatMap(({ name }) => (name === null ? [] : [name]));
  const unsure = declared.some(({ name }) => name === null || name.includes('‹'));
  const here = unsure
    ? [...rows.values()].filter((row) => row.connectionId === connectionId && row.region === region)
    : [];
  return [...new Set([...stated, ...here.map(({ name }) => name)])].slice(0, MOST_NAMES);
}

function useAccountAlarms({ declared, connectionId, region }: Props) {
  const rows = useAlarms((state) => state.index.rows);
  const names = useMemo(
    () => wantedNames({ declared, connectionId, region }, rows),
    [declared, connectionId, region, rows],
  );
  return useQuery({
    queryKey: ['alarms', 'named', connectionId, region, names],
    enabled: names.length > 0,
    queryFn: async (): Promise<Alarm[]> => {
      const json = await ask('alarms.find', {
        connectionId,
        region,
        names,
      });
      return JSON.parse(json);
    },
  });
}

function Details({ drift }: { drift: AlarmDrift }) {
  if (drift.state === 'unknown') {
    return <p>Waits for {safeText(drift.open.join(', ')) || 'inputs that are still open'}.</p>;
  }
  if (drift.differences.length === 0) return null;
  return (
    <table className={classes['fields']}>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Template</th>
          <th scope="col">Account</th>
        </tr>
      </thead>
      <tbody>
        {drift.differences.map(({ field, declared, actual }) => (
          <tr key={field}>
            <th scope="row">{safeText(field)}</th>
            <td>{safeText(declared)}</td>
            <td>{safeText(actual)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Row({ drift }: { drift: AlarmDrift }) {
  const { declared, alarm, state } = drift;
  const name = safeText(declared.name ?? declared.logicalId);
  return (
    <li className={classes['alarm']} data-state={state}>
      <div className={classes['head']}>
        <strong>{name}</strong>
        <span className={classes['state']}>{words[state]}</span>
        {declared.line !== null && <span className={classes['line']}>line {declared.line}</span>}
        {alarm !== null && (
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => useNavigation.getState().showAlarm(alarm.key)}
          >
            Open the alarm
          </Button>
        )}
      </div>
      <Details drift={drift} />
    </li>
  );
}

function summary(drifts: readonly AlarmDrift[]): string {
  const count = (state: DriftState): number =>
    drifts.filter((drift) => drift.state === state).length;
  return [
    [count('differs'), 'differ'],
    [count('missing'), 'missing'],
    [count('unknown'), 'cannot be compared yet'],
    [count('same'), 'as declared'],
    [count('not-created'), 'left out'],
  ]
    .filter(([size]) => size !== 0)
    .map(([size, what]) => `${size} ${what}`)
    .join(' · ');
}

export function DriftTable(props: Props) {
  const { declared } = props;
  const query = useAccountAlarms(props);
  const [onlyTrouble, setOnlyTrouble] = useState(false);
  const drifts = useMemo(
    () => driftOf(declared, query.data ?? []).toSorted((a, b) => order[a.state] - order[b.state]),
    [declared, query.data],
  );
  if (query.isError) {
    return (
      <FailureNote
        error={query.error}
        operation="alarms.find"
        what="The account's alarms"
        onRetry={() => void query.refetch()}
      />
    );
  }
  if (query.isLoading) return <p role="status">Comparing with the account…</p>;
  const shown = onlyTrouble ? drifts.filter(({ state }) => order[state] < order.same) : drifts;
  return (
    <section aria-label="Declared alarms" className={classes['section']}>
      <div className={classes['head']}>
        <p role="status">{summary(drifts)}</p>
        <Button
          size="compact-xs"
          variant={onlyTrouble ? 'filled' : 'default'}
          aria-pressed={onlyTrouble}
          onClick={() => setOnlyTrouble(!onlyTrouble)}
        >
          Only what is not as declared
        </Button>
      </div>
      <ul className={classes['list']}>
        {shown.map((drift) => (
          <Row key={drift.declared.logicalId} drift={drift} />
        ))}
      </ul>
      {shown.length === 0 && <p>Everything is as the template declares it.</p>}
    </section>
  );
}
