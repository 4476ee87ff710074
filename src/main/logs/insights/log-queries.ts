import type { LogQueries } from '../log-seams';
import type { SavedQueries } from '../saved-queries/saved-queries';
import type { Insights } from './insights';

/** Insights and what is saved of it, as the window asks for them. */
export const logQueries = (insights: Insights, saved: SavedQueries): LogQueries => ({
  start: (query) => insights.start(query),
  rows: (queryId, from, count) => insights.rows(queryId, from, count),
  estimate: (question) => insights.estimate(question),
  onState: (listener) => insights.onState(listener),
  stop: (queryId) => insights.stop(queryId),
  close: (queryId) => insights.close(queryId),
  saved: (signal) => saved.list(signal),
  save: (query) => saved.save(query),
});
