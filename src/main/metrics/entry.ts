/** What is known of one question, and what of it has to be asked. Pure but for the entry itself. */
import type { Failure } from '../../shared/failure';
import type { Freshness } from '../../shared/metrics/query';
import type { AskAnswer } from './asker';
import { gridLine, lastKnown, mergeLines, ownGridLine, sliceLine, trimFront } from './line';
import type { Line, Window } from './line';
import type { Question } from './question';

/** A stretch of time that was asked without a gap. */
export interface Segment extends Window {
  /** When AWS was last asked for its newest part (ms). */
  askedAt: number;
  /** Before this nothing changes any more (ms); for what is asked whole, its start. */
  settledMs: number;
  lines: Line[];
  /** On the whole answer. */
  messages: string[];
}

export interface Entry {
  /** Newest use last. */
  segments: Segment[];
  /** The newest refusal, until an answer comes. */
  failure: { failure: Failure; at: number; refused: boolean } | null;
  /** When AWS was last asked anything of it (ms). */
  attemptedAt: number;
}

export const emptyEntry = (): Entry => ({ segments: [], failure: null, attemptedAt: 0 });

/** Late points come within this many periods. */
const LATE_PERIODS = 3;
/** What was silent for longer than this is not asked again and again for late points. */
const SILENT_MS = 3 * 3_600_000;
/** Beside the newest: last week for comparing, a few zooms. */
const MAX_SEGMENTS = 6;
/** What CloudWatch keeps of minutes (15 days) is the longest series there is, whatever the period. */
const MAX_LINE_VALUES = 24_000;
const NOT_TWICE_MS = 2_000;

/** A new datapoint can come once a period; sooner than 10 s nobody looks, later than 5 min late ones count. */
export const freshFor = ({ periodMs }: Question): number =>
  Math.min(300_000, Math.max(10_000, periodMs));

/** The group's window in whole periods; one value over all of it starts where it was asked to. */
export function windowFor(question: Question, startMs: number, endMs: number): Window {
  const { periodMs } = question;
  if (question.one) {
    const step = Math.min(60_000, periodMs);
    const fromMs = Math.floor(startMs / step) * step;
    return { fromMs, toMs: Math.max(fromMs + step, Math.ceil(endMs / step) * step) };
  }
  const fromMs = Math.floor(startMs / periodMs) * periodMs;
  return { fromMs, toMs: Math.max(fromMs + periodMs, Math.ceil(endMs / periodMs) * periodMs) };
}

/** The stretches to ask so that `window` is as fresh as wanted; none when it is. */
export function stretchesToAsk(
  entry: Entry,
  question: Question,
  window: Window,
  now: number,
  freshness: Freshness,
): Window[] {
  if (freshness === 'cached') return [];
  if (freshness === 'now') {
    const known = segmentFor(entry, question, window);
    // Only what it covers: a wider window that was refused meanwhile (the cap) has not been asked at all.
    const covered = question.whole || (known !== null && known.fromMs <= window.fromMs);
    const justAsked = known !== null && covered && now - entry.attemptedAt < NOT_TWICE_MS;
    if (justAsked) return [];
    const asked = untilNow(question, window, now);
    // What may have changed just before the window is asked along, so that the stretch stays without a gap.
    const unsettled = question.whole ? asked.fromMs : (known?.settledMs ?? asked.fromMs);
    return [{ ...asked, fromMs: Math.min(asked.fromMs, unsettled) }];
  }
  if (question.whole) return wholeIsDue(entry, question, window, now) ? [window] : [];
  return partsDue(entry, question, untilNow(question, window, now), now);
}

/** Nothing is published for periods that have not begun. */
function untilNow(question: Question, window: Window, now: number): Window {
  if (question.whole) return window;
  const present = Math.ceil((now + 1) / question.periodMs) * question.periodMs;
  const toMs = Math.max(window.fromMs + question.periodMs, Math.min(window.toMs, present));
  return { fromMs: window.fromMs, toMs };
}

function wholeIsDue(entry: Entry, question: Question, window: Window, now: number): boolean {
  const known = segmentFor(entry, question, window);
  if (known === null) return true;
  const same = known.fromMs === window.fromMs && known.toMs === window.toMs;
  const past = known.toMs <= known.askedAt - LATE_PERIODS * question.periodMs;
  const incomplete = known.lines.some(({ status }) => status !== 'complete');
  if (same && past && !incomplete) return false;
  if (!same && past) return true;
  return now - known.askedAt >= freshFor(question);
}

function partsDue(entry: Entry, question: Question, window: Window, now: number): Window[] {
  const known = segmentFor(entry, question, window);
  if (known === null) return [window];
  const due: Window[] = [];
  if (window.fromMs < known.fromMs) due.push({ fromMs: window.fromMs, toMs: known.fromMs });
  if (window.toMs > known.settledMs) {
    // A stretch that was asked up to its present grows with time only.
    const endedEarly = window.toMs > known.toMs && known.toMs < known.askedAt;
    if (endedEarly || now - known.askedAt >= freshFor(question)) {
      const fromMs = Math.max(known.fromMs, Math.min(known.settledMs, known.toMs));
      // To its end, even if less is looked at: else the rest would count as old and be asked each time.
      due.push({ fromMs, toMs: Math.max(window.toMs, known.toMs) });
    }
  }
  return due;
}

/** The stretch that answers the window best, or null when none does. */
export function segmentFor(entry: Entry, question: Question, window: Window): Segment | null {
  const able = entry.segments.filter((segment) =>
    question.whole ? isLike(segment, question, window) : shared(segment, window) >= 0,
  );
  return (
    able.toSorted((a, b) => shared(b, window) - shared(a, window) || b.askedAt - a.askedAt)[0] ??
    null
  );
}

