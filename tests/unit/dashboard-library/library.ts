import { fileURLToPath } from 'node:url';
import { DashboardLibrary } from '../../../src/main/dashboards/dashboard-library';
import type { DashboardLibraryParts } from '../../../src/main/dashboards/dashboard-library';
import { systemClock } from '../../../src/shared/clock';

export const starterDir = fileURLToPath(new URL('../../../resources/dashboards', import.meta.url));
export const never = (): AbortSignal => new AbortController().signal;

/** A library without connections. */
export const libraryIn = (
  stateDir: string,
  change: Partial<DashboardLibraryParts> = {},
): DashboardLibrary =>
  new DashboardLibrary({
    apiOf: () => {
      throw new Error('no connection here');
    },
    clock: systemClock,
    stateDir,
    starterDir,
    dialogs: { open: async () => [], save: async () => null },
    journal: () => Promise.reject(new Error('no journal here')),
    operator: () => 'tester',
    report: () => undefined,
    ...change,
  });
