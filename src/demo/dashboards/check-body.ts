/**
 * What CloudWatch says of a dashboard's body, in its own words as far as they are known.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export interface BodyRemark {
  dataPath: string;
  message: string;
}

export interface BodyVerdict {
  /** Refused for these. */
  errors: BodyRemark[];
  /** Kept all the same. */
  warnings: BodyRemark[];
}

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const widgetFields = new Set(['type', 'x', 'y', 'width', 'height', 'properties', 'inputs']);
const widgetTypes = ['metric', 'text', 'log', 'alarm', 'explorer', 'custom'];
const MAX_WIDGETS = 500;

/** Collects what is wrong with the parsed body; `null` for a text that is no JSON object. */
export function checkBody(body: unknown): BodyVerdict | null {
  if (!isFields(body)) return null;
  const verdict: BodyVerdict = { errors: [], warnings: [] };
  const { widgets } = body;
  const fail = failer(verdict);
  if (widgets === undefined) {
    verdict.errors.push({ dataPath: '', message: "Should have required property 'widgets'" });
  } else if (!Array.isArray(widgets)) {
    fail('/widgets', 'Should be array');
  } else if (widgets.length > MAX_WIDGETS) {
    fail('/widgets', `Should NOT have more than ${MAX_WIDGETS} items`);
  } else {
    widgets.forEach((widget: unknown, index) => checkWidget(verdict, `/widgets/${index}`, widget));
  }
  return verdict;
}

const failer =
  (verdict: BodyVerdict) =>
  (dataPath: string, message: string): void =>
    void verdict.errors.push({ dataPath, message });

function checkWidget(verdict: BodyVerdict, path: string, widget: unknown): void {
  const fail = failer(verdict);
  if (!isFields(widget)) return fail(path, 'Should be object');
  for (const name of Object.keys(widget)) {
    if (widgetFields.has(name)) continue;
    const message = `The "${name}" property is not expected to be part of a widget definition, will be ignored`;
    verdict.warnings.push({ dataPath: `${path}/${name}`, message });
  }
  checkWhole(fail, `${path}/x`, widget['x'], 0, 23);
  checkWhole(fail, `${path}/y`, widget['y'], 0, Number.MAX_SAFE_INTEGER);
  checkWhole(fail, `${path}/width`, widget['width'], 1, 24);
  checkWhole(fail, `${path}/height`, widget['height'], 1, 1000);
  const { type, properties } = widget;
  if (type === undefined) return fail(path, "Should have required property 'type'");
  if (typeof type !== 'string' || !widgetTypes.includes(type)) {
    return fail(`${path}/type`, 'Should be equal to one of the allowed values');
  }
  if (properties === undefined) return fail(path, "Should have required property 'properties'");
  if (!isFields(properties)) return fail(`${path}/properties`, 'Should be object');
  checkProperties(fail, `${path}/properties`, type, properties);
}

type Fail = (dataPath: string, message: string) => void;

function checkWhole(fail: Fail, path: string, value: unknown, min: number, max: number): void {
  if (value === undefined) return;
  if (!Number.isInteger(value)) fail(path, 'Should be integer');
  else if (Number(value) < min) fail(path, `Should be >= ${min}`);
  else if (Number(value) > max) fail(path, `Should be <= ${max}`);
}

/** The properties each type cannot do without. */
const required: Record<string, readonly string[]> = {
  text: ['markdown'],
  log: ['query', 'region'],
  alarm: ['alarms'],
  explorer: ['metrics', 'labels'],
  custom: ['endpoint'],
};

function checkProperties(fail: Fail, path: string, type: string, properties: Fields): void {
  for (const name of required[type] ?? []) {
    if (properties[name] === undefined) fail(path, `Should have required property '${name}'`);
  }
  if (type !== 'metric') return;
  const { metrics, annotations, region, view, period } = properties;
  if (metrics === undefined && annotations === undefined) {
    fail(path, "Should have required property 'metrics'");
  }
  const alarmsOnly = metrics === undefined;
  if (region === undefined && !alarmsOnly) fail(path, "Should have required property 'region'");
  const views = ['timeSeries', 'singleValue', 'gauge', 'bar', 'pie', 'table'];
  if (view !== undefined && (typeof view !== 'string' || !views.includes(view))) {
    fail(`${path}/view`, 'Should be equal to one of the allowed values');
  }
  checkWhole(fail, `${path}/period`, period, 1, 86_400 * 30);
  if (metrics === undefined) return;
  if (!Array.isArray(metrics)) return fail(`${path}/metrics`, 'Should be array');
  metrics.forEach((metric: unknown, index) =>
    checkMetric(fail, `${path}/metrics/${index}`, metric),
  );
}

/** `[namespace, name, (dimension, value)*, options?]`, or `[options]` with an expression. */
function checkMetric(fail: Fail, path: string, metric: unknown): void {
  if (!Array.isArray(metric)) return fail(path, 'Should be array');
  if (metric.length === 0) return fail(path, 'Should NOT have fewer than 1 items');
  const last: unknown = metric.at(-1);
  const words: unknown[] = isFields(last) ? metric.slice(0, -1) : metric;
  words.forEach((word, index) => {
    if (typeof word === 'string') return;
    fail(`${path}/${index}`, "Invalid metric field type, only 'String' type is allowed");
  });
  if (words.length === 0) {
    if (!isFields(last) || typeof last['expression'] !== 'string') {
      fail(`${path}/0`, "Should have required property 'expression'");
    }
    return;
  }
  const short = words.includes('...');
  if (!short && words.length % 2 === 1) {
    fail(path, `Should NOT have more than ${words.length - 1} items`);
  }
}
