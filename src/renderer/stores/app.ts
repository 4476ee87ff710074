/** The application itself: whether it has loaded, its version, first run and the demo's scenarios. */
import { create } from 'zustand';
import type { Failure } from '../../shared/failure';
import type { DemoScenario } from '../../shared/ipc';

export type AppPhase =
  { kind: 'loading' } | { kind: 'ready' } | { kind: 'failed'; failure: Failure };

interface AppState {
  phase: AppPhase;
  version: string;
  platform: string;
  demo: boolean;
  firstRun: boolean;
  scenarios: DemoScenario[];
  /** When this window first had data (ms): "watched since". */
  readyAt: number | null;
}

export const useApp = create<AppState>()(() => ({
  phase: { kind: 'loading' },
  version: '',
  platform: '',
  demo: false,
  firstRun: false,
  scenarios: [],
  readyAt: null,
}));
