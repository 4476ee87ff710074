import type { Alarm, AlarmDetail, AlarmRow } from '../../shared/alarms/alarm';
import { toAlarmRow } from '../../shared/alarms/alarm-row';
import { deploymentSentence } from '../../shared/alarms/deployment';
import type { Deployment } from '../../shared/alarms/deployment';
import { compositeTree } from '../../shared/alarms/composite-tree';
import { consoleUrl } from '../../shared/alarms/console-url';
import { alarmSentence } from '../../shared/alarms/summary';
import type { Clock } from '../../shared/clock';
import type { ConnectionStatus } from '../../shared/connections/connection';
import type { Incident } from '../../shared/incidents/incident';
import { isLocalKey } from '../../shared/local-rules/local-key';
import { activeMute } from '../../shared/notify/mutes';
import { explainSeverity, resolveSeverity } from '../../shared/severity/resolve';
import type { SeverityTest } from '../../shared/ipc';
import type { SeverityRule } from '../../shared/severity/severity';
import { AwsFailure } from '../aws/aws-api';
import type { SettingsStore } from '../seams';

/** How long a recovered alarm stays in "recently recovered". */
const RECENTLY_MS = 6 * 3_600_000;

export interface AlarmViewParts {
  clock: Clock;
  settings: SettingsStore;
  alarms: () => ReadonlyMap<string, Alarm>;
  incidents: {
    latest(alarmKey: string): Incident | null;
    flaps(alarmKey: string): number;
    deployments(): Deployment[];
  };
}

/** Joins what the services know of an alarm into what the window shows of it. */
export class AlarmView {
  /** Connection and region whose data is too old to be called current. */
  private blind = new Set<string>();

  constructor(private readonly parts: AlarmViewParts) {}

  /** @returns whether any region became blind or saw again, so that its rows must be redone. */
  setStatuses(statuses: ConnectionStatus[]): boolean {
    const blind = new Set(
      statuses.flatMap(({ connection, regions }) =>
        regions
          .filter(({ blindSince }) => blindSince !== null)
          .map(({ region }) => `${connection.id}|${region}`),
      ),
    );
    const changed = blind.size !== this.blind.size || [...blind].some((id) => !this.blind.has(id));
    this.blind = blind;
    return changed;
  }

  row(alarm: Alarm): AlarmRow {
    const { clock, settings, incidents } = this.parts;
    const now = clock.now();
    const { severityRules, mutes } = settings.get();
    const incident = incidents.latest(alarm.key);
    const resolvedAt = incident?.resolvedAt ?? null;
    return toAlarmRow(alarm, incident, {
      now,
      severity: resolveSeverity(alarm, severityRules).severity,
      mutedUntil:
        activeMute(mutes, { alarmName: alarm.name, connectionId: alarm.connectionId }, now)
          ?.until ?? null,
      flaps: incidents.flaps(alarm.key),
      recoveredAt: resolvedAt !== null && now - resolvedAt < RECENTLY_MS ? resolvedAt : null,
      // A local rule asks for metrics itself: what DescribeAlarms answers says nothing of its age.
      stale: isLocalKey(alarm.key)
        ? (alarm.blindSince ?? null) !== null
        : this.blind.has(`${alarm.connectionId}|${alarm.region}`),
    });
  }

  detail(key: string): AlarmDetail {
    const alarm = this.find(key);
    const settings = this.parts.settings.get();
    const { severity, rule } = resolveSeverity(alarm, settings.severityRules);
    return {
      alarm,
      severity,
      severityRuleId: rule?.id ?? null,
      sentence: [
        alarmSentence(alarm, timeTextIn(settings.timeZone, this.parts.clock.now())),
        deploymentSentence(alarm, this.parts.incidents.deployments()),
      ]
        .filter((sentence) => sentence !== '')
        .join(' '),
      composite: compositeTree(alarm, (nameOrArn) => this.sibling(alarm, nameOrArn)),
      consoleUrl: consoleUrl(alarm),
    };
  }

  testSeverity(rules: SeverityRule[], key: string): SeverityTest {
    return explainSeverity(this.find(key), rules);
  }

  /** @throws AwsFailure `not-found` when the console does not know (any more) of this alarm. */
  find(key: string): Alarm {
    const alarm = this.parts.alarms().get(key);
    if (alarm !== undefined) return alarm;
    throw new AwsFailure({
      kind: 'not-found',
      connectionId: null,
      operation: 'alarms.detail',
      message: 'The console does not know this alarm.',
      advice: 'It may have been deleted, or its connection paused or removed.',
    });
  }

  /** CloudWatch's alarms of a place that have these names; names nobody knows are left out. */
  named(connectionId: string, region: string, names: readonly string[]): Alarm[] {
    const wanted = new Set(names);
    return [...this.parts.alarms().values()].filter(
      (alarm) =>
        alarm.connectionId === connectionId &&
        alarm.region === region &&
        wanted.has(alarm.name) &&
        !isLocalKey(alarm.key),
    );
  }

  /** An alarm that a composite's rule names: by ARN, or by name in the same account and region. */
  private sibling(alarm: Alarm, nameOrArn: string): Alarm | undefined {
    const arn = nameOrArn.startsWith('arn:')
      ? nameOrArn
      : alarm.arn.slice(0, alarm.arn.lastIndexOf(':alarm:')) + `:alarm:${nameOrArn}`;
    return this.parts.alarms().get(`${alarm.connectionId}|${arn}`);
  }
}

/** "03:06", with the day when it is not today's, in the zone of the settings. */
function timeTextIn(zone: 'local' | 'utc', now: number): (ms: number) => string {
  const timeZone = zone === 'utc' ? { timeZone: 'UTC' } : {};
  const time = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    ...timeZone,
  });
  const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', ...timeZone });
  return (ms) =>
    day.format(ms) === day.format(now) ? time.format(ms) : `${day.format(ms)} ${time.format(ms)}`;
}
