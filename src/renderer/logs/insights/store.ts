/** The query as it is written and the queries that were run in this window; survives leaving the page. */
import { create } from 'zustand';
import type { Failure } from '../../../shared/failure';
import type { InsightsQuery, InsightsState } from '../../../shared/logs/insights';
import type { QueryHistoryEntry } from '../../../shared/logs/settings';
import type { ResultRow } from './result-rows';

export type Language = InsightsQuery['language'];
export type ResultView = 'table' | 'chart';
export type ChartLook = 'lines' | 'bars' | 'stacked';

/** A query that was run. */
export interface QueryRun {
  asked: InsightsQuery;
  /** Groups and time it was asked with, as history keeps them. */
  entry: QueryHistoryEntry;
  /** It is in the history: CloudWatch took it. */
  kept: boolean;
  /** Null until main took it. */
  state: InsightsState | null;
  /** Main refused to begin, or its rows could not be read. */
  failure: Failure | null;
}

/** Rows of one run as they are held here. */
export interface HeldRows {
  queryId: string;
  revision: number;
  columns: readonly string[];
  rows: readonly ResultRow[];
}

interface InsightsStore {
  text: string;
  language: Language;
  /** Rows asked for at most. */
  limit: number;
  /** The run on show; null before the first. */
  shown: string | null;
  /** Runs of this window, the last one first; main keeps their rows. */
  runs: readonly QueryRun[];
  held: HeldRows | null;
  view: ResultView;
  look: ChartLook;
  /** Fields seen in results of this window, for completion. */
  fields: ReadonlySet<string>;
  setText(text: string): void;
  setLanguage(language: Language): void;
  setLimit(limit: number): void;
  setView(view: ResultView): void;
  setLook(look: ChartLook): void;
}

export const firstQuery: Readonly<Record<Language, string>> = {
  CWLI: 'fields @timestamp, @message\n| sort @timestamp desc',
  PPL: 'fields `@timestamp`, `@message`\n| sort - `@timestamp`',
  SQL: 'SELECT `@timestamp`, `@message`\nFROM `log-group`\nORDER BY `@timestamp` DESC',
};

export const useInsights = create<InsightsStore>()((set) => ({
  text: firstQuery.CWLI,
  language: 'CWLI',
  limit: 1_000,
  shown: null,
  runs: [],
  held: null,
  view: 'table',
  look: 'lines',
  fields: new Set(),
  setText: (text) => set({ text }),
  setLanguage: (language) =>
    set((state) => ({
      language,
      // What nobody has changed yet gives way to the same question in the other language.
      text: state.text === firstQuery[state.language] ? firstQuery[language] : state.text,
    })),
  setLimit: (limit) => set({ limit }),
  setView: (view) => set({ view }),
  setLook: (look) => set({ look }),
}));

/** The run on show. */
export const shownRun = ({ shown, runs }: Pick<InsightsStore, 'shown' | 'runs'>): QueryRun | null =>
  runs.find(({ asked }) => asked.queryId === shown) ?? null;

export const isRunning = (run: QueryRun | null): boolean =>
  run !== null && run.failure === null && (run.state === null || run.state.phase === 'running');
