import { isLocalArn } from '../local-rules/local-key';
import type { Alarm, MetricRule } from './alarm';
import { parseReasonData } from './reason-data';
import type { ReasonData } from './reason-data';
import { spokenMetric, watchedQuery } from './metric-name';
import { formatNumber, formatValue, unitOf } from './units';

/** `5 min`, `30 s`, `1 h`: how a period is said. */
export function periodText(seconds: number): string {
  if (seconds % 86_400 === 0) return `${seconds / 86_400} d`;
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  if (seconds % 60 === 0) return `${seconds / 60} min`;
  return `${seconds} s`;
}

/** How the threshold is said beside the value. */
function limitText(rule: MetricRule, limit: string): string {
  if (rule.thresholdMetricId !== null) return 'outside the expected band';
  switch (rule.comparison) {
    case 'GreaterThanThreshold':
      return `limit ${limit}`;
    case 'GreaterThanOrEqualToThreshold':
      return `limit below ${limit}`;
    case 'LessThanThreshold':
      return `at least ${limit} expected`;
    case 'LessThanOrEqualToThreshold':
      return `more than ${limit} expected`;
    default:
      return `threshold ${limit}`;
  }
}

interface Reading {
  name: string;
  value: string | null;
  limit: string;
  window: string;
  data: ReasonData | null;
}

function readingOf(alarm: Alarm, rule: MetricRule): Reading {
  const query = watchedQuery(rule);
  const data = parseReasonData(alarm.stateReasonData);
  const unit = unitOf(query?.metricName ?? null, data?.unit ?? query?.unit ?? null);
  const value = data?.points.at(-1)?.value;
  const stat = data?.statistic ?? query?.stat ?? null;
  const threshold = data?.threshold ?? rule.threshold;
  // Only counts and sums grow with the period; of an average the period adds nothing.
  const counts = stat === 'Sum' || stat === 'SampleCount';
  return {
    name: spokenMetric(query),
    value: value === undefined ? null : formatValue(value, unit),
    limit: limitText(rule, threshold === null ? 'unknown' : formatValue(threshold, unit)),
    window: counts ? ` in ${periodText(rule.periodSeconds)}` : '',
    data,
  };
}

const noData = (data: ReasonData | null, alarm: Alarm): boolean =>
  data !== null
    ? data.points.length === 0 && data.triggering.length === 0
    : /no datapoints were received/i.test(alarm.stateReason);

/** One short line for the list: "5XX 43 in 5 min, limit 10". */
export function summarize(alarm: Alarm): string {
  if (alarm.metric === null) return compositeSummary(alarm);
  const reading = readingOf(alarm, alarm.metric);
  if (alarm.state === 'INSUFFICIENT_DATA' || noData(reading.data, alarm)) {
    return `${reading.name}: no data, ${reading.limit}`;
  }
  if (reading.value === null) return `${reading.name}${reading.window}, ${reading.limit}`;
  return `${reading.name} ${reading.value}${reading.window}, ${reading.limit}`;
}

function compositeSummary(alarm: Alarm): string {
  const triggering = parseReasonData(alarm.stateReasonData)?.triggering ?? [];
  const [first] = triggering;
  if (alarm.state !== 'ALARM' || first === undefined) {
    return alarm.state === 'ALARM' ? 'its rule holds' : 'its rule does not hold';
  }
  const name = first.arn.split(':alarm:')[1] ?? first.arn;
  const more = triggering.length - 1;
  return more === 0 ? `because of ${name}` : `because of ${name} and ${more} more`;
}

const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const inWords = (count: number): string => WORDS[count] ?? formatNumber(count);

/** For how many periods: "for two periods", or M of N as CloudWatch counts them. */
function periodsText(rule: MetricRule): string {
  const { datapointsToAlarm: m, evaluationPeriods: n } = rule;
  if (m < n) return `in ${inWords(m)} of ${inWords(n)} periods`;
  return n === 1 ? 'for one period' : `for ${inWords(n)} periods`;
}

/** Formats a time of day, in the zone the engineer chose. */
export type TimeText = (ms: number) => string;

/** One sentence for the detail: what broke, value against threshold, for how long, since when. */
export function alarmSentence(alarm: Alarm, timeText: TimeText): string {
  if (!isLocalArn(alarm.arn)) return plainSentence(alarm, timeText);
  const blind = alarm.blindSince ?? null;
  const old =
    blind === null
      ? ''
      : ` It could not be evaluated since ${timeText(blind)}: ${alarm.stateReason}`;
  return `Local rule: ${plainSentence(alarm, timeText)}${old}`;
}

function plainSentence(alarm: Alarm, timeText: TimeText): string {
  const since = `since ${timeText(alarm.stateTransitionedAt)}`;
  if (alarm.metric === null) {
    const what = alarm.state === 'ALARM' ? 'Fires' : 'Does not fire';
    return `${what}: ${compositeSummary(alarm)}, ${since}.`;
  }
  const reading = readingOf(alarm, alarm.metric);
  const name = reading.name.charAt(0).toUpperCase() + reading.name.slice(1);
  if (alarm.state === 'INSUFFICIENT_DATA' || noData(reading.data, alarm)) {
    const breaching = alarm.state === 'ALARM' ? ', and missing data counts as breaching' : '';
    return `${name} has no data${breaching} (${reading.limit}), ${since}.`;
  }
  if (reading.value === null) {
    return alarm.state === 'ALARM'
      ? `${name} broke its limit (${reading.limit}), ${since}.`
      : `${name} is within its limit (${reading.limit}), ${since}.`;
  }
  const measured = `${name} ${alarm.state === 'ALARM' ? 'is' : 'was'} ${reading.value}${reading.window}`;
  return alarm.state === 'ALARM'
    ? `${measured}, ${reading.limit}, ${periodsText(alarm.metric)}, ${since}.`
    : `${measured}, ${reading.limit}; OK ${since}.`;
}
