import { expect, it } from 'vitest';
import { rememberedRuns } from '../../../src/main/runbooks/restore';
import type { JournalEntry, JournalEvent } from '../../../src/shared/incidents/journal-events';

const started = (runId: string, automatic: boolean): JournalEvent => ({
  type: 'runbook-started',
  runId,
  commandId: runId,
  runbookId: 'starter/a.yaml',
  name: 'A',
  alarmKey: null,
  connectionId: null,
  region: null,
  inputs: {},
  hasSecrets: false,
  class: 'changes',
  hash: 'a'.repeat(64),
  sourceSha256: 'a'.repeat(64),
  by: 'first',
  secondPerson: null,
  automatic,
  undoOf: null,
  steps: [],
});
const ended = (runId: string): JournalEvent => ({
  type: 'runbook-ended',
  runId,
  status: 'done',
  note: null,
});

async function* journal(events: readonly JournalEvent[]): AsyncIterable<JournalEntry> {
  for (const [seq, event] of events.entries()) {
    yield { seq, at: seq, prev: '', hash: '', event };
  }
}

it('a run that a crash cut off is not forgotten over those that ran by themselves since', async () => {
  const others = Array.from({ length: 300 }, (_, i) => `automatic-${i}`);
  const runs = await rememberedRuns(
    journal([
      started('cut off', false),
      ...others.flatMap((id) => [started(id, true), ended(id)]),
      started('automatic, cut off', true),
    ]),
  );
  expect(runs.get('cut off')?.state.status).toBe('interrupted');
  expect(runs.has('automatic-299')).toBe(true);
  expect(runs.size).toBe(200);
});
