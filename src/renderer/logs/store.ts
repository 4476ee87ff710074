/** What the logs page looks for and where; survives leaving the page. */
import { create } from 'zustand';
import type { DashboardRange } from '../../shared/dashboards/dashboard';
import { goBack, goTo, zoomTo } from '../../shared/dashboards/time-range';
import type { RangeHistory } from '../../shared/dashboards/time-range';
import type { LogTarget } from '../../shared/logs/groups';
import type { LogGroupRef } from '../../shared/logs/settings';
import { usePageClock } from '../dashboards/page-clock';
import { shifted } from '../dashboards/store';

export const logTabs = ['search', 'insights', 'tail', 'retention'] as const;
export type LogTab = (typeof logTabs)[number];

/** The alarm from which logs were opened. */
export interface LogsOfAlarm {
  alarmKey: string;
  name: string;
  /** When it went into ALARM (ms UTC). */
  sinceMs: number;
}

interface LogsState {
  tab: LogTab;
  /** Groups that are searched, queried and followed. */
  chosen: readonly LogGroupRef[];
  range: RangeHistory;
  /** CloudWatch's filter pattern, sent with the search. */
  pattern: string;
  newestFirst: boolean;
  alarm: LogsOfAlarm | null;
  showTab(tab: LogTab): void;
  choose(groups: readonly LogGroupRef[]): void;
  toggle(group: LogGroupRef): void;
  setPattern(pattern: string): void;
  setNewestFirst(newestFirst: boolean): void;
  setRange(range: DashboardRange): void;
  zoom(fromMs: number, toMs: number): void;
  back(): void;
  shift(by: -1 | 1): void;
  setAlarm(alarm: LogsOfAlarm | null): void;
}

const START_RANGE: DashboardRange = { start: '-PT1H', end: null };

export const useLogs = create<LogsState>()((set) => ({
  tab: 'search',
  chosen: [],
  range: { current: START_RANGE, past: [] },
  pattern: '',
  newestFirst: true,
  alarm: null,
  showTab: (tab) => set({ tab }),
  choose: (groups) => set({ chosen: groups }),
  toggle: (group) =>
    set(({ chosen }) => {
      const others = chosen.filter((one) => !isSameGroup(one, group));
      return { chosen: others.length < chosen.length ? others : [...chosen, group] };
    }),
  setPattern: (pattern) => set({ pattern }),
  setNewestFirst: (newestFirst) => set({ newestFirst }),
  setRange: (range) => set((state) => ({ range: goTo(state.range, range) })),
  zoom: (fromMs, toMs) => set((state) => ({ range: zoomTo(state.range, fromMs, toMs) })),
  back: () => set((state) => ({ range: goBack(state.range) })),
  shift: (by) =>
    set((state) => {
      const next = shifted(state.range.current, by, usePageClock.getState().nowMs);
      return next === null ? state : { range: goTo(state.range, next) };
    }),
  setAlarm: (alarm) => set({ alarm }),
}));

export const isSameGroup = (a: LogGroupRef, b: LogGroupRef): boolean =>
  a.connectionId === b.connectionId && a.region === b.region && a.name === b.name;

/** The most groups of one target. */
const TARGET_GROUPS = 50;

/** The groups by connection and region, as main asks for them. */
export function targetsOf(groups: readonly LogGroupRef[]): LogTarget[] {
  const byPlace = new Map<string, LogTarget[]>();
  for (const { connectionId, region, name } of groups) {
    const key = `${connectionId}|${region}`;
    const targets = byPlace.get(key) ?? [];
    const last = targets.at(-1);
    if (last !== undefined && last.groups.length < TARGET_GROUPS) last.groups.push(name);
    else targets.push({ connectionId, region, groups: [name] });
    byPlace.set(key, targets);
  }
  return [...byPlace.values()].flat();
}
