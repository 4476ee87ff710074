/** Made-up alarms, connections and settings to look at the window with. */
import type { AlarmRow } from '../../../src/shared/alarms/alarm';
import type { Connection, ConnectionStatus } from '../../../src/shared/connections/connection';
import type { Banner, Bootstrap } from '../../../src/shared/ipc';
import type { InboxItem } from '../../../src/shared/incidents/incident';
import { defaultLogSettings } from '../../../src/shared/logs/settings';
import type { Settings } from '../../../src/shared/settings/settings';
import { severities } from '../../../src/shared/severity/severity';

const MINUTE = 60_000;

export function alarmRow(name: string, more: Partial<AlarmRow> = {}): AlarmRow {
  const connectionId = more.connectionId ?? 'realtechee';
  const region = more.region ?? 'us-west-1';
  return {
    key: `${connectionId}|arn:aws:cloudwatch:${region}:111122223333:alarm:${name}`,
    name,
    connectionId,
    accountId: '111122223333',
    region,
    kind: 'metric',
    state: 'OK',
    severity: 'info',
    summary: '',
    stateSince: 0,
    incidentId: null,
    incidentState: null,
    owner: null,
    acknowledgedAt: null,
    snoozedUntil: null,
    mutedUntil: null,
    flaps: 0,
    recoveredAt: null,
    cannotFire: null,
    actionsEnabled: true,
    stale: false,
    ...more,
  };
}

/** The night of the mock: three firing, two recovered, one that cannot fire, the rest OK. */
export function nightRows(now: number): AlarmRow[] {
  const crm = { connectionId: 'crm', region: 'us-east-1' };
  const firing = { state: 'ALARM', incidentId: 'i', incidentState: 'triggered' } as const;
  return [
    alarmRow('RealTechee-Critical-Error-Rate', {
      ...firing,
      severity: 'critical',
      summary: '5XX 43 in 5 min, limit 10',
      stateSince: now - 4 * MINUTE,
    }),
    alarmRow('CRM-High-Auth-Failures', {
      ...crm,
      ...firing,
      severity: 'security',
      summary: '212 failures in 5 min, limit 20',
      stateSince: now - 11 * MINUTE,
      incidentState: 'acknowledged',
      owner: 'operator',
      acknowledgedAt: now - 9 * MINUTE,
    }),
    alarmRow('CRM-Database-High-Connections', {
      ...crm,
      ...firing,
      severity: 'warning',
      summary: '91 connections, limit 80',
      stateSince: now - 22 * MINUTE,
      incidentState: 'snoozed',
      snoozedUntil: now + 20 * MINUTE,
    }),
    alarmRow('CRM-Whole-System', {
      ...crm,
      ...firing,
      kind: 'composite',
      severity: 'warning',
      summary: '2 of 5 children fire',
      stateSince: now - 23 * MINUTE,
      flaps: 3,
    }),
    alarmRow('CRM-High-Response-Time', {
      ...crm,
      severity: 'warning',
      summary: 'now 1.4 s, limit 2.0 s',
      flaps: 3,
      recoveredAt: now - 19 * MINUTE,
      stateSince: now - 19 * MINUTE,
    }),
    alarmRow('RealTechee-Response-Time-Warning', {
      severity: 'warning',
      summary: 'now 1.1 s',
      recoveredAt: now - 90 * MINUTE,
      stateSince: now - 90 * MINUTE,
    }),
    alarmRow('CRM-Low-Lead-Conversion', {
      ...crm,
      severity: 'business',
      state: 'INSUFFICIENT_DATA',
      cannotFire: 'CRM/Business LeadConversionRate was never published',
      stateSince: now - 40 * 24 * 60 * MINUTE,
    }),
    ...Array.from({ length: 207 }, (_, at) =>
      alarmRow(`${at % 2 === 0 ? 'CRM' : 'RealTechee'}-Service-${String(at).padStart(3, '0')}`, {
        ...(at % 2 === 0 ? crm : {}),
        summary: 'within limits',
        stateSince: now - (at + 3) * 60 * MINUTE,
      }),
    ),
  ];
}

/** `firing` of `count` alarms in ALARM, spread over severities; a few with hostile names. */
export function manyRows(count: number, firing: number, now: number): AlarmRow[] {
  return Array.from({ length: count }, (_, at) => {
    const severity = severities[at % severities.length] ?? 'info';
    const connectionId = at % 3 === 0 ? 'crm' : 'realtechee';
    const hostile = at === 7 ? ' \u202egnp.exe <img src=x onerror=alert(1)>' : '';
    const fires = at < firing;
    return alarmRow(`service-${String(at).padStart(5, '0')}-latency-p99-too-high${hostile}`, {
      connectionId,
      region: at % 3 === 0 ? 'us-east-1' : 'us-west-1',
      severity,
      state: fires ? 'ALARM' : 'OK',
      summary: fires ? `p99 ${(at % 40) + 2}.1 s, limit 2 s` : 'within limits',
      stateSince: now - (at + 1) * 20_000,
      incidentId: fires ? `i${at}` : null,
      incidentState: fires ? (at % 4 === 0 ? 'acknowledged' : 'triggered') : null,
      owner: fires && at % 4 === 0 ? 'operator' : null,
      acknowledgedAt: fires && at % 4 === 0 ? now - 5 * MINUTE : null,
    });
  });
}

