/** The lines of a widget with the place each is asked at and the other lines it takes in. */
import type { MetricWidget, SeriesSpec } from './dashboard';
import { expressionWords, metricsFilters } from './expression';
import type { PeriodRules } from './plan-period';

export interface PlanConnection {
  id: string;
  /** Twelve digits; null while it is not known. */
  accountId: string | null;
  regions: readonly string[];
}

export interface PlanContext extends PeriodRules {
  /** Asked where neither a line nor the widget says another account. */
  connectionId: string;
  /** Asked where neither a line nor the widget says another region. */
  region: string;
  connections: readonly PlanConnection[];
  /** `+0200`: zone that dynamic labels write times in. */
  labelOffset: string;
}

/** A line with where it is asked and which other lines it takes in. */
export interface Line {
  spec: SeriesSpec;
  index: number;
  queryId: string;
  inputs: number[];
  place: Place;
  /** Whether the line itself, not its widget, says where it is asked. */
  placed: boolean;
}

export interface Place {
  connectionId: string;
  region: string;
  accountId: string | null;
}

/** Lines of one key go into one call. */
export const placeKey = ({ connectionId, region }: Place): string => `${connectionId}\n${region}`;

export function linesOf(widget: MetricWidget, context: PlanContext): Line[] {
  const ids = queryIds(widget.series);
  const lines = widget.series.map((spec, index): Line => {
    return {
      spec,
      index,
      queryId: ids[index] ?? `q${index + 1}`,
      inputs: inputsOf(spec, index, widget.series),
      place: placeOf(spec, widget, context),
      placed: spec.region !== null || spec.accountId !== null,
    };
  });
  // An expression that says nothing itself is asked where all its inputs are.
  for (const line of lines) {
    if (line.placed || line.inputs.length === 0) continue;
    const metrics = withInputs(line, lines).filter(({ spec }) => spec.metric !== null);
    const places = new Map(metrics.map(({ place }) => [placeKey(place), place]));
    const [only] = places.values();
    if (only !== undefined && places.size === 1) line.place = { ...only, accountId: null };
  }
  return lines;
}

function placeOf(spec: SeriesSpec, widget: MetricWidget, context: PlanContext): Place {
  const region = spec.region ?? widget.region ?? context.region;
  const wanted = spec.accountId ?? widget.accountId;
  const here = { connectionId: context.connectionId, region, accountId: null };
  if (wanted === null) return here;
  const own = context.connections.filter(({ accountId }) => accountId === wanted);
  const best =
    own.find(({ id }) => id === context.connectionId) ??
    own.find(({ regions }) => regions.includes(region)) ??
    own[0];
  return best === undefined ? { ...here, accountId: wanted } : { ...here, connectionId: best.id };
}

/** Indexes of the lines that an expression names. */
function inputsOf(spec: SeriesSpec, own: number, all: readonly SeriesSpec[]): number[] {
  if (spec.expression === null) return [];
  const words = expressionWords(spec.expression);
  const filters = metricsFilters(spec.expression);
  const seen = new Set<string>();
  return all.flatMap(({ id, metric }, index) => {
    if (index === own || seen.has(id)) return [];
    seen.add(id);
    const matched = metric !== null && filters?.some((part) => id.includes(part)) === true;
    return words.has(id) || matched ? [index] : [];
  });
}

/** The line and everything it takes in, directly or not; each once, cycles included. */
export function withInputs(line: Line, lines: readonly Line[]): Line[] {
  const found = new Set([line]);
  for (const each of found) {
    for (const index of each.inputs) {
      const input = lines[index];
      if (input !== undefined) found.add(input);
    }
  }
  return [...found];
}

const VALID_ID = /^[a-z][a-zA-Z0-9_]{0,254}$/;

/** Ids that CloudWatch takes, unique: as written where possible. */
function queryIds(series: readonly SeriesSpec[]): string[] {
  const used = new Set(series.map(({ id }) => id).filter((id) => VALID_ID.test(id)));
  const taken = new Set<string>();
  return series.map(({ id }, index) => {
    if (VALID_ID.test(id) && !taken.has(id)) {
      taken.add(id);
      return id;
    }
    const plain = id.replaceAll(/[^a-zA-Z0-9_]/g, '_').slice(0, 200);
    const base = /^[a-z]/.test(plain) ? plain : `q_${plain}`;
    let made = base;
    for (let next = index + 1; used.has(made) || taken.has(made); next += 1) {
      made = `${base}_${next}`;
    }
    taken.add(made);
    return made;
  });
}
