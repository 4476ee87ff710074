/** How every connection is doing, as main last said. */
import { create } from 'zustand';
import type { ConnectionStatus } from '../../shared/connections/connection';

interface Connections {
  list: ConnectionStatus[];
  byId: ReadonlyMap<string, ConnectionStatus>;
  /** Labels by id; the same object as long as no label changed, because lists are rebuilt when it does. */
  labels: ReadonlyMap<string, string>;
  apply(list: ConnectionStatus[]): void;
}

function labelsOf(
  list: readonly ConnectionStatus[],
  before: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const same =
    list.length === before.size &&
    list.every(({ connection }) => before.get(connection.id) === connection.label);
  return same ? before : new Map(list.map(({ connection }) => [connection.id, connection.label]));
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

/** The label people gave the connection, or its id while it is unknown. */
export function connectionLabel(byId: ReadonlyMap<string, ConnectionStatus>, id: string): string {
  return byId.get(id)?.connection.label ?? id;
}
