/** Packs asks into as few GetMetricData calls as AWS's limits allow. Pure. */
import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { renameIds } from '../../shared/dashboards/expression';
import { MAX_POINTS_PER_CALL, MAX_QUERIES_PER_CALL } from '../../shared/metrics/query';
import { toAwsQuery } from './aws-query';
import { statKey } from './question';
import type { Question } from './question';

/** A question over a window; both edges whole periods of it unless it is asked whole. ms UTC. */
export interface Ask {
  question: Question;
  fromMs: number;
  toMs: number;
  /** AWS refused it lately: it goes alone, so that it spoils nobody else's call. */
  suspect: boolean;
}

export interface PlannedCall<A extends Ask> {
  startMs: number;
  endMs: number;
  queries: MetricDataQuery[];
  labelOffset: string | null;
  /** Which asks want the data of which id. */
  wants: { ask: A; id: string }[];
}

/** What a SEARCH is taken to answer when points are counted beforehand; more comes in pages. */
const SEARCH_SERIES = 20;
/** A window of up to this long costs next to nothing to widen. */
const SMALL_WINDOW_MS = 3_600_000;

export function planCalls<A extends Ask>(asks: readonly A[]): PlannedCall<A>[] {
  const open: Draft<A>[] = [];
  // Whole ones first: they set windows that others can lie in.
  const ordered = asks.toSorted((a, b) => Number(b.question.whole) - Number(a.question.whole));
  for (const ask of ordered) {
    const draft = open.find((one) => one.takes(ask));
    if (draft === undefined) open.push(new Draft(ask));
    else draft.add(ask);
  }
  return open.map((draft) => draft.finish());
}

const pointsPerMs = ({ question }: Ask): number =>
  (question.kind === 'search' ? SEARCH_SERIES : 1) / question.periodMs;

class Draft<A extends Ask> {
  private readonly asks: A[];
  private readonly keys = new Set<string>();
  private fromMs: number;
  private toMs: number;
  private periodMs: number;
  private pointsPerMs = 0;
  /** A question that is asked whole fixes the window. */
  private readonly fixed: boolean;

  constructor(first: A) {
    this.asks = [first];
    this.fromMs = first.fromMs;
    this.toMs = first.toMs;
    this.periodMs = first.question.periodMs;
    this.fixed = first.question.whole;
    this.note(first);
  }

  takes(ask: A): boolean {
    const [head] = this.asks;
    if (head === undefined || head.suspect || ask.suspect) return false;
    if (head.question.solo !== ask.question.solo) return false;
    if (this.asks.some((one) => clash(one.question, ask.question))) return false;
    if (!this.fitsWindow(ask)) return false;
    const [from, to] = [Math.min(this.fromMs, ask.fromMs), Math.max(this.toMs, ask.toMs)];
    const points = (this.pointsPerMs + pointsPerMs(ask)) * (to - from);
    return points <= MAX_POINTS_PER_CALL && this.sizeWith(ask) <= MAX_QUERIES_PER_CALL;
  }

  add(ask: A): void {
    this.asks.push(ask);
    this.fromMs = Math.min(this.fromMs, ask.fromMs);
    this.toMs = Math.max(this.toMs, ask.toMs);
    this.periodMs = Math.max(this.periodMs, ask.question.periodMs);
    this.note(ask);
  }

  finish(): PlannedCall<A> {
    const writer = new QueryWriter();
    const wants = this.asks.map((ask) => ({ ask, id: writer.write(ask.question) }));
    return {
      startMs: this.fixed ? this.fromMs : Math.floor(this.fromMs / this.periodMs) * this.periodMs,
      endMs: this.fixed ? this.toMs : Math.ceil(this.toMs / this.periodMs) * this.periodMs,
      queries: writer.queries,
      labelOffset:
        this.asks.find(({ question }) => question.labelOffset)?.question.labelOffset ?? null,
      wants,
    };
  }

