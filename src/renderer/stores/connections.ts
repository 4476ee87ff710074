/** How every connection is doing, as main last said. */
import { create } from 'zustand';
import type { ConnectionStatus } from '../../shared/connections/connection';

interface Connections {
  list: ConnectionStatus[];
  byId: ReadonlyMap<string, ConnectionStatus>;
  apply(list: ConnectionStatus[]): void;
}

export const useConnections = create<Connections>()((set) => ({
  list: [],
  byId: new Map(),
  apply: (list) => set({ list, byId: new Map(list.map((one) => [one.connection.id, one])) }),
}));

/** The label people gave the connection, or its id while it is unknown. */
export function connectionLabel(byId: ReadonlyMap<string, ConnectionStatus>, id: string): string {
  return byId.get(id)?.connection.label ?? id;
}
