/** Alarms that a template declares, against those of the account: same, differs, missing, cannot tell. */
import { useQuery } from '@tanstack/react-query';
import type { Alarm } from '../../shared/alarms/alarm';
import { driftOf } from '../../shared/dashboards/cloudformation/drift';
import type { AlarmDrift, DriftState } from '../../shared/dashboards/cloudformation/drift';
import type { DeclaredAlarm } from '../../shared/dashboards/read-result';
import { ask, toFailure } from '../bridge';
import { useAlarms } from '../stores/alarms';
import { connectionLabel, useConnections } from '../stores/connections';
import { useNavigation } from '../stores/navigation';
import { safeText } from '../ui/safe-text';
import type { DashboardPlace } from './store';
import { Failed } from './WidgetStates';
import classes from './alarms-tab.module.css';

const words: Record<DriftState, string> = {
  differs: 'Differs',
  missing: 'Missing in the account',
  unknown: 'Cannot tell',
  same: 'Same',
  'not-created': 'Left out by a condition',
};
const ORDER: readonly DriftState[] = ['differs', 'missing', 'unknown', 'same', 'not-created'];

/** Main is trusted on its side of the contract: alarms are parsed, not validated again. */
const parseAlarms = (json: string): Alarm[] => JSON.parse(json);

/** All alarms of the place: those without a stated name are looked for by what CloudFormation makes up. */
function useAccountAlarms(place: DashboardPlace | null) {
  const told = useAlarms((state) =>
    JSON.stringify(
      state.index.byName
        .filter((row) => row.connectionId === place?.connectionId && row.region === place.region)
        .map(({ name }) => name),
    ),
  );
  return useQuery({
    queryKey: ['alarms-of', place, told],
    enabled: place !== null,
    queryFn: async () => {
      const names: string[] = JSON.parse(told);
      if (place === null || names.length === 0) return [];
      return parseAlarms(await ask('alarms.find', { ...place, names: names.slice(0, 10_000) }));
    },
  });
}

interface Props {
  declared: readonly DeclaredAlarm[];
  place: DashboardPlace | null;
}

export function DeclaredAlarms({ declared, place }: Props) {
  const byId = useConnections((state) => state.byId);
  const query = useAccountAlarms(place);
  if (query.isError) {
    return (
      <Failed
        failure={toFailure(query.error, 'alarms.find')}
        onRetry={() => void query.refetch()}
      />
    );
  }
  const drifts = driftOf(declared, query.data ?? []).toSorted(
    (a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state),
  );
  const count = (state: DriftState): number =>
    drifts.filter((drift) => drift.state === state).length;
  const where =
    place === null
      ? 'no connection'
      : `${connectionLabel(byId, place.connectionId)} ${place.region}`;
  return (
    <div className={classes['tab']} tabIndex={0} role="region" aria-label="Declared alarms">
      <p className={classes['sum']}>
        {query.data === undefined
          ? `Comparing with ${safeText(where)}…`
          : `Compared with ${safeText(where)}: ${ORDER.filter((state) => count(state) > 0)
              .map((state) => `${count(state)} ${words[state].toLowerCase()}`)
              .join(', ')}.`}
      </p>
      <ul className={classes['alarms']}>
        {drifts.map((drift) => (
          <Row key={drift.declared.logicalId} drift={drift} known={query.data !== undefined} />
        ))}
      </ul>
    </div>
  );
}

function Row({ drift, known }: { drift: AlarmDrift; known: boolean }) {
  const { declared, state, alarm, differences, open } = drift;
  const name = safeText(declared.name ?? alarm?.name ?? declared.logicalId);
  return (
    <li className={classes['alarm']} data-state={known ? state : 'unknown'}>
      <div className={classes['line']}>
        <span className={classes['state']}>{known ? words[state] : '…'}</span>
        {alarm === null ? (
          <strong>{name}</strong>
        ) : (
          <button type="button" onClick={() => useNavigation.getState().showAlarm(alarm.key)}>
            {name}
          </button>
        )}
        <span className={classes['where']}>
          {safeText(declared.logicalId)}
          {declared.line !== null && `, line ${declared.line}`}
        </span>
      </div>
      {declared.description !== '' && <p>{safeText(declared.description)}</p>}
      {differences.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Declared</th>
              <th scope="col">In the account</th>
            </tr>
          </thead>
          <tbody>
            {differences.map(({ field, declared: wanted, actual }) => (
              <tr key={field}>
                <th scope="row">{safeText(field)}</th>
                <td>{safeText(wanted)}</td>
                <td>{safeText(actual)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {open.length > 0 && (
        <p>Not compared, because inputs are open: {open.map(safeText).join(', ')}.</p>
      )}
    </li>
  );
}
