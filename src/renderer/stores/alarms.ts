/** Every alarm the console sees, from the snapshot and the patches after it. */
import { create } from 'zustand';
import type { AlarmRow } from '../../shared/alarms/alarm';
import type { AlarmsPatch } from '../../shared/ipc';
import { emptyIndex, patchIndex } from '../alarms/alarm-index';
import type { AlarmIndex } from '../alarms/alarm-index';

interface Alarms {
  index: AlarmIndex;
  replaceAll(alarmsJson: string): void;
  patch(patch: AlarmsPatch): void;
}

/** Main is trusted and typed on its side of the contract: its rows are parsed, not validated again. */
function parseRows(json: string): AlarmRow[] {
  return JSON.parse(json);
}

export const useAlarms = create<Alarms>()((set) => ({
  index: emptyIndex,
  replaceAll: (alarmsJson) => set({ index: patchIndex(emptyIndex, parseRows(alarmsJson), []) }),
  patch: ({ upsertsJson, removed }) =>
    set((state) => ({ index: patchIndex(state.index, parseRows(upsertsJson), removed) })),
}));

/** One alarm's row, or undefined when it is unknown or gone. */
export function useAlarmRow(key: string | null): AlarmRow | undefined {
  return useAlarms((state) => (key === null ? undefined : state.index.rows.get(key)));
}