function connection(id: string, label: string, color: string, region: string): Connection {
  return {
    id,
    label,
    color,
    credentials: { kind: 'profile', profile: id },
    regions: [region],
    roleArn: null,
    endpoint: null,
    readOnly: true,
    paused: false,
    pushQueueUrl: null,
  };
}

export function connectionStatuses(now: number, broken: boolean): ConnectionStatus[] {
  const one = (id: string, label: string, color: string, region: string, blind: boolean) => ({
    connection: connection(id, label, color, region),
    accountId: '111122223333',
    identityArn: 'arn:aws:sts::111122223333:assumed-role/on-call/operator',
    regions: [
      {
        region,
        phase: blind ? ('failed' as const) : ('ready' as const),
        lastGoodAt: blind ? now - 60 * MINUTE : now - 6_000,
        blindSince: blind ? now - 60 * MINUTE : null,
        failure: blind
          ? {
              kind: 'credentials-expired' as const,
              connectionId: id,
              operation: 'DescribeAlarms',
              message: 'The SSO session has expired.',
              advice: `Run aws sso login --profile ${id}.`,
            }
          : null,
        alarmCount: 107,
        firingCount: 2,
        push: 'off' as const,
      },
    ],
    callsPerHour: 206,
    throttlesPerHour: 0,
    estimatedCostPerHour: 0.015,
  });
  return [
    one('realtechee', 'RealTechee', '#6ea8fe', 'us-west-1', broken),
    one('crm', 'CRM', '#5ad1c9', 'us-east-1', broken),
    one('staging', 'staging', '#c792ea', 'eu-west-1', true),
  ];
}

const rule = { popup: true, sound: true, repeatEveryMs: 120_000 };
export function fixtureSettings(theme: Settings['theme']): Settings {
  return {
    welcomed: true,
    theme,
    timeZone: 'local',
    operator: 'operator',
    pollIntervalMs: 30_000,
    sweepIntervalMs: 600_000,
    connections: connectionStatuses(0, false).map((status) => status.connection),
    severityRules: [
      { id: 'critical-name', severity: 'critical', name: '*critical*' },
      { id: 'auth', severity: 'security', name: '*auth*' },
    ],
    notify: { critical: rule, security: rule, warning: rule, business: rule, info: rule },
    notifyOnOk: false,
    quietHours: { enabled: false, from: '22:00', to: '07:00' },
    mutes: [],
    acknowledgementExpiresMs: null,
    views: [],
    metrics: { capUsdPerHour: 1, refreshSeconds: 60 },
    localRules: [],
    logs: defaultLogSettings,
    integrations: [],
    runbooks: { folders: [] },
  };
}

export const brokenBanner: Banner = {
  id: 'notifier',
  level: 'error',
  text: 'Notifications do not reach the desktop.',
  advice: 'The notification service did not answer; everything is told in the inbox.',
  action: { label: 'Try again', command: 'restart-notifier' },
  dismissible: true,
};

export function inboxItems(now: number): InboxItem[] {
  return nightRows(now)
    .slice(0, 4)
    .map((row, at) => ({
      id: `inbox-${at}`,
      at: row.stateSince,
      incidentId: row.incidentId,
      alarmKey: row.key,
      severity: row.severity,
      title: row.name,
      body: row.summary,
      delivery: at === 2 ? ('grouped' as const) : ('popup' as const),
      deliveryNote: null,
      read: at > 1,
    }));
}

export function bootstrapOf(state: string, theme: Settings['theme']): Bootstrap {
  const now = Date.now();
  const rows: Record<string, () => AlarmRow[]> = {
    full: () => manyRows(10_000, 500, now),
    night: () => nightRows(now),
    quiet: () => nightRows(now).filter((row) => row.state === 'OK' && row.recoveredAt === null),
    recovered: () => nightRows(now).filter((row) => row.state !== 'ALARM'),
    stale: () => nightRows(now).map((row) => ({ ...row, stale: row.connectionId === 'crm' })),
  };
  const statuses =
    state === 'empty' || state === 'first-run'
      ? []
      : connectionStatuses(now, state === 'broken' || state === 'stale');
  return {
    version: '0.1.0',
    platform: 'linux',
    demo: state === 'night',
    firstRun: state === 'first-run',
    settings: fixtureSettings(theme),
    connections: state === 'quiet' ? statuses.slice(0, 2) : statuses,
    banners: state === 'broken' ? [brokenBanner] : [],
    inbox: inboxItems(now),
    alarmsJson: JSON.stringify((rows[state] ?? (() => []))()),
    scenarios: [
      {
        id: 'bad-deployment',
        title: 'Bad deployment',
        description: 'RealTechee answers with 5XX',
        running: false,
      },
    ],
  };
}
