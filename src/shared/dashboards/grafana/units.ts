/** Grafana's unit ids in CloudWatch's units. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html */

export interface UnitReading {
  /** CloudWatch's unit; null: the metrics' own. */
  unit: string | null;
  /** Written at the axis where CloudWatch has no such unit (`USD`, `per minute`). */
  suffix: string | null;
  /** Values are multiplied by this to be in `unit` (fractions to percent). */
  factor: number;
}

const UNITS: Readonly<Record<string, string>> = {
  none: 'None',
  short: 'Count',
  locale: 'Count',
  sishort: 'Count',
  percent: 'Percent',
  percentunit: 'Percent',
  bytes: 'Bytes',
  decbytes: 'Bytes',
  kbytes: 'Kilobytes',
  deckbytes: 'Kilobytes',
  mbytes: 'Megabytes',
  decmbytes: 'Megabytes',
  gbytes: 'Gigabytes',
  decgbytes: 'Gigabytes',
  tbytes: 'Terabytes',
  dectbytes: 'Terabytes',
  bits: 'Bits',
  decbits: 'Bits',
  Bps: 'Bytes/Second',
  binBps: 'Bytes/Second',
  KBs: 'Kilobytes/Second',
  MBs: 'Megabytes/Second',
  GBs: 'Gigabytes/Second',
  bps: 'Bits/Second',
  binbps: 'Bits/Second',
  Kbits: 'Kilobits/Second',
  Mbits: 'Megabits/Second',
  Gbits: 'Gigabits/Second',
  s: 'Seconds',
  ms: 'Milliseconds',
  µs: 'Microseconds',
  cps: 'Count/Second',
  ops: 'Count/Second',
  reqps: 'Count/Second',
  rps: 'Count/Second',
  wps: 'Count/Second',
  iops: 'Count/Second',
  eps: 'Count/Second',
};

const SUFFIXES: Readonly<Record<string, string>> = {
  ns: 'ns',
  m: 'minutes',
  h: 'hours',
  d: 'days',
  cpm: 'per minute',
  opm: 'per minute',
  rpm: 'per minute',
  wpm: 'per minute',
  epm: 'per minute',
  dtdurations: 's',
  celsius: '°C',
};

/** What a Grafana unit id means; an id nobody knows is Grafana's custom unit, a suffix. */
export function readUnit(id: string): UnitReading {
  if (id === '') return { unit: null, suffix: null, factor: 1 };
  const known = Object.hasOwn(UNITS, id) ? UNITS[id] : undefined;
  if (known) return { unit: known, suffix: null, factor: id === 'percentunit' ? 100 : 1 };
  const currency = /^currency([A-Z]{3})$/.exec(id);
  if (currency?.[1]) return { unit: 'None', suffix: currency[1], factor: 1 };
  const suffix = Object.hasOwn(SUFFIXES, id) ? SUFFIXES[id] : undefined;
  const custom = id.replace(/^(suffix|prefix|si|count|bool|time|short):/, '').trim();
  return { unit: 'None', suffix: suffix ?? (custom || null), factor: 1 };
}
