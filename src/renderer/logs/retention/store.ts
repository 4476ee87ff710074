/** How the audit is looked at and which groups are marked; survives leaving the page. */
import { create } from 'zustand';
import type { RetentionVerdict } from '../../../shared/logs/retention';
import type { AuditColumn, AuditFilter, AuditSort } from './audit-rows';

interface RetentionState {
  filter: AuditFilter;
  sort: AuditSort;
  /** Keys of marked groups. */
  marked: ReadonlySet<string>;
  setFilter(change: Partial<AuditFilter>): void;
  toggleVerdict(verdict: RetentionVerdict): void;
  sortBy(column: AuditColumn): void;
  mark(keys: readonly string[], marked: boolean): void;
  unmarkAll(): void;
}

/** Where the largest comes first. */
const figures: ReadonlySet<AuditColumn> = new Set(['bytes', 'usd']);

export const useRetention = create<RetentionState>()((set) => ({
  filter: { verdicts: new Set(), connectionId: null, text: '' },
  sort: { column: 'bytes', descending: true },
  marked: new Set(),
  setFilter: (change) => set(({ filter }) => ({ filter: { ...filter, ...change } })),
  toggleVerdict: (verdict) =>
    set(({ filter }) => {
      const verdicts = new Set(filter.verdicts);
      if (!verdicts.delete(verdict)) verdicts.add(verdict);
      return { filter: { ...filter, verdicts } };
    }),
  sortBy: (column) =>
    set(({ sort }) => ({
      sort:
        sort.column === column
          ? { column, descending: !sort.descending }
          : { column, descending: figures.has(column) },
    })),
  mark: (keys, marked) =>
    set((state) => {
      const next = new Set(state.marked);
      for (const key of keys) {
        if (marked) next.add(key);
        else next.delete(key);
      }
      return { marked: next };
    }),
  unmarkAll: () => set({ marked: new Set() }),
}));
