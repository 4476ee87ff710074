/** Where one is on the runbooks page, and what the sheet over it asks. */
import { create } from 'zustand';
import type { PlanRequest, RunPlan } from '../../shared/runbooks/plan';
import type { RunbookDraft } from './editor/drafts';

export interface Place {
  connectionId: string;
  region: string;
}

/** A plan to be looked at, and approved where it can be. */
export interface SheetRequest {
  name: string;
  request: PlanRequest;
  /** `preview` shows and cannot run. */
  mode: 'run' | 'preview';
  /** A plan that was made already; null: it is asked for. */
  plan: RunPlan | null;
}

interface RunbooksState {
  chosenId: string | null;
  /** A run is on show instead of the runbook. */
  runId: string | null;
  filter: string;
  groupBy: 'folder' | 'tag';
  /** For which alarm the next run is. */
  alarmKey: string | null;
  /** Null: the alarm's, or the first connection. */
  place: Place | null;
  sheet: SheetRequest | null;
  /** A runbook is written instead. */
  draft: RunbookDraft | null;
  choose(id: string | null): void;
  showRun(runId: string | null): void;
  search(filter: string): void;
  group(groupBy: 'folder' | 'tag'): void;
  forAlarm(alarmKey: string | null): void;
  at(place: Place | null): void;
  look(sheet: SheetRequest | null): void;
  write(draft: RunbookDraft | null): void;
}

export const useRunbooks = create<RunbooksState>()((set) => ({
  chosenId: null,
  runId: null,
  filter: '',
  groupBy: 'folder',
  alarmKey: null,
  place: null,
  sheet: null,
  draft: null,
  choose: (chosenId) => set({ chosenId, runId: null, draft: null }),
  showRun: (runId) => set({ runId, draft: null }),
  search: (filter) => set({ filter }),
  group: (groupBy) => set({ groupBy }),
  // Its own place comes with it.
  forAlarm: (alarmKey) => set({ alarmKey, place: null }),
  at: (place) => set({ place }),
  look: (sheet) => set({ sheet }),
  write: (draft) => set({ draft }),
}));
