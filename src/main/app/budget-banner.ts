import type { Banner } from '../../shared/ipc';
import type { MetricBudget } from '../../shared/metrics/query';

/** Says that the user's cap keeps graphs from being refreshed; null while it does not. */
export function budgetBanner(budget: MetricBudget): Omit<Banner, 'id'> | null {
  if (!budget.paused || budget.capUsd === null) return null;
  const spent = budget.spentUsd.toFixed(2);
  return {
    level: 'warning',
    text: `Graphs and dashboards are paused: $${spent} of this hour's $${budget.capUsd.toFixed(2)} for metric queries are spent.`,
    advice: 'They show what was known before. Alarms are watched as ever.',
    action: { label: 'Resume for an hour', command: 'resume-metrics' },
    dismissible: true,
  };
}
