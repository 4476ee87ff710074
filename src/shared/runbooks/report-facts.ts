/** What a report of a run says, whatever it is written in. Everything in it is text that hides and drives nothing. */
import type { RunDeed, RunState, StepOutput, StepRun } from './run';

/** Characters that drive a terminal, hide or turn text around; line ends and tabs stay. */
const unseen =
  /(?![\n\t])[\p{Cc}\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu;

/** They are written as their numbers: nothing is lost, nothing acts. */
export const seen = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .replaceAll(
      unseen,
      (letter) => `‹U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`,
    );

/** What it was, when, by whom and on what, one fact a line. */
export function factsOf(run: RunState): [string, string][] {
  const all: [string, string | null][] = [
    ['Outcome', outcome(run)],
    ['Started', when(run.startedAt)],
    ['Ended', run.endedAt === null ? null : `${when(run.endedAt)}, after ${took(run)}`],
    ['By', run.by],
    ['Second person', run.secondPerson],
    ['It', doing[run.class]],
    ['Alarm', run.alarmKey === null ? null : alarmName(run.alarmKey)],
    ['Where', [run.connectionId, run.region].filter((part) => part !== null).join(' ') || null],
    ['Runbook', run.runbookId],
    ['Run', run.runId],
    ['Undoes the run', run.undoOf],
    ['Approved plan, SHA-256', run.hash],
    ...Object.entries(run.inputs).map(([name, value]): [string, string] => [
      `Input ${name}`,
      value,
    ]),
  ];
  return all.flatMap(([label, value]) => (value === null ? [] : [[seen(label), seen(value)]]));
}

/** What people did to it, a sentence each. */
export const deedsOf = ({ people = [] }: RunState): string[] =>
  people.map(({ at, by, action, stepId, note }) =>
    seen(
      `${when(at)} ${by} ${deeds[action]}${stepId === null ? '' : ` ${stepId}`}${note === null ? '' : `: ${note}`}`,
    ),
  );

const deeds: Readonly<Record<RunDeed['action'], string>> = {
  pause: 'paused it',
  resume: 'let it go on',
  cancel: 'cancelled it',
  skip: 'skipped',
  retry: 'tried again',
  answer: 'answered',
};

const doing: Readonly<Record<RunState['class'], string>> = {
  reads: 'only reads',
  changes: 'changes things',
  destroys: 'changes and destroys things',
};

const outcomes: Readonly<Record<RunState['status'], string>> = {
  running: 'still running',
  paused: 'paused',
  asking: 'waits for an answer',
  done: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
  interrupted: 'interrupted: the console ended while it ran',
};

const outcome = ({ status, automatic }: RunState): string =>
  `${outcomes[status]}${automatic ? ' (ran by itself)' : ''}`;

const when = (ms: number): string =>
  `${new Date(ms).toISOString().replace('T', ' ').slice(0, 19)} UTC`;

const took = ({ startedAt, endedAt }: Pick<StepRun, 'startedAt' | 'endedAt'>): string =>
  `${(((endedAt ?? 0) - (startedAt ?? 0)) / 1_000).toFixed(1)} s`;

/** An alarm's key is its connection and its ARN; its name may hold colons. */
const alarmName = (key: string): string => key.split(':alarm:').slice(1).join(':alarm:') || key;

/** One step as a report tells it. */
export interface StepFacts {
  name: string;
  /** Id, kind, class. */
  what: string;
  status: StepRun['status'];
  /** When, how long, which try. */
  when: string;
  said: string[];
  asked: string | null;
  answered: string | null;
  hashes: string[];
}

export function stepFacts(step: StepRun): StepFacts {
  const { startedAt, endedAt, attempt, failure, note, requestJson, output } = step;
  const began = startedAt === null ? [] : [`began ${when(startedAt)}`];
  const lasted = startedAt === null || endedAt === null ? [] : [`took ${took(step)}`];
  const hashes = [
    ['Request', step.requestSha256],
    ['Answer', step.outputSha256],
  ] as const;
  return {
    name: seen(step.name),
    what: seen([step.id, step.kind, step.class].join(' · ')),
    status: step.status,
    when: [...began, ...lasted, ...(attempt > 1 ? [`try ${attempt}`] : [])].join(', '),
    said: [failure?.message ?? null, failure?.advice ?? null, note].flatMap((text) =>
      text === null || text === '' ? [] : [seen(text)],
    ),
    asked: requestJson === null ? null : clipped(indented(requestJson)),
    answered: output === null ? null : clipped(outputText(output)),
    hashes: hashes.flatMap(([what, hash]) =>
      hash === null || hash === undefined ? [] : [`${what}, SHA-256 ${hash}`],
    ),
  };
}

const LONGEST_TEXT = 20_000;

const clipped = (text: string): string =>
  seen(text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}\n… cut`);

function outputText({ kind, json }: StepOutput): string {
  const value = parsed(json);
  if (typeof value === 'string') return value;
  const readable =
    kind === 'table' ? tableText(value) : kind === 'series' ? seriesText(value) : null;
  return readable ?? indented(json);
}

const MOST_ROWS = 200;
const WIDEST_CELL = 60;

/** Columns beside one another, as a terminal shows them; null for what is no table. */
function tableText(value: unknown): string | null {
  const columns = listIn(value, 'columns');
  const rows = listIn(value, 'rows');
  if (columns === null || rows === null) return null;
  const lines = [columns, ...rows.slice(0, MOST_ROWS)].map((row: unknown) =>
    columns.map((_, i) => cell(Array.isArray(row) ? row[i] : null)),
  );
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  const text = lines.map((line) =>
    line
      .map((one, i) => one.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const left = rows.length - MOST_ROWS;
  return [...text, ...(left > 0 ? [`… and ${left} more rows`] : [])].join('\n');
}

/** Each series with its values in time; null for what is none. */
function seriesText(value: unknown): string | null {
  const series = listIn(value, 'series');
  if (series === null) return null;
  const lines = series.flatMap((one) => {
    const points = listIn(one, 'points') ?? [];
    const label: unknown = typeof one === 'object' && one !== null ? Reflect.get(one, 'label') : '';
    const left = points.length - MOST_ROWS;
    return [
      `${String(label)}:${points.length === 0 ? ' no values' : ''}`,
      ...(left > 0 ? [`  … ${left} earlier values`] : []),
      ...points.slice(-MOST_ROWS).map((point) => {
        const [at, number]: unknown[] = Array.isArray(point) ? point : [];
        return `  ${typeof at === 'number' ? when(at) : String(at)}  ${String(number)}`;
      }),
    ];
  });
  return lines.length === 0 ? 'no values' : lines.join('\n');
}

function listIn(value: unknown, name: string): unknown[] | null {
  if (typeof value !== 'object' || value === null) return null;
  const list: unknown = Reflect.get(value, name);
  return Array.isArray(list) ? list : null;
}

function cell(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  const line = seen(text).replaceAll(/\s+/g, ' ');
  return line.length <= WIDEST_CELL ? line : `${line.slice(0, WIDEST_CELL - 1)}…`;
}

const indented = (json: string): string => {
  const value = parsed(json);
  return value === undefined ? json : JSON.stringify(value, null, 2);
};

function parsed(json: string): unknown {
  try {
    const value: unknown = JSON.parse(json);
    return value;
  } catch {
    // What was cut is shown as it is.
    return undefined;
  }
}