  private note(ask: A): void {
    this.pointsPerMs += pointsPerMs(ask);
    for (const query of ask.question.queries) this.keys.add(keyIn(ask.question, query));
  }

  private sizeWith(ask: A): number {
    const fresh = ask.question.queries.filter(
      (query) => !this.keys.has(keyIn(ask.question, query)),
    );
    return this.keys.size + fresh.length;
  }

  private fitsWindow(ask: A): boolean {
    const long = Math.max(this.periodMs, ask.question.periodMs);
    const short = Math.min(this.periodMs, ask.question.periodMs);
    // The service aligns its periods to the start of the call.
    if (long % short !== 0) return false;
    const same = ask.fromMs === this.fromMs && ask.toMs === this.toMs;
    if (same) return true;
    if (ask.question.whole) return false;
    if (this.fixed) {
      return (
        ask.fromMs >= this.fromMs &&
        ask.toMs <= this.toMs &&
        (ask.fromMs - this.fromMs) % ask.question.periodMs === 0 &&
        this.fromMs % ask.question.periodMs === 0
      );
    }
    return isNear(this.fromMs, this.toMs, ask);
  }
}

/** Whether one window for both reads little that nobody asked for; nothing is ever billed by the point. */
function isNear(fromMs: number, toMs: number, ask: Ask): boolean {
  const together = Math.max(toMs, ask.toMs) - Math.min(fromMs, ask.fromMs);
  const longest = Math.max(toMs - fromMs, ask.toMs - ask.fromMs);
  return together <= Math.max(SMALL_WINDOW_MS, longest * 1.5);
}

/** AWS takes one Metrics Insights query a call, and one time zone for labels. */
function clash(a: Question, b: Question): boolean {
  if (a.kind === 'insights' && b.kind === 'insights' && a.solo === null) return true;
  return a.labelOffset !== null && b.labelOffset !== null && a.labelOffset !== b.labelOffset;
}

/** Metrics are shared between questions; an expression belongs to its own. */
const keyIn = (question: Question, query: Question['queries'][number]): string =>
  question.solo !== null || query.metric !== null
    ? statKey(query)
    : JSON.stringify([question.key, query.id]);

/** Writes questions into one call: each metric once, every id unique. */
class QueryWriter {
  readonly queries: MetricDataQuery[] = [];
  private readonly byKey = new Map<string, MetricDataQuery>();

  /** The id under which the question's data comes. */
  write(question: Question): string {
    const names = new Map<string, string>();
    // Inputs come first, so every name an expression uses is known when it is written.
    for (const query of question.queries) {
      names.set(query.id, this.idOf(question, query, names));
    }
    return names.get(question.target) ?? question.target;
  }

  private idOf(
    question: Question,
    query: Question['queries'][number],
    names: ReadonlyMap<string, string>,
  ): string {
    const returnData = query.id === question.target;
    // `METRICS("e")` picks by the ids as they were written.
    const key = question.solo === null ? keyIn(question, query) : query.id;
    const known = this.byKey.get(key);
    if (known?.Id !== undefined) {
      known.ReturnData = known.ReturnData === true || returnData;
      return known.Id;
    }
    const id = question.solo === null ? `${CALL_ID}${this.queries.length}` : query.id;
    const expression = query.expression === null ? null : renameIds(query.expression, names);
    const written = toAwsQuery({ ...query, returnData }, id, expression);
    this.byKey.set(key, written);
    this.queries.push(written);
    return id;
  }
}

/** Unlike anything people write, so that it can be told from text where CloudWatch makes a label of ids. */
const CALL_ID = 'nd0q';
/** A message of AWS's with the query's own id in place of the call's. */
export const ownId = (message: string, queryId: string): string =>
  message.replaceAll(/\bnd0q\d+\b/g, queryId);

/** A label without our ids, with which CloudWatch names expressions that have none; null when nothing is left. */
export function withoutCallIds(label: string): string | null {
  const left = label.replaceAll(/\bnd0q\d+\b/g, '').trim();
  return left === '' ? null : left;
}
