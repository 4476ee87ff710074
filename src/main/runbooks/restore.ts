/** Runs as the journal remembers them: what was done, and what was under way when the console ended. */
import { stepKinds } from '../../shared/runbooks/step-kinds';
import type { StepKind } from '../../shared/runbooks/step-kinds';
import type { RunState, StepOutput, StepRun } from '../../shared/runbooks/run';
import type { RunEvent } from '../../shared/runbooks/run-events';
import type { JournalEntry } from '../../shared/incidents/journal-events';
import { invalid } from './action-values';
import { CUT } from './run-log';
import { elementOf } from './run-values';

/** A run of the past. */
export interface Remembered {
  state: RunState;
  commandId: string;
  sourceSha256: string;
  hasSecrets: boolean;
  /** ms UTC: when it was planned. */
  plannedAt: number;
  /** By step: what it was approved to do, where its target rests on what ran then. */
  effects: ReadonlyMap<string, string>;
  /** An output was too long for the journal: steps behind it could not be given what it was. */
  cut: boolean;
}

/** The last so many; older ones are in the journal. */
const MOST = 200;

export async function rememberedRuns(
  entries: AsyncIterable<JournalEntry>,
): Promise<Map<string, Remembered>> {
  const runs = new Map<string, Remembered>();
  for await (const { at, event } of entries) {
    switch (event.type) {
      case 'runbook-started':
        runs.set(event.runId, started(event, at));
        if (runs.size > MOST) runs.delete(leastMissed(runs));
        break;
      case 'runbook-step':
        stepTook(runs.get(event.runId), event, at);
        break;
      case 'runbook-person':
        personDid(runs.get(event.runId)?.state, event, at);
        break;
      case 'runbook-ended':
        ended(runs.get(event.runId)?.state, event, at);
        break;
      default:
        break;
    }
  }
  for (const { state } of runs.values()) if (state.endedAt === null) interrupt(state);
  return runs;
}

/** The oldest that has ended: one that a crash cut off waits for a person, those that ran by themselves the least. */
function leastMissed(runs: ReadonlyMap<string, Remembered>): string {
  const oldest = [...runs];
  const found =
    oldest.find(([, { state }]) => state.endedAt !== null) ??
    oldest.find(([, { state }]) => state.automatic) ??
    oldest[0];
  return found?.[0] ?? '';
}

function started(event: Extract<RunEvent, { type: 'runbook-started' }>, at: number): Remembered {
  const { type: _type, commandId, sourceSha256, hasSecrets, plannedAt, steps, ...kept } = event;
  return {
    plannedAt: plannedAt ?? at,
    cut: false,
    effects: new Map(
      steps.flatMap(({ id, effect }) => (effect === undefined ? [] : [[id, effect]])),
    ),
    commandId,
    sourceSha256,
    hasSecrets,
    state: {
      ...kept,
      revision: 0,
      status: 'running',
      pausing: false,
      steps: steps.map(({ id, name, kind, class: does }) => ({
        ...waiting(id, name, kindOf(kind)),
        class: does,
      })),
      startedAt: at,
      endedAt: null,
      undoable: false,
    },
  };
}

const kindOf = (kind: string): StepKind =>
  Object.keys(stepKinds).find((known): known is StepKind => known === kind) ?? 'note';

const waiting = (id: string, name: string, kind: StepKind): StepRun => ({
  id,
  name,
  kind,
  class: stepKinds[kind].class,
  status: 'waiting',
  startedAt: null,
  endedAt: null,
  attempt: 0,
  requestJson: null,
  output: null,
  failure: null,
  progress: null,
  question: null,
  note: null,
});

function stepTook(
  run: Remembered | undefined,
  event: Extract<RunEvent, { type: 'runbook-step' }>,
  at: number,
): void {
  if (run === undefined) return;
  const step = stepOf(run.state, event);
  step.attempt = event.attempt;
  if (event.phase === 'started') {
    Object.assign(step, { status: 'running', startedAt: at, endedAt: null, failure: null });
    step.requestJson = event.request;
    step.requestSha256 = event.sha256;
    return;
  }
  step.status = event.phase;
  step.endedAt = at;
  step.output = outputOf(event.output);
  if (event.phase === 'done') step.outputSha256 = event.sha256;
  if (event.output?.endsWith(CUT) === true) run.cut = true;
  if (event.phase === 'failed') step.failure = invalid(event.note ?? 'It failed.');
  else step.note = event.note;
}

/** One of a list stands where the list's step stood. */
function stepOf(
  state: RunState,
  { stepId, name, kind }: { stepId: string; name: string; kind: string },
): StepRun {
  const known = state.steps.find(({ id }) => id === stepId);
  if (known !== undefined) return known;
  const base = elementOf(stepId)?.id ?? stepId;
  const of = state.steps.findIndex(({ id }) => id === base);
  const made = { ...waiting(stepId, name, kindOf(kind)), class: state.steps[of]?.class ?? 'reads' };
  if (of !== -1) {
    state.steps.splice(of, 1, made);
    return made;
  }
  const last = state.steps.findLastIndex(({ id }) => id.startsWith(`${base}[`));
  state.steps.splice(last === -1 ? state.steps.length : last + 1, 0, made);
  return made;
}

function outputOf(text: string | null): StepOutput | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    if (isOutput(value)) return value;
  } catch {
    // It was cut in the journal: shown as the text it is.
  }
  return { kind: 'text', json: JSON.stringify(text) };
}

const kinds = ['text', 'json', 'table', 'series'];

function isOutput(value: unknown): value is StepOutput {
  if (typeof value !== 'object' || value === null) return false;
  return (
    kinds.includes(String(Reflect.get(value, 'kind'))) &&
    typeof Reflect.get(value, 'json') === 'string'
  );
}

function personDid(
  state: RunState | undefined,
  { action, stepId, by, note }: Extract<RunEvent, { type: 'runbook-person' }>,
  at: number,
): void {
  if (state === undefined) return;
  state.people = [...(state.people ?? []), { at, by, action, stepId, note }];
  if (action !== 'retry' && action !== 'skip' && action !== 'resume') return;
  state.status = 'running';
  state.endedAt = null;
  const step = state.steps.find(({ id }) => id === stepId);
  if (step !== undefined && action === 'retry') step.status = 'waiting';
}

function ended(
  state: RunState | undefined,
  { status }: Extract<RunEvent, { type: 'runbook-ended' }>,
  at: number,
): void {
  if (state === undefined) return;
  state.status = status;
  state.endedAt = at;
}

/** What had begun and not ended: nobody knows how it went. */
function interrupt(state: RunState): void {
  state.status = 'interrupted';
  for (const step of state.steps) {
    const again = step.status === 'waiting' && step.startedAt !== null;
    if (step.status !== 'running' && step.status !== 'asking' && !again) continue;
    step.status = 'unknown';
    step.note = again
      ? 'The console ended as this step was to be tried again: look how far it went before going on.'
      : 'The console ended while this step ran: look whether it took effect before going on.';
  }
}
