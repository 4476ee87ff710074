import {
  IconBell,
  IconBellOff,
  IconCheck,
  IconCircleFilled,
  IconClock,
  IconListCheck,
  IconNote,
  IconRocket,
  IconSettings,
  IconUser,
} from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Button, Skeleton } from '@mantine/core';
import { assertNever } from '../../shared/assert-never';
import type { Alarm } from '../../shared/alarms/alarm';
import type { Incident, TimelineEntry } from '../../shared/incidents/incident';
import { mergeTimelines } from '../../shared/incidents/timeline';
import { useRunbooks } from '../runbooks/store';
import { useNavigation } from '../stores/navigation';
import { useTimeZone } from '../stores/settings';
import { safeMultiline } from '../ui/safe-text';
import { formatClockSeconds, formatDate, formatFull, useNow, zoneLabel } from '../ui/time';
import { FailureNote } from './FailureNote';
import type { TimeMark } from '../../shared/metrics/marks';
import { useAlarmHistory, useDeployments } from './queries';
import styles from './detail.module.css';

const FIRST_SHOWN = 12;

function EntryIcon({ entry }: { entry: TimelineEntry }) {
  const common = { size: 13, 'aria-hidden': true, color: 'var(--nd-dim)' };
  switch (entry.kind) {
    case 'transition': {
      const color =
        entry.state === 'ALARM'
          ? 'var(--nd-critical)'
          : entry.state === 'OK'
            ? 'var(--nd-ok)'
            : 'var(--nd-idle)';
      return <IconCircleFilled size={10} aria-hidden color={color} />;
    }
    case 'notified':
      return <IconBell {...common} />;
    case 'notify-failed':
    case 'muted':
      return <IconBellOff {...common} />;
    case 'acknowledged':
    case 'undone':
      return <IconUser {...common} />;
    case 'snoozed':
    case 'snooze-ended':
    case 'acknowledgement-expired':
      return <IconClock {...common} />;
    case 'noted':
      return <IconNote {...common} />;
    case 'deployment':
      return <IconRocket {...common} />;
    case 'runbook':
      return <IconListCheck {...common} />;
    case 'configuration':
    case 'action':
      return <IconSettings {...common} />;
    case 'resolved':
      return <IconCheck {...common} />;
    default:
      return assertNever(entry.kind);
  }
}

/** All it asked and was answered stands on the run's page. */
function ShowRun({ runId }: { runId: string }) {
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      onClick={() => {
        useRunbooks.getState().showRun(runId);
        useNavigation.getState().show('runbooks');
      }}
    >
      Show the run
    </Button>
  );
}

function Entry({ entry, today }: { entry: TimelineEntry; today: string }) {
  const zone = useTimeZone();
  const date = formatDate(entry.at, zone);
  const clock = formatClockSeconds(entry.at, zone);
  return (
    <li>
      <time dateTime={new Date(entry.at).toISOString()} title={formatFull(entry.at, zone)}>
        {date === today ? clock : `${date.slice(5)} ${clock}`}
      </time>
      <EntryIcon entry={entry} />
      <p>
        {safeMultiline(entry.text)}
        {entry.source === 'history' && entry.kind === 'transition' && (
          <span className={styles.by}> · found in history</span>
        )}
        {entry.runId !== undefined && <ShowRun runId={entry.runId} />}
      </p>
    </li>
  );
}

/** A deployment counts here when the alarm fired within this time after it (ms). */
const NEAR_MS = 2 * 3_600_000;

/** The deployments that came before a firing: a busy team's other ones would bury everything else. */
function nearFirings(deployments: TimeMark[], entries: TimelineEntry[]): TimelineEntry[] {
  const firings = entries.filter(({ kind, state }) => kind === 'transition' && state === 'ALARM');
  return deployments
    .filter(({ at }) => firings.some((fired) => fired.at >= at && fired.at - at <= NEAR_MS))
    .map(deploymentEntry);
}

const deploymentEntry = ({ at, text }: TimeMark): TimelineEntry => ({
  id: `deployment|${at}|${text}`,
  at,
  kind: 'deployment',
  text,
  by: null,
  state: null,
  source: null,
});

/** What happened to this alarm, newest first: CloudWatch's history, the console's doings and people's. */
export function Timeline({ alarm, incidents }: { alarm: Alarm; incidents: Incident[] }) {
  const zone = useTimeZone();
  const now = useNow(60_000);
  const history = useAlarmHistory(alarm.key);
  const deployments = useDeployments(alarm);
  const [all, setAll] = useState(false);
  const entries = useMemo(() => {
    const happened = mergeTimelines(
      incidents.flatMap((incident) => incident.timeline),
      history.data ?? [],
    );
    const near = nearFirings(deployments.data ?? [], happened);
    return mergeTimelines(happened, near).toReversed();
  }, [incidents, history.data, deployments.data]);
  const shown = all ? entries : entries.slice(0, FIRST_SHOWN);
  return (
    <section className={styles.section} aria-labelledby="timeline-heading">
      <h2 id="timeline-heading">Timeline · {zoneLabel(now, zone)}</h2>
      <div role="log" aria-label="Timeline">
        <ul className={styles.timeline}>
          {shown.map((entry) => (
            <Entry key={entry.id} entry={entry} today={formatDate(now, zone)} />
          ))}
        </ul>
        {history.isPending && <Skeleton height={12} width="60%" animate={false} />}
        {history.isSuccess && entries.length === 0 && (
          <p className={styles.quiet}>Nothing has happened in the 30 days CloudWatch keeps.</p>
        )}
      </div>
      {history.isError && (
        <FailureNote
          error={history.error}
          operation="alarms.history"
          what="CloudWatch's history"
          onRetry={() => void history.refetch()}
        />
      )}
      {entries.length > FIRST_SHOWN && (
        <Button size="compact-xs" variant="subtle" onClick={() => setAll(!all)}>
          {all ? 'Show the latest' : `Show all ${entries.length}`}
        </Button>
      )}
    </section>
  );
}
