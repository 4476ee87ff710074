import { demoKeys } from '../../src/demo';
import { CloudWatchAlarmService } from '../../src/main/alarms/alarm-service';
import type { AlarmServiceParts } from '../../src/main/alarms/alarm-service';
import { RateBudget } from '../../src/main/aws/rate-budget';
import { createConnectionSession } from '../../src/main/aws/connection-session';
import type { ConnectionSession } from '../../src/main/aws/connection-session';
import type { AlarmUpdate } from '../../src/main/seams';
import type { AlarmTransition } from '../../src/shared/alarms/alarm';
import { systemClock } from '../../src/shared/clock';
import type { Connection } from '../../src/shared/connections/connection';
import { defaultSeverityRules } from '../../src/shared/severity/default-rules';
import { resolveSeverity } from '../../src/shared/severity/resolve';

export const demoConnection = (endpoint: string, change: Partial<Connection> = {}): Connection => ({
  id: 'demo',
  label: 'Demo',
  color: '#336699',
  credentials: { kind: 'demo' },
  regions: ['us-east-1', 'us-west-1'],
  roleArn: null,
  endpoint,
  readOnly: true,
  paused: false,
  pushQueueUrl: null,
  ...change,
});

/** The real service over real sessions; remembers what it tells. */
export function watchAlarms(change: Partial<AlarmServiceParts> = {}) {
  const sessions = new Map<string, ConnectionSession>();
  const budget = new RateBudget(systemClock);
  const checkpoints = new Map<string, number>();
  const updates: AlarmUpdate[] = [];
  const problems: string[] = [];
  const service = new CloudWatchAlarmService({
    clock: systemClock,
    open(connection) {
      const known = sessions.get(connection.id);
      if (known !== undefined) return known;
      const askMfa = () => Promise.reject(new Error('no MFA here'));
      const session = createConnectionSession({ connection, clock: systemClock, budget, askMfa });
      sessions.set(connection.id, session);
      return session;
    },
    checkpoints: {
      get: (id, region) => checkpoints.get(`${id}|${region}`) ?? null,
      set: (id, region, at) => void checkpoints.set(`${id}|${region}`, at),
    },
    intervals: () => ({ pollIntervalMs: 1_000, sweepIntervalMs: 60_000 }),
    severityOf: (alarm) => resolveSeverity(alarm, defaultSeverityRules).severity,
    needsTags: () => true,
    report: (problem) => void problems.push(problem),
    ...change,
  });
  service.onUpdate((update) => void updates.push(update));
  return {
    service,
    updates,
    problems,
    transitions: (): AlarmTransition[] => updates.flatMap((update) => update.transitions),
    async stop() {
      await service.stop();
      for (const session of sessions.values()) session.destroy();
    },
  };
}

export { demoKeys };
