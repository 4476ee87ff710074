/**
 * What metric math knows, one line of help each.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */

export interface MathFunction {
  name: string;
  /** Arguments as people write them. */
  takes: string;
  help: string;
}

function fn(name: string, takes: string, help: string): MathFunction {
  return { name, takes, help };
}

export const mathFunctions: readonly MathFunction[] = [
  fn('ABS', 'm1', 'Absolute value of each datapoint.'),
  fn(
    'ANOMALY_DETECTION_BAND',
    'm1, 2',
    'Band of expected values, so many standard deviations wide.',
  ),
  fn('AVG', 'METRICS()', 'Average: of one series a number, of several a series.'),
  fn('CEIL', 'm1', 'Each value rounded up.'),
  fn('DATAPOINT_COUNT', 'm1', 'How many datapoints there are.'),
  fn(
    'DB_PERF_INSIGHTS',
    "'RDS', 'db-…', 'os.cpuUtilization.user.avg'",
    'Counters of RDS Performance Insights.',
  ),
  fn('DIFF', 'm1', 'Difference from the datapoint before.'),
  fn('DIFF_TIME', 'm1', 'Seconds since the datapoint before.'),
  fn('FILL', 'm1, 0', 'Fills gaps with a number, REPEAT or LINEAR.'),
  fn('FIRST', 'METRICS()', 'First series of several.'),
  fn('LAST', 'METRICS()', 'Last series of several.'),
  fn('FLOOR', 'm1', 'Each value rounded down.'),
  fn('IF', 'm1 > 10, m1, 0', 'One value or the other by a condition, datapoint by datapoint.'),
  fn(
    'INSIGHT_RULE_METRIC',
    "'rule', 'MaxContributorValue'",
    'A metric of a Contributor Insights rule.',
  ),
  fn('LAMBDA', "'function'", 'Series that a Lambda function answers.'),
  fn('LOG', 'm1', 'Natural logarithm.'),
  fn('LOG10', 'm1', 'Logarithm to base 10.'),
  fn('MAX', 'METRICS()', 'Highest: of one series a number, of several a series.'),
  fn('METRIC_COUNT', 'METRICS()', 'How many series there are.'),
  fn('METRICS', '', 'All metrics of this chart, or those whose id contains a text.'),
  fn('MIN', 'METRICS()', 'Lowest: of one series a number, of several a series.'),
  fn('MINUTE', 'm1', 'Minute of each datapoint (0 to 59, UTC).'),
  fn('HOUR', 'm1', 'Hour of each datapoint (0 to 23, UTC).'),
  fn('DAY', 'm1', 'Day of the week of each datapoint (1 is Monday, UTC).'),
  fn('DATE', 'm1', 'Day of the month of each datapoint (UTC).'),
  fn('MONTH', 'm1', 'Month of each datapoint (UTC).'),
  fn('YEAR', 'm1', 'Year of each datapoint (UTC).'),
  fn('EPOCH', 'm1', 'Time of each datapoint, seconds since 1970.'),
  fn('PERIOD', 'm1', 'Period of the series in seconds.'),
  fn('RATE', 'm1', 'Change per second since the datapoint before.'),
  fn('REMOVE_EMPTY', 'METRICS()', 'Leaves out series without datapoints.'),
  fn('RUNNING_SUM', 'm1', 'Sum of the datapoints so far.'),
  fn(
    'SEARCH',
    "'{AWS/EC2,InstanceId} MetricName=\"CPUUtilization\"', 'Average', 300",
    'Finds metrics by name; the chart follows as they come and go.',
  ),
  fn('SERVICE_QUOTA', 'm1', 'The quota that a usage metric counts against.'),
  fn('SLICE', 'METRICS(), 0, 5', 'Some of several series, by their place.'),
  fn(
    'SORT',
    'METRICS(), MAX, DESC, 10',
    'Sorts series by AVG, MIN, MAX or SUM and keeps the first.',
  ),
  fn('STDDEV', 'METRICS()', 'Standard deviation: of one series a number, of several a series.'),
  fn('SUM', 'METRICS()', 'Sum: of one series a number, of several a series.'),
  fn('TIME_SERIES', '1', 'A number as a series.'),
];

/** Words that stand by themselves. */
export const mathWords: readonly { name: string; help: string }[] = [
  { name: 'AND', help: 'Both are true.' },
  { name: 'OR', help: 'One of both is true.' },
  { name: 'REPEAT', help: 'For FILL: the last value before the gap.' },
  { name: 'LINEAR', help: 'For FILL: a straight line across the gap.' },
  { name: 'ASC', help: 'For SORT: lowest first.' },
  { name: 'DESC', help: 'For SORT: highest first.' },
  { name: 'AVG', help: 'For SORT: by average.' },
  { name: 'MIN', help: 'For SORT: by lowest.' },
  { name: 'MAX', help: 'For SORT: by highest.' },
  { name: 'SUM', help: 'For SORT: by sum.' },
];

const functionNames: ReadonlySet<string> = new Set(mathFunctions.map(({ name }) => name));
const wordNames: ReadonlySet<string> = new Set(mathWords.map(({ name }) => name));

export function isMathFunction(name: string): boolean {
  return functionNames.has(name.toUpperCase());
}

export function isMathWord(name: string): boolean {
  return wordNames.has(name.toUpperCase());
}
