/** What a template declares against what the account has. */
import type { Alarm, AlarmMetricQuery, MetricRule } from '../../alarms/alarm';
import { periodText } from '../../alarms/summary';
import type { DeclaredAlarm } from '../read-result';
import {
  comparisonText,
  matchesOpen,
  metricText,
  missingText,
  numberText,
  periodsText,
} from './drift-words';
import { hasPlaceholder } from './inputs';

/** One field that is not the same, both sides in people's words. */
export interface Difference {
  field: string;
  declared: string;
  actual: string;
}

/**
 * `unknown`: nothing known differs, but open inputs keep something from being compared. `not-created`: a
 * condition of the template leaves the alarm out.
 */
export type DriftState = 'same' | 'differs' | 'missing' | 'unknown' | 'not-created';

export interface AlarmDrift {
  declared: DeclaredAlarm;
  state: DriftState;
  /** The alarm it was compared with; null when there is none. */
  alarm: Alarm | null;
  differences: Difference[];
  /** Fields that open inputs keep from being compared. */
  open: string[];
}

export interface Comparison {
  differences: Difference[];
  open: string[];
}

/** @param alarms those of the account and region that the template is for */
export function driftOf(
  declared: readonly DeclaredAlarm[],
  alarms: readonly Alarm[],
): AlarmDrift[] {
  const byName = new Map(alarms.map((alarm) => [alarm.name, alarm]));
  return declared.map((one) => driftOfOne(one, byName, alarms));
}

function driftOfOne(
  declared: DeclaredAlarm,
  byName: ReadonlyMap<string, Alarm>,
  alarms: readonly Alarm[],
): AlarmDrift {
  const nothing = { declared, alarm: null, differences: [], open: [] };
  if (!declared.created) return { ...nothing, state: 'not-created' };
  const alarm =
    (declared.name === null ? null : byName.get(declared.name)) ?? soleCandidate(declared, alarms);
  if (alarm === null) {
    // Without its whole name nobody can say that it is not there.
    const named = declared.name !== null && !hasPlaceholder(declared.name);
    return named
      ? { ...nothing, state: 'missing' }
      : { ...nothing, state: 'unknown', open: ['name'] };
  }
  const { differences, open } = compareAlarms(declared, alarm);
  const state = differences.length > 0 ? 'differs' : open.length > 0 ? 'unknown' : 'same';
  return { declared, state, alarm, differences, open };
}

/**
 * The one alarm that the declared one can be when its name is not known: CloudFormation makes
 * `<stack>-<LogicalId>-<random>`, and a name with open parts fits a pattern.
 */
function soleCandidate(declared: DeclaredAlarm, alarms: readonly Alarm[]): Alarm | null {
  const fits =
    declared.name === null
      ? (name: string): boolean => isMadeUpName(name, declared.logicalId)
      : (name: string): boolean => matchesOpen(declared.name ?? '', name);
  if (declared.name !== null && !hasPlaceholder(declared.name)) return null;
  const candidates = alarms.filter((alarm) => alarm.kind === declared.kind && fits(alarm.name));
  return candidates.length === 1 ? (candidates[0] ?? null) : null;
}

function isMadeUpName(name: string, logicalId: string): boolean {
  const end = name.lastIndexOf('-');
  const random = name.slice(end + 1);
  return /^[A-Z0-9]{8,}$/i.test(random) && name.slice(0, end).endsWith(`-${logicalId}`);
}

/** Every field in which the two differ; a declared text with open parts differs only where it cannot fit. */
export function compareAlarms(declared: DeclaredAlarm, alarm: Alarm): Comparison {
  const result = new Collected();
  if (declared.kind !== alarm.kind) {
    result.text('kind', `${declared.kind} alarm`, `${alarm.kind} alarm`);
    return result;
  }
  result.text('description', declared.description, alarm.description);
  if (declared.metric !== null && alarm.metric !== null) {
    compareRules(declared.metric, alarm.metric, declared.openInputs.length > 0, result);
  }
  if (declared.kind === 'composite') {
    const words = (rule: string): string => rule.replaceAll(/\s+/g, ' ').trim();
    result.text(
      'rule',
      words(declared.compositeRule ?? ''),
      words(alarm.composite?.expression ?? ''),
    );
  }
  result.text(
    'actions',
    declared.actionsEnabled ? 'enabled' : 'disabled',
    alarm.actionsEnabled ? 'enabled' : 'disabled',
  );
  result.set('on ALARM', declared.alarmActions, alarm.alarmActions);
  result.set('on OK', declared.okActions, alarm.okActions);
  result.set('on missing data', declared.insufficientDataActions, alarm.insufficientDataActions);
  return result;
}

