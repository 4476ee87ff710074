/** The list with what narrows it above and what it can say instead of rows. */
import { useAlarms } from '../stores/alarms';
import { useList } from '../stores/list';
import { AlarmGrid } from './AlarmGrid';
import classes from './AlarmList.module.css';
import { BulkBar } from './BulkBar';
import { FilterBar } from './FilterBar';
import { EmptyState, QuietStrip } from './ListStates';
import { useListModel } from './use-list-model';
import { ViewChips } from './ViewChips';

export function AlarmList() {
  const model = useListModel();
  const known = useAlarms((state) => state.index.byName.length);
  const scope = useList((state) => state.filter.scope);
  return (
    <section className={classes['list']} aria-label="Alarm list">
      <FilterBar />
      <ViewChips />
      <BulkBar />
      {model.rowKeys.length === 0 ? (
        <EmptyState known={known} />
      ) : (
        <>
          {scope === 'firing' && model.firing === 0 && <QuietStrip />}
          <AlarmGrid model={model} />
        </>
      )}
    </section>
  );
}
