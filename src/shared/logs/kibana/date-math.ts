/** Elasticsearch's moments: `now-15m`, `now/d`, `2026-01-01||+1M/d`, ISO 8601, ms. In UTC. */

const MOMENT = /^(?:now|(.+?)\|\||(.+))((?:[+-]\d+[yMwdhHms]|\/[yMwdhHms])*)$/;
const MATH = /([+-])(\d+)([yMwdhHms])|\/([yMwdhHms])/g;

const LENGTHS: Readonly<Record<string, number>> = {
  w: 604_800_000,
  d: 86_400_000,
  h: 3_600_000,
  H: 3_600_000,
  m: 60_000,
  s: 1_000,
};

/** ms UTC; null for what is no moment. `up`: rounding goes to the unit's last millisecond (`lte`, `gt`). */
export function momentOf(text: string, nowMs: number, up: boolean): number | null {
  if (text.startsWith('now')) return calculated(nowMs, text.slice(3), up);
  const at = text.indexOf('||');
  const base = absolute(at === -1 ? text : text.slice(0, at));
  return base === null ? null : calculated(base, at === -1 ? '' : text.slice(at + 2), up);
}

/** Whether it is a moment at all. */
export const isMoment = (text: string): boolean => momentOf(text, 0, false) !== null;

function absolute(text: string): number | null {
  if (/^\d{12,14}$/.test(text)) return Number(text);
  if (!/^\d{4}-\d{2}(?:-\d{2}(?:[T ][\d:.,]+(?:Z|[+-]\d{2}:?\d{2})?)?)?$/.test(text)) return null;
  const zoned = !/[T ]/.test(text) || /(?:Z|[+-]\d{2}:?\d{2})$/.test(text.slice(10));
  const ms = Date.parse(zoned ? text : `${text.replace(' ', 'T')}Z`);
  return Number.isFinite(ms) ? ms : null;
}

function calculated(base: number, math: string, up: boolean): number | null {
  if (!MOMENT.test(`now${math}`) || !/^(?:[+-]\d{1,6}[yMwdhHms]|\/[yMwdhHms])*$/.test(math)) {
    return null;
  }
  let at = base;
  for (const [, sign, count, unit, round] of math.matchAll(MATH)) {
    at =
      round === undefined
        ? added(at, (sign === '-' ? -1 : 1) * Number(count), unit ?? '')
        : rounded(at, round, up);
  }
  return Number.isFinite(at) ? at : null;
}

function added(at: number, count: number, unit: string): number {
  const length = LENGTHS[unit];
  if (length !== undefined) return at + count * length;
  const date = new Date(at);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + count * (unit === 'y' ? 12 : 1));
  // The 31st of a month that has 30 days is its last.
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date.getTime();
}

function rounded(at: number, unit: string, up: boolean): number {
  const date = new Date(at);
  if (unit === 'y') date.setUTCMonth(0, 1);
  if (unit === 'M') date.setUTCDate(1);
  if (unit === 'w') date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  const length = unit === 'y' || unit === 'M' || unit === 'w' ? LENGTHS['d'] : LENGTHS[unit];
  const start = Math.floor(date.getTime() / (length ?? 1)) * (length ?? 1);
  return up ? added(start, 1, unit) - 1 : start;
}

const ISO_UNITS: Readonly<Record<string, (count: number) => string>> = {
  y: (count) => `P${count}Y`,
  M: (count) => `P${count}M`,
  w: (count) => `P${count}W`,
  d: (count) => `P${count}D`,
  h: (count) => `PT${count}H`,
  H: (count) => `PT${count}H`,
  m: (count) => `PT${count}M`,
  s: (count) => `PT${count}S`,
};

/** `now-15m` as the range of a page has it (`-PT15M`); null for what is not simply so long ago. */
export function agoOf(text: string): string | null {
  const found = /^now-(\d{1,5})([yMwdhHms])$/.exec(text);
  const iso = found === null ? undefined : ISO_UNITS[found[2] ?? ''];
  return iso === undefined ? null : `-${iso(Number(found?.[1]))}`;
}
