import type { Runbooks } from '../runbooks/runbook-parts';
import type { DoorHandlers } from '../shell/ipc-door';

type Names = Extract<keyof DoorHandlers, `runbooks.${string}`>;

export function runbookHandlers(runbooks: () => Promise<Runbooks>): Pick<DoorHandlers, Names> {
  return {
    'runbooks.list': async () => (await runbooks()).list(),
    'runbooks.source': async (id) => (await runbooks()).source(id),
    'runbooks.choices': async (question, signal) => (await runbooks()).choices(question, signal),
    'runbooks.plan': async ({ request }, signal) => (await runbooks()).plan(request, signal),
    'runbooks.start': async (command) => (await runbooks()).start(command),
    'runbooks.act': async (action) => (await runbooks()).act(action),
    'runbooks.runs': async () => (await runbooks()).runs(),
    'runbooks.run': async (runId) => (await runbooks()).run(runId),
    'runbooks.report': async (args) => (await runbooks()).report(args),
    'runbooks.saveReport': async (args) => (await runbooks()).saveReport(args),
    'runbooks.addFolder': async () => (await runbooks()).addFolder(),
    'runbooks.removeFolder': async (path) => (await runbooks()).removeFolder(path),
    'runbooks.check': async (text) => (await runbooks()).check(text),
    'runbooks.save': async (args) => (await runbooks()).save(args),
    'runbooks.secondCode': async (hash) => (await runbooks()).secondCode(hash),
  };
}
