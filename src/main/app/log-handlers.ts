import { FailureError } from '../../shared/failure';
import type { LogParts } from '../logs/log-seams';
import type { DoorHandlers, IpcDoor } from '../shell/ipc-door';

type Names = Extract<keyof DoorHandlers, `logs.${string}`>;

export function logHandlers(parts: () => Promise<LogParts>): Pick<DoorHandlers, Names> {
  const first = async (
    id: string,
    does: (
      runs: LogParts['searches'] | LogParts['queries'] | LogParts['tails'],
    ) => Promise<boolean>,
  ): Promise<null> => {
    const { searches, queries, tails } = await parts();
    for (const runs of [searches, queries, tails]) if (await does(runs)) return null;
    throw unknownRun(id);
  };
  return {
    'logs.connect': async () => {
      (await parts()).connect();
      return null;
    },
    'logs.groups': async () => (await parts()).groups.list(),
    'logs.refreshGroups': async () => {
      (await parts()).groups.refresh();
      return null;
    },
    'logs.search': async (search) => (await parts()).searches.start(search),
    'logs.stop': (id) => first(id, (runs) => runs.stop(id)),
    'logs.resume': async (id) => {
      if (await (await parts()).searches.resume(id)) return null;
      throw unknownRun(id);
    },
    'logs.close': (id) => first(id, (runs) => runs.close(id)),
    'logs.query': async (query) => (await parts()).queries.start(query),
    'logs.queryRows': async ({ queryId, from, count }) =>
      (await parts()).queries.rows(queryId, from, count),
    'logs.estimate': async (question) => (await parts()).queries.estimate(question),
    'logs.savedQueries': async (_args, signal) => (await parts()).queries.saved(signal),
    'logs.saveQuery': async (query) => (await parts()).queries.save(query),
    'logs.setRetention': async (command) => (await parts()).retention.set(command),
    'logs.export': async (order) => (await parts()).exports.start(order),
    'logs.exportStop': async (id) => {
      if (await (await parts()).exports.stop(id)) return null;
      throw unknownExport();
    },
    'logs.exportResume': async (id) => {
      if (await (await parts()).exports.resume(id)) return null;
      throw unknownExport();
    },
    'logs.exportDiscard': async (id) => {
      await (await parts()).exports.discard(id);
      return null;
    },
    'logs.exports': async () => (await parts()).exports.list(),
    'logs.notes': async () => (await parts()).notes.list(),
    'logs.saveNote': async (note) => (await parts()).notes.save(note),
    'logs.deleteNote': async (id) => {
      await (await parts()).notes.delete(id);
      return null;
    },
    'logs.savedSearches': async () => (await parts()).savedSearches.list(),
    'logs.saveSearch': async (search) => (await parts()).savedSearches.save(search),
    'logs.deleteSearch': async (id) => {
      await (await parts()).savedSearches.delete(id);
      return null;
    },
    'logs.testSource': async ({ source, secret }, signal) =>
      (await parts()).sources.test(source, secret, signal),
    'logs.setSourceSecret': async ({ source, secret }) => {
      (await parts()).sources.setSecret(source, secret);
      return null;
    },
    'logs.sourceSecrets': async () => (await parts()).sources.secrets(),
    'logs.tail': async (tail) => (await parts()).tails.start(tail),
  };
}

const unknownRun = (id: string): FailureError =>
  new FailureError({
    kind: 'not-found',
    connectionId: null,
    operation: 'logs',
    message: `The search ${id} is not there any more.`,
    advice: 'Start it again.',
  });

const unknownExport = (): FailureError =>
  new FailureError({
    kind: 'not-found',
    connectionId: null,
    operation: 'logs.export',
    message: 'This export is not there any more.',
    advice: 'Begin a new one.',
  });

/** Tells the window how its searches, queries, tails and exports get on. */
export function pushLogs(logs: LogParts, door: Pick<IpcDoor, 'push'>): void {
  logs.groups.onListing((listing) => door.push('logs.groups', listing));
  logs.searches.onProgress((progress) => door.push('logs.searching', progress));
  logs.queries.onState((state) => door.push('logs.querying', state));
  logs.exports.onProgress((progress) => door.push('logs.exporting', progress));
  logs.savedSearches.onChange((list) => door.push('logs.savedSearches', list));
  logs.tails.onState((state) => door.push('logs.tailing', state));
}
