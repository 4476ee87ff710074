import type { Alarm } from '../alarms/alarm';
import type { SeverityTest } from '../ipc';
import { DEFAULT_SEVERITY } from './default-rules';
import { globMatches } from './glob';
import type { Severity, SeverityRule } from './severity';

/** What of an alarm the rules look at. */
export type SeveritySubject = Pick<
  Alarm,
  'name' | 'alarmActions' | 'tags' | 'metric' | 'kind' | 'ownSeverity'
>;

export interface ResolvedSeverity {
  severity: Severity;
  /** Null: no rule matched and the built-in default applied. */
  rule: SeverityRule | null;
}

/**
 * The first rule whose every stated condition matches decides. A rule without conditions matches all.
 * A local rule's own severity comes before all of them. Only ALARM actions count as topics: OK actions often go to an "info" topic whatever the alarm is.
 */
export function resolveSeverity(alarm: SeveritySubject, rules: SeverityRule[]): ResolvedSeverity {
  if (alarm.ownSeverity !== undefined) return { severity: alarm.ownSeverity, rule: null };
  const rule = rules.find((candidate) => ruleMatches(candidate, alarm)) ?? null;
  return { severity: rule?.severity ?? DEFAULT_SEVERITY, rule };
}

/** Whether any rule depends on tags, which cost one call per alarm to know. */
export const rulesNeedTags = (rules: SeverityRule[]): boolean =>
  rules.some((rule) => rule.tag !== undefined);

/** For the tester: which rule hit, in a sentence. */
export function explainSeverity(alarm: SeveritySubject, rules: SeverityRule[]): SeverityTest {
  const { severity, rule } = resolveSeverity(alarm, rules);
  if (alarm.ownSeverity !== undefined) {
    return {
      severity,
      ruleId: null,
      explanation: `It is a local rule and states itself that it is ${severity}.`,
    };
  }
  if (rule === null) {
    const unknownTags =
      alarm.tags === null && rulesNeedTags(rules) ? ' Its tags are not known yet.' : '';
    return {
      severity,
      ruleId: null,
      explanation: `No rule matches, so it is ${severity}, the default.${unknownTags}`,
    };
  }
  const position = rules.indexOf(rule) + 1;
  const reasons = conditionsOf(rule);
  const why = reasons.length === 0 ? 'it matches every alarm' : reasons.join(' and ');
  return {
    severity,
    ruleId: rule.id,
    explanation: `Rule ${position} makes it ${severity}: ${why}.`,
  };
}

/** An action's ARN and its last segment, so that a topic can be named without its account. */
const topicNames = (arn: string): string[] => [arn, arn.slice(arn.lastIndexOf(':') + 1)];

function ruleMatches(rule: SeverityRule, alarm: SeveritySubject): boolean {
  const { name, topic, tag, namespace, kind } = rule;
  if (kind !== undefined && kind !== alarm.kind) return false;
  if (name !== undefined && !globMatches(name, alarm.name)) return false;
  if (topic !== undefined && !anyTopicMatches(topic, alarm.alarmActions)) return false;
  if (tag !== undefined && !tagMatches(tag, alarm.tags)) return false;
  if (namespace !== undefined && !namespacesOf(alarm).some((n) => globMatches(namespace, n))) {
    return false;
  }
  return true;
}

const anyTopicMatches = (pattern: string, actions: string[]): boolean =>
  actions.some((arn) => topicNames(arn).some((name) => globMatches(pattern, name)));

function tagMatches(tag: NonNullable<SeverityRule['tag']>, tags: Alarm['tags']): boolean {
  if (tags === null) return false;
  const wanted = tag.key.toLowerCase();
  return Object.entries(tags).some(
    ([key, value]) => key.toLowerCase() === wanted && globMatches(tag.value, value),
  );
}

const namespacesOf = (alarm: SeveritySubject): string[] =>
  alarm.metric?.queries.flatMap((query) => query.namespace ?? []) ?? [];

function conditionsOf(rule: SeverityRule): string[] {
  const conditions: string[] = [];
  if (rule.kind !== undefined) conditions.push(`it is a ${rule.kind} alarm`);
  if (rule.name !== undefined) conditions.push(`its name matches “${rule.name}”`);
  if (rule.topic !== undefined) conditions.push(`it notifies a topic matching “${rule.topic}”`);
  if (rule.tag !== undefined) {
    conditions.push(`its tag ${rule.tag.key} matches “${rule.tag.value}”`);
  }
  if (rule.namespace !== undefined) {
    conditions.push(`its metric’s namespace matches “${rule.namespace}”`);
  }
  return conditions;
}