class Collected implements Comparison {
  readonly differences: Difference[] = [];
  readonly open: string[] = [];

  text(field: string, declared: string, actual: string): void {
    if (declared === actual) return;
    if (hasPlaceholder(declared) && matchesOpen(declared, actual)) this.open.push(field);
    else this.differences.push({ field, declared: shown(declared), actual: shown(actual) });
  }

  /** Order means nothing, and neither does naming a thing twice. */
  set(field: string, declared: readonly string[], actual: readonly string[]): void {
    const rest = new Set(actual);
    const unmatched = [...new Set(declared)].filter((one) => !rest.delete(one));
    const open = unmatched.filter(hasPlaceholder).toSorted((a, b) => b.length - a.length);
    for (const pattern of open) {
      const found = [...rest].find((one) => matchesOpen(pattern, one));
      if (found !== undefined) rest.delete(found);
    }
    const surelyMissing = unmatched.some((one) => !hasPlaceholder(one));
    const unfit = open.some((pattern) => !actual.some((one) => matchesOpen(pattern, one)));
    if (surelyMissing || unfit || rest.size > 0) {
      this.differences.push({ field, declared: listed(declared), actual: listed(actual) });
    } else if (open.length > 0) this.open.push(field);
  }
}

function compareRules(
  declared: MetricRule,
  actual: MetricRule,
  hasOpen: boolean,
  result: Collected,
): void {
  compareQueries(declared.queries, actual.queries, result);
  // A number that an open input holds is null here, and stands for any.
  if (declared.threshold === null && actual.threshold !== null && hasOpen) {
    result.open.push('threshold');
  } else {
    result.text('threshold', numberText(declared.threshold), numberText(actual.threshold));
  }
  result.text('band', declared.thresholdMetricId ?? 'none', actual.thresholdMetricId ?? 'none');
  result.text('comparison', comparisonText(declared.comparison), comparisonText(actual.comparison));
  result.text('periods', periodsText(declared), periodsText(actual));
  result.text('missing data', missingText(declared), missingText(actual));
}

function compareQueries(
  declared: readonly AlarmMetricQuery[],
  actual: readonly AlarmMetricQuery[],
  result: Collected,
): void {
  const plain = declared.length === 1 && actual.length === 1;
  const others = new Map(actual.map((query) => [query.id, query]));
  for (const query of declared) {
    const other = plain ? actual[0] : others.get(query.id);
    const field = plain ? 'metric' : `metric ${query.id}`;
    others.delete(other?.id ?? query.id);
    if (other === undefined) result.text(field, metricText(query), 'not there');
    else compareQuery(query, other, field, result);
  }
  for (const other of others.values()) {
    result.text(`metric ${other.id}`, 'not declared', metricText(other));
  }
}

function compareQuery(
  declared: AlarmMetricQuery,
  actual: AlarmMetricQuery,
  field: string,
  result: Collected,
): void {
  result.text(field, metricText(declared), metricText(actual));
  if (declared.expression === null) {
    result.text(`${field}: statistic`, declared.stat ?? 'none', actual.stat ?? 'none');
    const period = (query: AlarmMetricQuery): string =>
      query.periodSeconds === null ? 'not stated' : periodText(query.periodSeconds);
    // A period behind an open input is null, and a plain alarm always has one.
    if (declared.periodSeconds === null) result.open.push(`${field}: period`);
    else result.text(`${field}: period`, period(declared), period(actual));
    result.text(`${field}: unit`, declared.unit ?? 'any', actual.unit ?? 'any');
  }
  if (declared.returnData !== actual.returnData) {
    const words = (query: AlarmMetricQuery): string =>
      query.returnData ? 'watched' : 'input only';
    result.text(`${field}: use`, words(declared), words(actual));
  }
}

const shown = (text: string): string => (text === '' ? 'none' : text);
const listed = (texts: readonly string[]): string =>
  texts.length === 0 ? 'nothing' : texts.join(', ');
