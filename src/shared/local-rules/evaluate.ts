/** A local rule as a pure state machine: datapoints to one value, value and time to a state. Times ms UTC. */
import type { AlarmState } from '../alarms/alarm';
import { durationText } from '../notify/duration-text';
import type { LocalRule } from './local-rule';

export interface RuleSeries {
  /** What tells it from others of the same query; null where there is one. */
  label: string | null;
  /** Ascending; each stands for the period that begins at `at`. */
  points: readonly { at: number; value: number }[];
  periodMs: number;
}

/** What a rule's window holds now; null value: no data. */
export interface RuleReading {
  value: number | null;
  label: string | null;
}

export interface RuleState {
  state: AlarmState;
  /** When it came into that state. */
  since: number;
  /** Since when the condition holds without a break; null while it does not. */
  pendingSince: number | null;
  value: number | null;
  evaluatedAt: number;
}

/** Time that nobody evaluated (sleep, no answers) longer than this many rounds breaks a pending condition. */
const MISSED_ROUNDS = 3;

/**
 * The value of a rule's window. It ends with the last whole period; for "above" the running period may
 * stand in for the oldest one where that is higher, so that a rise is seen at once, while an unfinished
 * sum never counts as low. Of several series the one nearest to breaching counts.
 */
export function readWindow(
  rule: LocalRule,
  series: readonly RuleSeries[],
  now: number,
): RuleReading {
  const above = isAbove(rule.comparison);
  let best: RuleReading = { value: null, label: null };
  for (const one of series) {
    const value = valueOf(rule, one, now);
    if (value === null) continue;
    const worse = best.value === null || (above ? value > best.value : value < best.value);
    if (worse) best = { value, label: one.label };
  }
  return best;
}

const isAbove = (comparison: LocalRule['comparison']): boolean => comparison.startsWith('>');

function valueOf(rule: LocalRule, series: RuleSeries, now: number): number | null {
  const { periodMs } = series;
  const periods = Math.max(1, Math.ceil((rule.windowSeconds * 1000) / periodMs));
  const running = Math.floor(now / periodMs) * periodMs;
  const within = (end: number): number | null =>
    reduce(
      rule.reducer,
      series.points
        .filter(({ at }) => at >= end - periods * periodMs && at < end)
        .map(({ value }) => value),
    );
  const whole = within(running);
  if (!isAbove(rule.comparison)) return whole;
  const current = within(running + periodMs);
  if (whole === null || current === null) return whole ?? current;
  return Math.max(whole, current);
}

function reduce(reducer: LocalRule['reducer'], values: readonly number[]): number | null {
  const last = values.at(-1);
  if (last === undefined) return null;
  const sum = values.reduce((total, value) => total + value, 0);
  switch (reducer) {
    case 'last':
      return last;
    case 'avg':
      return sum / values.length;
    case 'min':
      return values.reduce((least, value) => Math.min(least, value));
    case 'max':
      return values.reduce((most, value) => Math.max(most, value));
    case 'sum':
      return sum;
  }
}

export function holds(rule: Pick<LocalRule, 'comparison' | 'threshold'>, value: number): boolean {
  switch (rule.comparison) {
    case '>':
      return value > rule.threshold;
    case '>=':
      return value >= rule.threshold;
    case '<':
      return value < rule.threshold;
    case '<=':
      return value <= rule.threshold;
  }
}

/** What the reading says of the condition; `keep` leaves everything as it was. */
function verdict(rule: LocalRule, value: number | null): 'holds' | 'fine' | 'no-data' | 'keep' {
  if (value !== null) return holds(rule, value) ? 'holds' : 'fine';
  switch (rule.noData) {
    case 'ok':
      return 'fine';
    case 'alarm':
      return 'holds';
    case 'no-data':
      return 'no-data';
    case 'keep':
      return 'keep';
  }
}

/** The state after one evaluation. @param before null: never evaluated */
export function advanceRule(
  rule: LocalRule,
  before: RuleState | null,
  value: number | null,
  now: number,
): RuleState {
  const held = before?.state ?? 'INSUFFICIENT_DATA';
  const enter = (state: AlarmState, pendingSince: number | null): RuleState => ({
    state,
    since: before !== null && before.state === state ? before.since : now,
    pendingSince,
    value,
    evaluatedAt: now,
  });
  const pendingSince = unbroken(rule, before, now) ? (before?.pendingSince ?? null) : null;
  switch (verdict(rule, value)) {
    case 'fine':
      return enter('OK', null);
    case 'no-data':
      return enter('INSUFFICIENT_DATA', null);
    case 'keep':
      return enter(held, pendingSince);
    case 'holds': {
      const since = pendingSince ?? now;
      if (held === 'ALARM' || now - since >= rule.forSeconds * 1000) return enter('ALARM', since);
      return enter(value === null ? held : 'OK', since);
    }
  }
}

function unbroken(rule: LocalRule, before: RuleState | null, now: number): boolean {
  return before !== null && now - before.evaluatedAt <= MISSED_ROUNDS * rule.everySeconds * 1000;
}

const reducerWords: Record<LocalRule['reducer'], string> = {
  last: 'last value',
  avg: 'average',
  min: 'minimum',
  max: 'maximum',
  sum: 'sum',
};

const comparisonWords: Record<LocalRule['comparison'], string> = {
  '>': 'above',
  '>=': 'at least',
  '<': 'below',
  '<=': 'at most',
};

/** `sum over 5 min above 10 for 5 min`. */
export function conditionText(rule: LocalRule): string {
  const window = durationText(rule.windowSeconds * 1000);
  const lasting = rule.forSeconds === 0 ? '' : ` for ${durationText(rule.forSeconds * 1000)}`;
  return `${reducerWords[rule.reducer]} over ${window} ${comparisonWords[rule.comparison]} ${rule.threshold}${lasting}`;
}

/** One sentence on why the rule is in its state, for the journal and the detail. */
export function reasonText(rule: LocalRule, state: RuleState, label: string | null): string {
  const of = label === null ? '' : ` of ${label}`;
  const measured =
    state.value === null
      ? 'There is no data'
      : `The ${reducerWords[rule.reducer]}${of} over ${durationText(rule.windowSeconds * 1000)} is ${roundedText(state.value)}`;
  const limit = `the rule fires when it is ${comparisonWords[rule.comparison]} ${rule.threshold}`;
  if (state.state !== 'ALARM' && state.pendingSince !== null) {
    return `${measured}; ${limit} for ${durationText(rule.forSeconds * 1000)}.`;
  }
  return `${measured}; ${limit}.`;
}

/** At most six figures, without an exponent where people would not write one. */
export function roundedText(value: number): string {
  return String(Number(value.toPrecision(6)));
}
