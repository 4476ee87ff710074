import type { Incident } from '../../shared/incidents/incident';
import { useTimeZone } from '../stores/settings';
import { safeText } from '../ui/safe-text';
import { formatDuration, formatFull, formatWhen, useNow } from '../ui/time';
import styles from './detail.module.css';

const SHOWN = 10;

function lineOf(incident: Incident): string {
  const lasted = formatDuration((incident.resolvedAt ?? incident.openedAt) - incident.openedAt);
  const times = incident.alarmCount > 1 ? `, fired ${incident.alarmCount}×` : '';
  const who = incident.acknowledgement
    ? `, acknowledged by ${incident.acknowledgement.by}`
    : ', nobody acknowledged';
  return `lasted ${lasted}${times}${who}`;
}

/** Earlier episodes of this alarm, newest first. */
export function PastIncidents({ incidents }: { incidents: Incident[] }) {
  const zone = useTimeZone();
  const now = useNow(60_000);
  const past = incidents
    .filter((incident) => incident.state === 'resolved')
    .toSorted((a, b) => b.openedAt - a.openedAt);
  return (
    <section className={styles.section} aria-labelledby="past-heading">
      <h2 id="past-heading">Past incidents {past.length > 0 && `· ${past.length}`}</h2>
      {past.length === 0 && <p className={styles.quiet}>None in this console's journal.</p>}
      <ul className={styles.list}>
        {past.slice(0, SHOWN).map((incident) => (
          <li key={incident.id}>
            <time
              className={styles.mono}
              dateTime={new Date(incident.openedAt).toISOString()}
              title={formatFull(incident.openedAt, zone)}
            >
              {formatWhen(incident.openedAt, now, zone)}
            </time>{' '}
            <span className={styles.by}>{safeText(lineOf(incident))}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
