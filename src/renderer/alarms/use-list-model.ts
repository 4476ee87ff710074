/** The list model from the stores, computed once per change for every one who asks, component or key. */
import { useAlarms } from '../stores/alarms';
import { useConnections } from '../stores/connections';
import { useList } from '../stores/list';
import type { AlarmIndex } from './alarm-index';
import type { AlarmFilter } from './filter';
import { buildList, countAlarms } from './list-model';
import type { Counts, ListModel } from './list-model';

interface Inputs {
  index: AlarmIndex;
  filter: AlarmFilter;
  labels: ReadonlyMap<string, string>;
}

let lastModel: { inputs: Inputs; model: ListModel } | null = null;

function modelFor(inputs: Inputs): ListModel {
  const last = lastModel;
  if (
    last !== null &&
    last.inputs.index === inputs.index &&
    last.inputs.filter === inputs.filter &&
    last.inputs.labels === inputs.labels
  ) {
    return last.model;
  }
  const model = buildList(inputs.index, inputs.filter, (id) => inputs.labels.get(id) ?? id);
  lastModel = { inputs, model };
  return model;
}

export function useListModel(): ListModel {
  const index = useAlarms((state) => state.index);
  const filter = useList((state) => state.filter);
  const labels = useConnections((state) => state.labels);
  return modelFor({ index, filter, labels });
}

/** The same, outside of a component. */
export function currentListModel(): ListModel {
  return modelFor({
    index: useAlarms.getState().index,
    filter: useList.getState().filter,
    labels: useConnections.getState().labels,
  });
}

let lastCounts: { index: AlarmIndex; counts: Counts } | null = null;

/** How many fire, are unacknowledged and exist, whatever the filter. */
export function useCounts(): Counts {
  const index = useAlarms((state) => state.index);
  if (lastCounts === null || lastCounts.index !== index) {
    lastCounts = { index, counts: countAlarms(index.byName) };
  }
  return lastCounts.counts;
}
