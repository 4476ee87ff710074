/** What metric queries may cost, and how often what is on show asks again. */
import { useMetricBudget } from '../stores/budget';
import type { Settings } from '../../shared/settings/settings';
import { DraftInput } from './DraftInput';
import { parseCap, parseRefresh } from './parse-fields';
import { SectionHead } from './SectionHead';
import { useSaver } from './use-saver';
import styles from './settings.module.css';

export function MetricsSection({ settings }: { settings: Settings }) {
  const { state, save } = useSaver();
  const budget = useMetricBudget();
  const { metrics } = settings;
  return (
    <>
      <SectionHead
        title="Metrics"
        intro="AWS bills $0.01 for every 1,000 metrics that dashboards and graphs ask for."
        state={state}
      />
      <div className={styles.stack}>
        <DraftInput
          label="Most to spend on metric queries (US dollars an hour)"
          description="0.01 to 1000, empty for no cap. Reached, graphs show what is known and say so; alarms are watched as ever."
          width={260}
          value={metrics.capUsdPerHour === null ? '' : String(metrics.capUsdPerHour)}
          parse={parseCap}
          onSave={(capUsdPerHour) => save({ metrics: { ...metrics, capUsdPerHour } })}
        />
        <DraftInput
          label="Refresh what is on show every (seconds)"
          description="10 to 3600, empty to refresh by hand only. A series is asked for no more often than it can have a new datapoint."
          width={260}
          value={metrics.refreshSeconds === null ? '' : String(metrics.refreshSeconds)}
          parse={parseRefresh}
          onSave={(refreshSeconds) => save({ metrics: { ...metrics, refreshSeconds } })}
        />
        {budget !== null && (
          <p role="status">
            Spent on metric queries in the last 60 minutes, at list price: $
            {budget.spentUsd.toFixed(4)}
            {budget.capUsd === null ? ', no cap' : ` of $${budget.capUsd.toFixed(2)}`}
            {budget.paused ? '. Queries are paused.' : '.'}
          </p>
        )}
      </div>
    </>
  );
}