/** Length in both (ms); 0 when they touch, negative when they are apart. */
const shared = (a: Window, b: Window): number =>
  Math.min(a.toMs, b.toMs) - Math.max(a.fromMs, b.fromMs);

/** A window that only moved on with time: its last answer is the best one until the next. */
function isLike(segment: Segment, { periodMs }: Question, window: Window): boolean {
  const [length, asked] = [segment.toMs - segment.fromMs, window.toMs - window.fromMs];
  const slack = Math.max(periodMs, 60_000);
  return Math.abs(length - asked) <= slack && shared(segment, window) > 0;
}

/** Takes an answer in. `stretch` is what was asked. */
export function takeAnswer(
  entry: Entry,
  question: Question,
  stretch: Window,
  answer: AskAnswer,
): void {
  entry.failure = null;
  if (question.whole) return takeWhole(entry, question, stretch, answer);
  const fresh: Segment = {
    ...stretch,
    askedAt: answer.askedAt,
    settledMs: stretch.fromMs,
    lines: answer.lines.map((line) => gridLine(line, question.periodMs, stretch)),
    messages: answer.messages,
  };
  fresh.settledMs = settledOf(fresh, question);
  const apart = entry.segments.filter((segment) => shared(segment, stretch) < 0);
  const touching = entry.segments.filter((segment) => shared(segment, stretch) >= 0);
  const merged = trimmed(union([...touching, fresh]), question);
  entry.segments = [...apart, merged].slice(-MAX_SEGMENTS);
}

function takeWhole(entry: Entry, question: Question, stretch: Window, answer: AskAnswer): void {
  const known = segmentFor(entry, question, stretch);
  replace(entry, known, {
    ...stretch,
    askedAt: answer.askedAt,
    settledMs: stretch.fromMs,
    lines: answer.lines.map((line) => ownGridLine(line, question.periodMs, stretch)),
    messages: answer.messages,
  });
}

/** Stretches that touch, as one: where two know something, the newer answer is the truth. */
function union(segments: readonly Segment[]): Segment {
  const byAge = segments.toSorted((a, b) => a.askedAt - b.askedAt);
  const window = {
    fromMs: Math.min(...segments.map(({ fromMs }) => fromMs)),
    toMs: Math.max(...segments.map(({ toMs }) => toMs)),
  };
  // Of those that reach the end, the newest.
  const last = byAge.findLast(({ toMs }) => toMs === window.toMs);
  let lines: Line[] = [];
  for (const segment of byAge) lines = writtenOver(lines, segment, window);
  return {
    ...window,
    lines,
    askedAt: last?.askedAt ?? 0,
    messages: last?.messages ?? [],
    settledMs: settledTogether(segments),
  };
}

function writtenOver(older: readonly Line[], newer: Segment, window: Window): Line[] {
  const byName = new Map(keyed(newer.lines));
  const lines = keyed(older).map(([name, line]) => {
    const over = byName.get(name) ?? nothing(line, newer);
    byName.delete(name);
    return mergeLines(line, over, newer);
  });
  const added = [...byName.values()].map((line) => mergeLines(nothing(line, window), line, newer));
  return [...lines, ...added];
}

/** Settled as far as each stretch goes on from where the one before was settled. */
function settledTogether(segments: readonly Segment[]): number {
  const [first, ...rest] = segments.toSorted((a, b) => a.fromMs - b.fromMs);
  let settled = first?.settledMs ?? 0;
  for (const { fromMs, settledMs } of rest) {
    if (fromMs <= settled) settled = Math.max(settled, settledMs);
  }
  return settled;
}

/** One line is the same line whatever its label says now; several are told apart by theirs. */
function keyed(lines: readonly Line[]): [string, Line][] {
  return lines.map((line) => [lines.length === 1 ? '' : (line.label ?? ''), line]);
}

const nothing = (like: Line, { fromMs, toMs }: Window): Line => ({
  ...like,
  startMs: fromMs,
  values: new Float64Array(Math.round((toMs - fromMs) / like.periodMs)).fill(Number.NaN),
  status: 'complete',
});

/** Where late points can still come from (ms), by one answer alone. */
function settledOf(fresh: Segment, { periodMs }: Question): number {
  if (fresh.lines.some(({ status }) => status !== 'complete')) return fresh.fromMs;
  const late = LATE_PERIODS * periodMs;
  const asked = Math.floor(fresh.askedAt / periodMs) * periodMs;
  const known = fresh.lines.map((line) => lastKnown(line) ?? -Infinity);
  const newest = known.length === 0 ? -Infinity : Math.min(asked, ...known);
  // The silent are not asked for hours again and again.
  const settled = Math.max(newest, asked - Math.max(SILENT_MS, late)) - late;
  return Math.min(fresh.toMs, Math.max(fresh.fromMs, settled));
}

function trimmed(segment: Segment, { periodMs }: Question): Segment {
  const longest = (segment.toMs - segment.fromMs) / periodMs;
  if (longest <= MAX_LINE_VALUES) return segment;
  const lines = segment.lines.map((line) => trimFront(line, MAX_LINE_VALUES));
  const fromMs = segment.toMs - MAX_LINE_VALUES * periodMs;
  return { ...segment, lines, fromMs, settledMs: Math.max(fromMs, segment.settledMs) };
}

function replace(entry: Entry, known: Segment | null, by: Segment): void {
  const rest = entry.segments.filter((segment) => segment !== known);
  entry.segments = [...rest, by].slice(-MAX_SEGMENTS);
}

/** The lines within the window; what is asked whole is shown as it was answered. */
export function linesIn(entry: Entry, question: Question, window: Window): Line[] {
  const known = segmentFor(entry, question, window);
  if (known === null) return [];
  return known.lines.map((line) => (question.one ? line : sliceLine(line, window)));
}
