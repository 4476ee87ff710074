/** What the journal and the alarms know of a window of time, as charts draw it. */
import type { Alarm, AlarmTransition } from '../../shared/alarms/alarm';
import { deploymentText } from '../../shared/alarms/deployment';
import type { Deployment } from '../../shared/alarms/deployment';
import { alarmBands } from '../../shared/alarms/history';
import type { Incident } from '../../shared/incidents/incident';
import type { AlarmSpan, TimeMark, TimeMarks } from '../../shared/metrics/marks';
import type { MetricId } from '../../shared/metrics/query';

/** A start and an end further apart than this are not of one deployment. */
const LONGEST_DEPLOYMENT_MS = 6 * 3_600_000;

export interface MarkSources {
  incidents: readonly Incident[];
  /** Oldest first. */
  transitions: readonly AlarmTransition[];
  deployments: readonly Deployment[];
  alarms: ReadonlyMap<string, Alarm>;
}

export interface MarkWindow {
  /** Empty: every connection. */
  connectionIds: readonly string[];
  /** ms UTC. */
  startMs: number;
  endMs: number;
}

export function timeMarks(sources: MarkSources, window: MarkWindow): TimeMarks {
  const wanted = new Set(window.connectionIds);
  const asked = (connectionId: string): boolean => wanted.size === 0 || wanted.has(connectionId);
  const within = (at: number): boolean => at >= window.startMs && at <= window.endMs;
  const marks = [
    ...sources.deployments.filter(isLastWord).map(deploymentMark),
    ...sources.incidents.flatMap(peopleMarks),
  ]
    .filter(({ at, connectionId }) => within(at) && connectionId !== null && asked(connectionId))
    .sort((a, b) => a.at - b.at);
  return { spans: spansOf(sources, window, asked), marks };
}

/** One deployment is told twice, as it starts and as it ends: the end says both. */
function isLastWord(deployment: Deployment, _at: number, all: readonly Deployment[]): boolean {
  if (deployment.phase !== 'started') return true;
  return !all.some(
    ({ phase, what, service, connectionId, region, at }) =>
      phase !== 'started' &&
      what === deployment.what &&
      service === deployment.service &&
      connectionId === deployment.connectionId &&
      region === deployment.region &&
      at >= deployment.at &&
      at - deployment.at <= LONGEST_DEPLOYMENT_MS,
  );
}

function deploymentMark(deployment: Deployment): TimeMark {
  const { at, connectionId, region } = deployment;
  return {
    at,
    kind: 'deployment',
    text: deploymentText(deployment),
    connectionId,
    region,
    alarmKey: null,
  };
}

/** What people did about an incident. */
function peopleMarks(incident: Incident): TimeMark[] {
  const { connectionId, region, alarmKey, alarmName } = incident;
  return incident.timeline.flatMap(({ kind, at, text, by }): TimeMark[] => {
    const base = { at, connectionId, region, alarmKey };
    if (kind === 'acknowledged') {
      return [
        { ...base, kind, text: `${alarmName} acknowledged${by === null ? '' : ` by ${by}`}` },
      ];
    }
    return kind === 'noted' ? [{ ...base, kind: 'note', text }] : [];
  });
}

function spansOf(
  { transitions, alarms }: MarkSources,
  { startMs, endMs }: MarkWindow,
  asked: (connectionId: string) => boolean,
): AlarmSpan[] {
  const byAlarm = new Map<string, AlarmTransition[]>();
  for (const transition of transitions) {
    if (!asked(transition.connectionId)) continue;
    const list = byAlarm.get(transition.alarmKey) ?? [];
    list.push(transition);
    byAlarm.set(transition.alarmKey, list);
  }
  return [...byAlarm].flatMap(([alarmKey, changes]) => {
    const newest = changes.at(-1);
    if (newest === undefined) return [];
    const alarm = alarms.get(alarmKey);
    const bands = alarmBands(changes, alarm?.state ?? newest.to, startMs, endMs);
    return bands.map((band) => ({
      alarmKey,
      alarmName: newest.alarmName,
      severity: newest.severity,
      connectionId: newest.connectionId,
      region: newest.region,
      metrics: alarm === undefined ? [] : metricsOf(alarm),
      ...band,
    }));
  });
}

const metricsOf = (alarm: Alarm): MetricId[] =>
  (alarm.metric?.queries ?? []).flatMap(({ namespace, metricName, dimensions }) =>
    namespace === null || metricName === null ? [] : [{ namespace, metricName, dimensions }],
  );
