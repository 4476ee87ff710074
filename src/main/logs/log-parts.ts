/** Main's parts of the logs, put together over one engine. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { ExportEngine, LogExportsParts } from './export/log-exports';
import { FileExports } from './export/log-exports';
import { GroupCache } from './groups/group-cache';
import { GroupLists } from './groups/log-groups';
import type { EventSink, LogParts } from './log-seams';
import { NoteBook } from './notes/note-book';
import { createQueryParts } from './query-parts';
import type { QueryPartsInit } from './query-parts';
import { Searches } from './search/searches';

/** What the parts need of the engine. */
export interface LogSink extends EventSink, ExportEngine {
  connect(): void;
  onLost(listener: () => void): () => void;
  stop(): void;
}

export interface LogPartsInit extends Omit<QueryPartsInit, 'groups' | 'sink'> {
  engine: LogSink;
  /** Asks the person for the file of an export. */
  askPath: LogExportsParts['askPath'];
}

export interface OwnedLogParts extends LogParts {
  /** Ends searches, queries and tails, then the engine. */
  stop(): Promise<void>;
}

export function createLogParts(init: LogPartsInit): OwnedLogParts {
  const { apiOf, clock, engine, report, stateDir } = init;
  const groups = new GroupLists({
    apiOf,
    clock,
    cache: new GroupCache(join(stateDir, 'log-groups'), report),
    report,
  });
  const searches = new Searches({ apiOf, sink: engine, clock });
  engine.onLost(() => searches.engineLost());
  const notes = new NoteBook({
    dir: stateDir,
    now: () => clock.now(),
    newId: randomUUID,
    report,
  });
  const { askPath } = init;
  const exports = new FileExports({ apiOf, engine, askPath, clock, stateDir, report });
  const { stop, ...others } = createQueryParts({ ...init, groups, sink: engine });
  return {
    groups,
    searches,
    notes,
    exports,
    ...others,
    connect: () => engine.connect(),
    async stop() {
      searches.stopAll();
      await exports.stopAll();
      await stop();
      await groups.stop();
      await notes.settled();
      engine.stop();
    },
  };
}
