/** Rows of `metrics` → the lines of a metric widget. */
import type { MetricId } from '../metrics/query';
import type { SeriesSpec } from './dashboard';
import { isInsightsQuery } from './expression';
import { Fields, shorten } from './fields';
import type { Notes } from './fields';
import type { FieldPath } from './json-source';
import { metricRows } from './metric-rows';
import type { MetricRow } from './metric-rows';

/** CloudWatch's statistics: names, percentiles, trimmed and winsorized means, counts, sums and ranks. */
const STATISTIC =
  /^(?:SampleCount|Average|Sum|Minimum|Maximum|IQM|(?:p|tm|wm|tc|ts)\d{1,3}(?:\.\d{1,10})?|(?:TM|WM|TC|TS|PR)\([\d.eE+-]{0,40}%?:[\d.eE+-]{0,40}%?\))$/i;

export function isStatistic(text: string): boolean {
  return STATISTIC.test(text);
}

/** At most so many lines a widget, as CloudWatch has it. */
const MAX_ROWS = 500;
const PERIODS_UNDER_A_MINUTE = [1, 5, 10, 20, 30];

/** Seconds, as CloudWatch takes them; other numbers become the next one that it does. */
export function validPeriod(seconds: number): number {
  if (seconds <= 30) return PERIODS_UNDER_A_MINUTE.find((each) => each >= seconds) ?? 60;
  return Math.ceil(seconds / 60) * 60;
}

const MAX_PERIOD = 30 * 86_400;

/** A period field; null where it is absent, open or not a period. */
export function readPeriod(fields: Fields): number | null {
  const seconds = fields.number('period');
  if (seconds === null) return null;
  if (seconds <= 0 || seconds > MAX_PERIOD) {
    fields.notes.say(
      fields.at('period'),
      `The period ${seconds} s is left out: it is out of range.`,
    );
    return null;
  }
  const valid = validPeriod(seconds);
  if (valid !== seconds) {
    fields.notes.say(
      fields.at('period'),
      `CloudWatch knows no period of ${seconds} s; ${valid} s is used.`,
      'Periods are 1, 5, 10, 20 or 30 s or a multiple of 60 s.',
    );
  }
  return valid;
}

/** A statistic field; unknown ones are kept, because CloudWatch has the last word. */
export function readStat(fields: Fields, fallback: string): string {
  const stat = fields.settledText('stat');
  if (stat === null) return fallback;
  if (!isStatistic(stat)) {
    fields.notes.say(
      fields.at('stat'),
      `"${shorten(stat)}" is no statistic that is known.`,
      'Usual ones are Average, Sum, Maximum, p99 and TM(10%:90%).',
    );
  }
  return stat.slice(0, 100);
}

/** Twelve digits; null for what is open or no account. */
export function readAccount(fields: Fields): string | null {
  const account = fields.settledText('accountId');
  if (account === null || /^\d{12}$/.test(account)) return account;
  if (account !== 'LOCAL') {
    const message = `"${shorten(account)}" is no account id, so the dashboard's own account is asked.`;
    fields.notes.say(fields.at('accountId'), message);
  }
  return null;
}

/** Lower-case letters, digits and dashes; null for what is open or no region. */
export function readRegion(fields: Fields): string | null {
  const region = fields.settledText('region');
  if (region === null || /^[a-z]{2}[a-z0-9-]{2,60}$/.test(region)) return region;
  const message = `"${shorten(region)}" is no region, so the dashboard's own region is asked.`;
  fields.notes.say(fields.at('region'), message);
  return null;
}

export function readSeries(
  rows: readonly unknown[],
  path: FieldPath,
  notes: Notes,
  widgetStat: string,
): SeriesSpec[] {
  if (rows.length > MAX_ROWS) {
    const message = `Of ${rows.length} metrics the first ${MAX_ROWS} are drawn, as CloudWatch does.`;
    notes.say(path, message);
  }
  const given = metricRows(rows.slice(0, MAX_ROWS));
  const names = new Ids(given);
  return given.flatMap((row, index) => {
    const at = [...path, index];
    const wrong = row.wrong ?? tooLong(row);
    if (wrong !== null) {
      notes.say(at, `Metric ${index + 1} is left out: it ${wrong}.`);
      return [];
    }
    const cells = rows[index];
    const optionsAt = Array.isArray(cells) ? [...at, cells.length - 1] : at;
    return [oneSeries(row, new Fields(row.options, optionsAt, notes), names, widgetStat)];
  });
}

function oneSeries(row: MetricRow, fields: Fields, names: Ids, widgetStat: string): SeriesSpec {
  const expression = fields.text('expression');
  const isMetric = row.texts.length > 0;
  if (isMetric && expression !== null) {
    fields.notes.say(fields.at('expression'), 'A metric has no expression; the metric is drawn.');
  }
  const series: SeriesSpec = {
    id: names.take(fields.text('id')),
    metric: isMetric ? metricOf(row.texts) : null,
    expression: isMetric ? null : expression,
    label: fields.text('label'),
    color: fields.color('color'),
    axis: fields.choice('yAxis', ['left', 'right'], 'left'),
    visible: fields.boolean('visible', true),
    stat: readStat(fields, widgetStat),
    periodSeconds: readPeriod(fields),
    region: readRegion(fields),
    accountId: readAccount(fields),
    unit: fields.settledText('unit'),
    drawAs: null,
  };
  if (expression !== null && isInsightsQuery(expression)) fields.raw('query');
  fields.finish({
    query: 'The field query repeats the expression and is left out.',
    dynamicLabel: 'The field dynamicLabel changes nothing.',
  });
  return series;
}

function metricOf(texts: readonly string[]): MetricId {
  const dimensions = [];
  for (let at = 2; at + 1 < texts.length; at += 2) {
    dimensions.push({ name: texts[at] ?? '', value: texts[at + 1] ?? '' });
  }
  return { namespace: texts[0] ?? '', metricName: texts[1] ?? '', dimensions };
}

function tooLong({ texts, options }: MetricRow): string | null {
  if (texts.some((text, at) => text.length > (at > 1 && at % 2 === 1 ? 1024 : 255))) {
    return 'has a name longer than CloudWatch allows';
  }
  if (texts.length > 62) return 'has more than 30 dimensions';
  if (texts.some((text, at) => text === '' && (at < 2 || at % 2 === 0))) return 'has an empty name';
  if (texts.length > 0) return null;
  const expression = options['expression'];
  if (typeof expression !== 'string' || expression.trim() === '') return 'has an empty expression';
  return null;
}

/** Ids as given where they are; `nd1`, `nd2` … elsewhere, never one that the widget uses. */
class Ids {
  private readonly used: Set<string>;
  private next = 1;

  constructor(rows: readonly MetricRow[]) {
    const given = rows.map(({ options }) => options['id']);
    this.used = new Set(given.filter((id) => typeof id === 'string'));
  }

  take(id: string | null): string {
    if (id !== null && id !== '') return id;
    while (this.used.has(`nd${this.next}`)) this.next += 1;
    const made = `nd${this.next}`;
    this.next += 1;
    return made;
  }
}
