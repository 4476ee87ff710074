/** A console that runs runbooks over the real journal and real scripts: killed, and started again, by a test. */
import { systemClock } from '../../../src/shared/clock';
import type { RunAction } from '../../../src/shared/runbooks/run';
import { script } from '../../../src/main/runbooks/actions/local/script';
import { noHandlers } from '../../support/no-handlers';
import { RunbookLibrary } from '../../../src/main/runbooks/library';
import { RunService } from '../../../src/main/runbooks/run-service';
import { anyHandler } from '../../../src/main/runbooks/step-seams';
import { openJournal } from '../../../src/main/store/journal';

const [dir = '', folder = '', command = '', argument = ''] = process.argv.slice(2);
const say = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);

const journal = await openJournal({ dir, clock: systemClock });
const library = new RunbookLibrary({
  starterDir: folder,
  folders: () => [],
  clock: systemClock,
  changed: () => undefined,
  report: say,
});
const noCalls = (): never => {
  throw new Error('These steps call nothing of AWS.');
};
const service = new RunService({
  load: (id) => library.load(id),
  sibling: () => null,
  alarm: async () => null,
  incident: async () => null,
  connection: async () => null,
  reads: noCalls,
  changes: noCalls,
  handlers: { ...noHandlers, script: anyHandler(script(process.platform)) },
  clock: systemClock,
  journal: async () => journal,
  operator: () => 'maria',
  running: () => undefined,
  report: say,
});

/** Until the run has ended or waits for a person. */
async function rest(runId: string): Promise<void> {
  await service.rested(runId);
  say(await service.state(runId));
}

switch (command) {
  case 'run': {
    const request = {
      runbookId: 'starter/a.yaml',
      alarmKey: null,
      connectionId: null,
      region: null,
      inputs: {},
      undoOf: null,
    };
    const { hash, problems } = await service.plan(request, new AbortController().signal);
    if (problems.length > 0) throw new Error(problems.join(' '));
    const more = { commandId: 'once', hash, typed: null, secondPerson: null };
    const { runId } = await service.start({ ...request, ...more });
    say({ runId });
    await rest(runId);
    break;
  }
  case 'look':
    for (const { runId } of await service.list()) say(await service.state(runId));
    break;
  case 'act': {
    const action: RunAction = JSON.parse(argument);
    try {
      await service.act(action);
      await rest(action.runId);
    } catch (error) {
      say({ refused: error instanceof Error ? error.message : String(error) });
    }
    break;
  }
  default:
    throw new Error(`No such command: ${command}`);
}
library.stop();
await journal.close();
