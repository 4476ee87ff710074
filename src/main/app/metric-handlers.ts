import type { Alarm } from '../../shared/alarms/alarm';
import type { LocalRule, LocalRuleTest } from '../../shared/local-rules/local-rule';
import type { TimeMarks } from '../../shared/metrics/marks';
import type { MetricService } from '../seams';
import type { DoorHandlers } from '../shell/ipc-door';

export interface MetricHandlerParts {
  metrics: MetricService;
  /** Resolves once the alarms are known; throws for a key nobody knows. */
  findAlarm(key: string): Promise<Alarm>;
  alarmsNamed(connectionId: string, region: string, names: string[]): Promise<Alarm[]>;
  marks(connectionIds: string[], startMs: number, endMs: number): Promise<TimeMarks>;
  testRule(rule: LocalRule, signal: AbortSignal): Promise<LocalRuleTest>;
}

type Names =
  | 'metrics.query'
  | 'metrics.budget'
  | 'metrics.resume'
  | 'metrics.search'
  | 'metrics.choices'
  | 'metrics.related'
  | 'metrics.marks'
  | 'alarms.find'
  | 'localRules.test';

export function metricHandlers(parts: MetricHandlerParts): Pick<DoorHandlers, Names> {
  const { metrics } = parts;
  return {
    'metrics.query': ({ group, freshness }, signal) => metrics.query(group, freshness, signal),
    'metrics.budget': () => metrics.budget(),
    'metrics.resume': () => metrics.resume(),
    'metrics.search': (question, signal) => metrics.search(question, signal),
    'metrics.choices': (question, signal) => metrics.choices(question, signal),
    'metrics.related': async ({ key, startMs, endMs }, signal) =>
      metrics.related(await parts.findAlarm(key), startMs, endMs, signal),
    'metrics.marks': ({ connectionIds, startMs, endMs }) =>
      parts.marks(connectionIds, startMs, endMs),
    'alarms.find': async ({ connectionId, region, names }) =>
      JSON.stringify(await parts.alarmsNamed(connectionId, region, names)),
    'localRules.test': ({ rule }, signal) => parts.testRule(rule, signal),
  };
}
