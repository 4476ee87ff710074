/** A library over real sessions to the demo, with its state in a folder of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RegionApi } from '../../../src/main/aws/aws-api';
import { createConnectionSession } from '../../../src/main/aws/connection-session';
import type { ConnectionSession } from '../../../src/main/aws/connection-session';
import { RateBudget } from '../../../src/main/aws/rate-budget';
import { DashboardLibrary } from '../../../src/main/dashboards/dashboard-library';
import type { DashboardLibraryParts } from '../../../src/main/dashboards/dashboard-library';
import type { Journal } from '../../../src/main/seams';
import type { Connection } from '../../../src/shared/connections/connection';
import type { DashboardListing } from '../../../src/shared/dashboards/listing';
import { systemClock } from '../../../src/shared/clock';
import { openJournal } from '../../../src/main/store/journal';

export const starterDir = fileURLToPath(new URL('../../../resources/dashboards', import.meta.url));
export const never = (): AbortSignal => new AbortController().signal;

export interface TestLibrary {
  library: DashboardLibrary;
  dir: string;
  journal: Journal;
  listings: DashboardListing[];
  changedFiles: string[];
  problems: string[];
  session(id: string): ConnectionSession;
  /** The first listing, now or pushed, that fits. */
  until(fits: (listing: DashboardListing) => boolean): Promise<DashboardListing>;
  /** Ends the library and keeps its folder. */
  close(): Promise<void>;
  stop(): Promise<void>;
}

export async function openLibrary(
  connections: Connection[],
  change: Partial<DashboardLibraryParts> = {},
): Promise<TestLibrary> {
  const dir = change.stateDir ?? (await mkdtemp(join(tmpdir(), 'nightdesk-dashboards-')));
  const journal = await openJournal({ dir: join(dir, 'journal'), clock: systemClock });
  const budget = new RateBudget(systemClock);
  const sessions = new Map<string, ConnectionSession>();
  for (const connection of connections) {
    const askMfa = () => Promise.reject(new Error('no MFA here'));
    const init = { connection, clock: systemClock, budget, askMfa };
    sessions.set(connection.id, createConnectionSession(init));
  }
  const session = (id: string): ConnectionSession => {
    const found = sessions.get(id);
    if (found === undefined) throw new Error(`no connection ${id}`);
    return found;
  };
  const listings: DashboardListing[] = [];
  const changedFiles: string[] = [];
  const problems: string[] = [];
  const library = new DashboardLibrary({
    apiOf: (id, region): RegionApi => session(id).api(region),
    clock: systemClock,
    stateDir: dir,
    starterDir,
    dialogs: { open: async () => [], save: async () => null },
    journal: async () => journal,
    operator: () => 'tester',
    report: (problem) => void problems.push(problem),
    ...change,
  });
  const waiting = new Set<(listing: DashboardListing) => void>();
  library.onListing((listing) => {
    listings.push(listing);
    for (const one of waiting) one(listing);
  });
  library.onFileChanged((id) => void changedFiles.push(id));
  library.setConnections(connections);
  const close = async (): Promise<void> => {
    await library.stop();
    for (const one of sessions.values()) one.destroy();
    await journal.close();
  };
  return {
    library,
    dir,
    journal,
    listings,
    changedFiles,
    problems,
    session,
    until: (fits) =>
      new Promise((resolve) => {
        const check = (listing: DashboardListing): void => {
          if (!fits(listing)) return;
          waiting.delete(check);
          resolve(listing);
        };
        waiting.add(check);
        check(library.list());
      }),
    close,
    async stop() {
      await close();
      await rm(dir, { recursive: true });
    },
  };
}
