/** The fields of the lines on show: found once by the engine for all that lists them. */
import { useEffect } from 'react';
import { createStore, useStore } from 'zustand';
import type { StoreApi } from 'zustand';
import type { EngineAnswers } from '../../../shared/logs/engine-protocol';
import { usePane, usePaneClient, usePaneStore } from '../events/pane';
import type { Pane } from '../events/pane';
import { fieldsWith } from './facet-model';
import { followView } from './follow-view';

export type Fields = EngineAnswers['columns'];

const NONE: Fields = { columns: [], sample: { looked: 0, of: 0 } };
/** What fields there are changes seldom. */
const GAP_MS = 1_000;

const known = new WeakMap<Pane, StoreApi<Fields>>();
/** Of all lines; what the filter leaves only adds to it, so that no field changes its place as one types. */
const wholes = new WeakMap<Pane, Fields>();

function fieldsOf(pane: Pane): StoreApi<Fields> {
  const store = known.get(pane) ?? createStore(() => NONE);
  known.set(pane, store);
  return store;
}

/** Commonest first; those seen before the filter was narrowed stay until others are known. */
export function useFields(): Fields {
  const pane = usePaneStore();
  return useStore(fieldsOf(pane));
}

/** Keeps the fields up to date; one component of a pane does. */
export function useFollowFields(): void {
  const pane = usePaneStore();
  const client = usePaneClient();
  const looked = usePane((state) => state.state !== null);
  useEffect(() => {
    const store = fieldsOf(pane);
    if (!looked) {
      store.setState(NONE);
      wholes.delete(pane);
      return;
    }
    const { dataset, view } = pane.getState();
    const follower = followView({
      gapMs: GAP_MS,
      ask: (signal) => client.ask('columns', { dataset, view }, signal),
      // A filter that lets nothing through says nothing about the fields there are.
      onAnswer: (answer) => {
        if (answer.columns.length === 0) return;
        const { state, zoom } = pane.getState();
        const isWhole = zoom === null && state !== null && state.count >= state.total;
        if (isWhole) wholes.set(pane, answer);
        const whole = wholes.get(pane);
        store.setState(whole === undefined ? answer : fieldsWith(whole, answer));
      },
      onFailure: () => undefined,
    });
    follower.changed();
    const forget = pane.subscribe((now, before) => {
      if (now.state !== before.state) follower.changed();
    });
    return () => {
      forget();
      follower.stop();
    };
  }, [pane, client, looked]);
}
