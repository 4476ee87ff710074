/** Main's parts of the logs, put together over one engine. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { joinGroups } from './elastic/elastic-groups';
import { createElasticParts } from './elastic/elastic-parts';
import type { ElasticPartsInit } from './elastic/elastic-parts';
import type { ExportEngine, LogExportsParts } from './export/log-exports';
import { FileExports } from './export/log-exports';
import { GroupCache } from './groups/group-cache';
import { GroupLists } from './groups/log-groups';
import type { EventSink, LogParts } from './log-seams';
import { NoteBook } from './notes/note-book';
import { createQueryParts } from './query-parts';
import type { QueryPartsInit } from './query-parts';
import { SavedSearches } from './saved-searches/saved-searches';
import { Searches } from './search/searches';

/** What the parts need of the engine. */
export interface LogSink extends EventSink, ExportEngine {
  connect(): void;
  onLost(listener: () => void): () => void;
  stop(): void;
}

export interface LogPartsInit extends Omit<QueryPartsInit, 'groups' | 'sink'> {
  engine: LogSink;
  /** Elasticsearch and OpenSearch servers. */
  elastic: Omit<ElasticPartsInit, 'clock' | 'report'>;
  /** Asks the person for the file of an export. */
  askPath: LogExportsParts['askPath'];
  /** The application's `resources/searches`. */
  searchDir: string;
}

export interface OwnedLogParts extends LogParts {
  /** Ends searches, queries and tails, then the engine. */
  stop(): Promise<void>;
}

export function createLogParts(init: LogPartsInit): OwnedLogParts {
  const { clock, engine, report, stateDir } = init;
  const elastic = createElasticParts({ ...init.elastic, clock, report });
  const apiOf = elastic.onlyAws(init.apiOf);
  const accounts = new GroupLists({
    apiOf,
    clock,
    cache: new GroupCache(join(stateDir, 'log-groups'), report),
    report,
  });
  const groups = joinGroups(accounts, elastic.groups);
  const searches = new Searches({ apiOf, otherWalk: elastic.walk, sink: engine, clock });
  engine.onLost(() => searches.engineLost());
  const notes = new NoteBook({
    dir: stateDir,
    now: () => clock.now(),
    newId: randomUUID,
    report,
  });
  const savedSearches = new SavedSearches({
    dir: stateDir,
    starterDir: init.searchDir,
    now: () => clock.now(),
    newId: randomUUID,
    report,
  });
  const { askPath } = init;
  const exports = new FileExports({
    apiOf,
    otherWalk: elastic.walk,
    engine,
    askPath,
    clock,
    stateDir,
    report,
  });
  const { stop, ...others } = createQueryParts({
    ...init,
    apiOf,
    otherTail: elastic.tail,
    groups,
    sink: engine,
  });
  return {
    groups,
    sources: elastic.sources,
    searches,
    notes,
    exports,
    savedSearches,
    ...others,
    connect: () => engine.connect(),
    async stop() {
      searches.stopAll();
      await exports.stopAll();
      await stop();
      await accounts.stop();
      elastic.stop();
      await notes.settled();
      await savedSearches.settled();
      engine.stop();
    },
  };
}
