/** Runs of runbooks in their incident's timeline: when they began, how they ended, what they found. */
import type { RunEvent } from '../runbooks/run-events';
import type { TimelineEntry } from './incident';
import { bookLimits, latestIncident } from './incident-book';
import type { BookChanges, IncidentBook, RunOfIncident } from './incident-book';
import { withLine } from './timeline';

type Entry = { seq: number; at: number };
type Started = Extract<RunEvent, { type: 'runbook-started' }>;
type Step = Extract<RunEvent, { type: 'runbook-step' }>;
type Person = Extract<RunEvent, { type: 'runbook-person' }>;
type Ended = Extract<RunEvent, { type: 'runbook-ended' }>;

/** What a step found is told in so many letters, and of so many steps; all of it is in the run. */
const LONGEST_FINDING = 200;
const MOST_FINDINGS = 20;

/** A line in the newest incident of the alarm it runs for; a run for no alarm, or of none known, has none. */
export function runStarted(
  book: IncidentBook,
  entry: Entry,
  event: Started,
  to: BookChanges,
): void {
  if (event.alarmKey === null || book.runs.has(event.runId)) return;
  const incident = latestIncident(book, event.alarmKey);
  if (incident === null) return;
  const run: RunOfIncident = {
    incidentId: incident.id,
    name: event.name,
    by: event.automatic ? null : event.by,
    startedAt: entry.at,
    open: true,
    undoes: event.undoOf !== null,
    findings: [],
    failure: null,
  };
  book.runs.set(event.runId, run);
  const [oldest] = book.runs.keys();
  if (book.runs.size > bookLimits.runs && oldest !== undefined) book.runs.delete(oldest);
  const second = event.secondPerson === null ? '' : `, with ${event.secondPerson}`;
  const how = event.automatic ? ' by itself, only reading' : '';
  tellLine(book, entry, event.runId, `${titleOf(run)} began${how}${second}`, to);
}

/** What it gave is told when the run ends. */
export function runStep(book: IncidentBook, event: Step): void {
  const run = book.runs.get(event.runId);
  if (run === undefined) return;
  if (event.phase === 'failed' || event.phase === 'cancelled') {
    run.failure = `${event.name}: ${event.note ?? event.phase}`.slice(0, LONGEST_FINDING);
  }
  if (event.phase !== 'done' || event.output === null) return;
  const found = findingIn(event.output);
  if (found === null) return;
  run.failure = null;
  const text = `${event.name}: ${found}`.slice(0, LONGEST_FINDING);
  if (run.findings.length < MOST_FINDINGS && !run.findings.includes(text)) run.findings.push(text);
}

/** One that goes on after it had ended ends once more. */
export function runPerson(book: IncidentBook, { runId, action }: Person): void {
  const run = book.runs.get(runId);
  if (run !== undefined && action !== 'cancel') run.open = true;
}

export function runEnded(book: IncidentBook, entry: Entry, event: Ended, to: BookChanges): void {
  const run = book.runs.get(event.runId);
  if (run === undefined || !run.open) return;
  run.open = false;
  const took = `${Math.max(0, (entry.at - run.startedAt) / 1_000).toFixed(1)} s`;
  const why = event.status === 'failed' ? (event.note ?? run.failure) : null;
  const head = `${titleOf(run)} ${endings[event.status]} after ${took}`;
  const text = [
    why === null ? head : `${head}: ${why}`,
    ...run.findings.map((one) => `• ${one}`),
  ].join('\n');
  tellLine(book, entry, event.runId, text, to);
}

const endings: Readonly<Record<Ended['status'], string>> = {
  done: 'is done',
  failed: 'failed',
  cancelled: 'was cancelled',
};

const titleOf = ({ name, undoes }: RunOfIncident): string =>
  undoes ? `Undoing of runbook ${name}` : `Runbook ${name}`;

function tellLine(
  book: IncidentBook,
  { seq, at }: Entry,
  runId: string,
  text: string,
  changes: BookChanges,
): void {
  const run = book.runs.get(runId);
  const incident = run === undefined ? undefined : book.incidents.get(run.incidentId);
  if (run === undefined || incident === undefined) return;
  const line: TimelineEntry = {
    id: `e${seq}`,
    at,
    kind: 'runbook',
    text,
    by: run.by,
    state: null,
    source: null,
    runId,
  };
  book.incidents.set(incident.id, { ...incident, timeline: withLine(incident.timeline, line) });
  changes.alarmKeys.add(incident.alarmKey);
}

/** The gist of a step's output as the journal keeps it; null where there is nothing to tell. */
function findingIn(output: string): string | null {
  const [kind, json] = outputIn(output);
  const value = parsed(json);
  const list = (name: string): unknown[] => {
    const found: unknown =
      typeof value === 'object' && value !== null ? Reflect.get(value, name) : null;
    return Array.isArray(found) ? found : [];
  };
  if (kind === 'table') return rowsIn(list('columns'), list('rows'));
  if (kind === 'series') return seriesIn(list('series'));
  if (value === null || value === undefined || value === '') return null;
  const text = typeof value === 'string' ? value : (factsIn(value) ?? JSON.stringify(value));
  return text.replaceAll(/\s+/g, ' ').trim() || null;
}

/** What an object says at first sight: its own texts and numbers; null where it has none. */
function factsIn(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const facts = Object.entries(value).flatMap(([name, one]: [string, unknown]) =>
    typeof one === 'object' || one === '' ? [] : [`${name} ${String(one)}`],
  );
  return facts.length === 0 ? null : facts.join(', ');
}

function rowsIn(columns: unknown[], rows: unknown[]): string {
  const [first] = rows;
  if (first === undefined) return 'no rows';
  const cells = Array.isArray(first)
    ? columns.map((column, i) => `${String(column)} ${String(first[i] ?? '')}`).join(', ')
    : JSON.stringify(first);
  return rows.length === 1 ? cells : `${rows.length} rows, the first: ${cells}`;
}

/** The newest value of each, up to three. */
function seriesIn(series: unknown[]): string {
  const told = series.slice(0, 3).flatMap((one): string[] => {
    if (typeof one !== 'object' || one === null) return [];
    const points: unknown = Reflect.get(one, 'points');
    const last: unknown = Array.isArray(points) ? points.at(-1) : null;
    const value: unknown = Array.isArray(last) ? last[1] : null;
    const words = typeof value === 'number' ? Number(value.toPrecision(4)) : 'no values';
    return [`${String(Reflect.get(one, 'label'))} ${words}`];
  });
  const more = series.length > 3 ? `, and ${series.length - 3} more` : '';
  return told.length === 0 ? 'no values' : `newest ${told.join(', ')}${more}`;
}

function outputIn(text: string): [string, string] {
  const output = parsed(text);
  if (typeof output !== 'object' || output === null) return ['text', JSON.stringify(text)];
  const json: unknown = Reflect.get(output, 'json');
  return [String(Reflect.get(output, 'kind')), typeof json === 'string' ? json : 'null'];
}

function parsed(json: string): unknown {
  try {
    const value: unknown = JSON.parse(json);
    return value;
  } catch {
    // Cut in the journal: told as the text it is.
    return undefined;
  }
}
