/** How every connection is doing, as main last said. */
import { create } from 'zustand';
import type { ConnectionStatus } from '../../shared/connections/connection';
import { elasticPlace } from '../../shared/logs/elastic';
import { useSettings } from './settings';

interface Connections {
  list: ConnectionStatus[];
  byId: ReadonlyMap<string, ConnectionStatus>;
  /** Labels by id; the same object as long as no label changed, because lists are rebuilt when it does. */
  labels: ReadonlyMap<string, string>;
  apply(list: ConnectionStatus[]): void;
}

/** Servers of logs stand where connections do, and have names too. */
function labelsOf(
  list: readonly ConnectionStatus[],
  before: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const sources = useSettings.getState().settings?.logs.sources ?? [];
  const labels = new Map([
    ...list.map(({ connection }): [string, string] => [connection.id, connection.label]),
    ...sources.map(({ id, name }): [string, string] => [elasticPlace(id), name]),
  ]);
  const same =
    labels.size === before.size && [...labels].every(([id, label]) => before.get(id) === label);
  return same ? before : labels;
}

export const useConnections = create<Connections>()((set) => ({
  list: [],
  byId: new Map(),
  labels: new Map(),
  apply: (list) =>
    set((state) => ({
      list,
      byId: new Map(list.map((one) => [one.connection.id, one])),
      labels: labelsOf(list, state.labels),
    })),
}));

useSettings.subscribe(({ settings }, before) => {
  if (settings?.logs.sources === before.settings?.logs.sources) return;
  useConnections.setState(({ list, labels }) => ({ labels: labelsOf(list, labels) }));
});

/** The label people gave the connection, or its id while it is unknown. */
export function connectionLabel(byId: ReadonlyMap<string, ConnectionStatus>, id: string): string {
  return byId.get(id)?.connection.label ?? useConnections.getState().labels.get(id) ?? id;
}
