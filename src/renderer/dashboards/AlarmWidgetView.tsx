/** Alarms that a dashboard names: state, since when; a click opens the alarm. */
import { useMemo } from 'react';
import type { AlarmRow, AlarmState } from '../../shared/alarms/alarm';
import type { AlarmWidget } from '../../shared/dashboards/dashboard';
import { useAlarms } from '../stores/alarms';
import { useNavigation } from '../stores/navigation';
import { useTimeZone } from '../stores/settings';
import { safeText } from '../ui/safe-text';
import { SeverityIcon } from '../ui/SeverityIcon';
import { formatAge, formatFull, useNow } from '../ui/time';
import { alarmLines } from './alarm-lines';
import { Note } from './WidgetStates';
import { WidgetHead } from './WidgetHead';
import classes from './widget.module.css';

const stateWords: Record<AlarmState, string> = {
  ALARM: 'In alarm',
  OK: 'OK',
  INSUFFICIENT_DATA: 'No data',
};

function Line({ row }: { row: AlarmRow }) {
  const now = useNow(10_000);
  const zone = useTimeZone();
  return (
    <li>
      <button
        type="button"
        className={classes['alarm']}
        data-state={row.state}
        onClick={() => useNavigation.getState().showAlarm(row.key)}
      >
        <SeverityIcon row={row} size={15} />
        <span className={classes['alarmName']} title={safeText(row.summary)}>
          {safeText(row.name)}
        </span>
        <span className={classes['alarmState']}>
          {row.stale ? 'Not known: data is old' : stateWords[row.state]}
        </span>
        <span title={`Since ${formatFull(row.stateSince, zone)}`}>
          {formatAge(row.stateSince, now)}
        </span>
      </button>
    </li>
  );
}

export function AlarmWidgetView({ widget, full }: { widget: AlarmWidget; full: boolean }) {
  const rows = useAlarms((state) => state.index.rows);
  const { found, missing } = useMemo(() => alarmLines(widget, rows), [widget, rows]);
  return (
    <>
      <WidgetHead widget={widget} full={full} actions={[]} />
      <div className={classes['scroll']}>
        {found.length === 0 && missing.length === 0 && (
          <Note
            text={
              widget.alarmArns.length === 0
                ? 'It names no alarm.'
                : 'None of its alarms is in the states it asks for.'
            }
          />
        )}
        <ul className={classes['alarms']}>
          {found.map((row) => (
            <Line key={row.key} row={row} />
          ))}
          {missing.map((arn) => (
            <li key={arn} className={classes['missing']} title={safeText(arn)}>
              {safeText(arn.split(':alarm:')[1] ?? arn)} · not seen by any connection
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}
