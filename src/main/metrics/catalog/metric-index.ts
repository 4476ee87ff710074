/**
 * Searches an account's metrics as somebody types. All of them are one text, a line each, so that a word is
 * found by the engine's own scan; 100,000 metrics are about 12 MB of it.
 */
import type { Dimension } from '../../../shared/alarms/alarm';
import type { NamespaceCount } from '../../../shared/metrics/catalog';
import type { MetricId } from '../../../shared/metrics/query';
import { sortedInSteps, STEP } from './sorted-lines';

/** Separates a line's parts: never in a name CloudWatch accepts. */
const PART = '\u0001';
const LINE = '\n';

export interface IndexSearch {
  total: number;
  rows: MetricId[];
}

/** What a match is worth, best first: in the name from its start, in the name, in the namespace, in a dimension. */
const RANKS = 5;

export class MetricIndex {
  private constructor(
    /** As they are, one a line, sorted: namespace, name, then name and value of each dimension. */
    private readonly original: string,
    private readonly lower: string,
    /** Where each line starts, and one past the end. */
    private readonly starts: Uint32Array,
    /** Where each line's metric name starts and ends. */
    private readonly names: Uint32Array,
    private readonly counts: NamespaceCount[],
  ) {}

  /** Lets others run between its steps: 200,000 metrics are half a second of work. */
  static async build(lines: readonly string[]): Promise<MetricIndex> {
    const building = MetricIndex.building(lines);
    for (;;) {
      const step = building.next();
      if (step.done === true) return step.value;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  private static *building(lines: readonly string[]): Generator<void, MetricIndex, void> {
    const sorted = yield* sortedInSteps(lines);
    const starts = new Uint32Array(sorted.length + 1);
    const names = new Uint32Array(sorted.length * 2);
    const counts = new Map<string, number>();
    const [original, lower]: [string[], string[]] = [[], []];
    let at = 0;
    for (const [index, line] of sorted.entries()) {
      starts[index] = at;
      const nameAt = line.indexOf(PART) + 1;
      const ends = line.indexOf(PART, nameAt);
      names[index * 2] = at + nameAt;
      names[index * 2 + 1] = at + (ends === -1 ? line.length : ends);
      const namespace = line.slice(0, nameAt - 1);
      counts.set(namespace, (counts.get(namespace) ?? 0) + 1);
      original.push(line + LINE);
      lower.push(foldCase(line) + LINE);
      at += line.length + 1;
      if (index % STEP === STEP - 1) yield;
    }
    starts[sorted.length] = at;
    const text = original.join('');
    yield;
    return new MetricIndex(text, lower.join(''), starts, names, countsOf(counts));
  }

  get size(): number {
    return this.starts.length - 1;
  }

  /** All lines, for keeping. */
  text(): string {
    return this.original;
  }

  namespaces(): NamespaceCount[] {
    return this.counts;
  }

  /** Metrics with every word in their namespace, name, a dimension's name or value; the best first. */
  search(text: string, namespace: string | null, limit: number): IndexSearch {
    const words = wordsOf(text);
    const [first, end] = namespace === null ? [0, this.size] : this.rangeOf(namespace);
    const best: number[][] = Array.from({ length: RANKS }, () => []);
    let total = 0;
    for (const line of this.linesWith(words, first, end)) {
      total += 1;
      const rank = best[this.rankOf(line, words)];
      if (rank !== undefined && rank.length < limit) rank.push(line);
    }
    const rows = best.flat().slice(0, limit);
    return { total, rows: rows.map((line) => this.metricAt(line)) };
  }

  /** Metrics for which `keep` says yes, in order, at most `limit`. */
  find(keep: (metric: MetricId) => boolean, candidates: string, limit: number): MetricId[] {
    const found: MetricId[] = [];
    for (const line of this.linesWith([foldCase(candidates)], 0, this.size)) {
      const metric = this.metricAt(line);
      if (keep(metric)) found.push(metric);
      if (found.length >= limit) break;
    }
    return found;
  }

  /** Values of a dimension among the metrics of a namespace that fit; sorted. */
  choices(
    namespace: string,
    metricName: string | null,
    dimension: string,
    filters: readonly Dimension[],
    limit: number,
  ): string[] {
    const values = new Set<string>();
    const [first, end] = this.rangeOf(namespace);
    for (let line = first; line < end && values.size < limit; line += 1) {
      const metric = this.metricAt(line);
      if (metricName !== null && metric.metricName !== metricName) continue;
      const has = ({ name, value }: Dimension): boolean =>
        metric.dimensions.some((one) => one.name === name && one.value === value);
      if (!filters.every(has)) continue;
      const own = metric.dimensions.find(({ name }) => name === dimension);
      if (own !== undefined) values.add(own.value);
    }
    return [...values].toSorted();
  }

  /** Line numbers in which every word stands. */
  private *linesWith(words: readonly string[], first: number, end: number): Generator<number> {
    // The longest word is the rarest, mostly.
    const [rarest, ...others] = words.toSorted((a, b) => b.length - a.length);
    if (rarest === undefined) {
      for (let line = first; line < end; line += 1) yield line;
      return;
    }
    const stop = this.startOf(end);
    let line = first;
    let at = this.lower.indexOf(rarest, this.startOf(first));
    while (at !== -1 && at < stop) {
      line = this.lineAt(at, Math.min(line, this.size - 1));
      const [from, to] = [this.startOf(line), this.startOf(line + 1)];
      const text = others.length === 0 ? '' : this.lower.slice(from, to);
      if (others.every((word) => text.includes(word))) yield line;
      at = this.lower.indexOf(rarest, to);
    }
  }

  /** Every word stands in the line, so each search ends soon. */
  private rankOf(line: number, words: readonly string[]): number {
    const nameAt = this.names[line * 2] ?? 0;
    const nameEnd = this.names[line * 2 + 1] ?? 0;
    let worst = 0;
    for (const word of words) worst = Math.max(worst, this.rankOfWord(line, word, nameAt, nameEnd));
    return worst;
  }

  private rankOfWord(line: number, word: string, nameAt: number, nameEnd: number): number {
    if (this.lower.startsWith(word, nameAt)) return nameEnd - nameAt === word.length ? 0 : 1;
    const inName = this.lower.indexOf(word, nameAt);
    if (inName !== -1 && inName + word.length <= nameEnd) return 2;
    return this.lower.indexOf(word, this.startOf(line)) < nameAt ? 3 : 4;
  }

  private metricAt(line: number): MetricId {
    return metricOf(this.original.slice(this.startOf(line), this.startOf(line + 1) - 1));
  }

  private startOf(line: number): number {
    return this.starts[line] ?? 0;
  }

  /** The line a place in the text lies in; not before `from`. */
  private lineAt(at: number, from: number): number {
    // Frequent words stand in the next line or the one after.
    for (let near = from; near < from + 3; near += 1) {
      if (at < this.startOf(near + 1)) return near;
    }
    let low = from;
    let high = this.size - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.startOf(middle) <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** First and one past the last line of a namespace. */
  private rangeOf(namespace: string): [number, number] {
    const bound = (text: string): number => {
      let low = 0;
      let high = this.size;
      while (low < high) {
        const middle = (low + high) >>> 1;
        const line = this.original.slice(this.startOf(middle), this.startOf(middle + 1) - 1);
        if (line < text) low = middle + 1;
        else high = middle;
      }
      return low;
    };
    return [bound(namespace + PART), bound(`${namespace}\u0002`)];
  }
}

/** Lower case that keeps every character's place, which `toLowerCase` of a few letters does not. */
function foldCase(text: string): string {
  const folded = text.toLowerCase();
  if (folded.length === text.length) return folded;
  return [...text]
    .map((char) => (char.toLowerCase().length === char.length ? char.toLowerCase() : char))
    .join('');
}

const wordsOf = (text: string): string[] =>
  foldCase(text)
    .split(/\s+/)
    .filter((word) => word !== '');

const clean = (text: string): string => text.replaceAll(/[\u0000-\u0002\n\r]/g, ' ');

/** A metric as a line. Dimensions are sorted, so that the same metric is the same line. */
export const lineOf = ({ namespace, metricName, dimensions }: MetricId): string =>
  [
    namespace,
    metricName,
    ...dimensions
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap(({ name, value }) => [name, value]),
  ]
    .map(clean)
    .join(PART);

function metricOf(line: string): MetricId {
  const [namespace = '', metricName = '', ...rest] = line.split(PART);
  const dimensions: Dimension[] = [];
  for (let index = 0; index + 1 < rest.length; index += 2) {
    dimensions.push({ name: rest[index] ?? '', value: rest[index + 1] ?? '' });
  }
  return { namespace, metricName, dimensions };
}

const countsOf = (counts: ReadonlyMap<string, number>): NamespaceCount[] =>
  [...counts]
    .map(([namespace, metrics]) => ({ namespace, metrics }))
    .toSorted((a, b) => (a.namespace < b.namespace ? -1 : 1));
