/** A runbook's entry with nothing in it but what a test says. */
import type { RunbookEntry } from '../../../src/shared/runbooks/listing';
import { runbookSchema } from '../../../src/shared/runbooks/runbook';
import type { Runbook } from '../../../src/shared/runbooks/runbook';

export function runbookOf(more: Partial<Runbook> = {}): Runbook {
  return runbookSchema.parse({
    nightdesk: 'runbook/1',
    name: 'Look',
    steps: [{ id: 'a', do: { kind: 'note', text: 'x' } }],
    ...more,
  });
}

export function entryOf(
  name: string,
  more: Partial<RunbookEntry> = {},
  runbook: Partial<Runbook> = {},
): RunbookEntry {
  return {
    id: `starter/${name}.yaml`,
    folder: '/starter',
    fileName: `${name}.yaml`,
    source: 'starter',
    name,
    class: 'reads',
    runbook: runbookOf({ name, ...runbook }),
    problems: [],
    ...more,
  };
}
