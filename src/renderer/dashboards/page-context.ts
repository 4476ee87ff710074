/** What every widget of the open dashboard is told by its page. */
import { createContext, use } from 'react';
import type { RefObject } from 'react';
import type { DashboardRange } from '../../shared/dashboards/dashboard';
import type { TimeMarks } from '../../shared/metrics/marks';
import type { DashboardPlace } from './store';

export interface PageContext {
  /** Null while no connection is known. */
  place: DashboardPlace | null;
  range: DashboardRange;
  periodOverride: 'auto' | 'inherit';
  compare: boolean;
  marks: TimeMarks;
  /** Charts of one page share the hair. */
  cursorGroup: string;
  scroller: RefObject<HTMLDivElement | null>;
  onZoom(from: number, to: number): void;
}

export const DashboardContext = createContext<PageContext | null>(null);

export function usePage(): PageContext {
  const page = use(DashboardContext);
  if (page === null) throw new Error('A widget stands outside of a dashboard');
  return page;
}
