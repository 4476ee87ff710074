/** The local filter: narrows the lines on show as one types. */
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { safeText } from '../../ui/safe-text';
import { effectiveFilter, usePane, usePaneClient, usePaneStore } from '../events/pane';
import type { PaneParts } from '../events/pane';
import { useFields } from '../facets/use-fields';
import classes from './filter.module.css';
import { endsWithName } from './completions';
import { filterExtensions } from './filter-editor';
import { FilterTools } from './FilterTools';
import { rememberFilter } from './history';

/** From the last key to the question, ms. */
const PAUSE_MS = 60;
/** A mistake that is still being typed is none yet, ms. */
const PATIENCE_MS = 500;
const VALUES = 30;
/** The page's key for filtering looks for it. */
const FIELD_ID = 'log-filter';
const LABEL = 'Filter these lines';

export function FilterBox() {
  const view = useRef<EditorView | null>(null);
  const host = useFilterEditor(view);
  const text = usePane((pane) => pane.filterText);
  const setFilterText = usePane((pane) => pane.setFilterText);
  return (
    <div className={classes['row']} role="search" aria-label={LABEL}>
      <div className={classes['box']} id={FIELD_ID}>
        <div ref={host} className={classes['editor']} />
        {text !== '' && (
          <button
            type="button"
            className={classes['clear']}
            aria-label="Clear the filter"
            title="Clear the filter"
            onClick={() => {
              rememberFilter(text);
              setFilterText('');
              view.current?.focus();
            }}
          >
            ×
          </button>
        )}
        <Mistake />
      </div>
      <ShownCount />
      <FilterTools />
    </div>
  );
}

/** Makes the editor once and keeps it and the pane at the same text, whoever changed it. */
function useFilterEditor(view: RefObject<EditorView | null>) {
  const host = useRef<HTMLDivElement>(null);
  const pane = usePaneStore();
  const client = usePaneClient();
  const fields = useFields();
  const latest = useRef(fields);
  useLayoutEffect(() => {
    latest.current = fields;
  });
  useEffect(() => {
    if (host.current === null) return;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const flush = (): void => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      const now = made.state.doc.toString();
      const { filterText, setFilterText } = pane.getState();
      if (now !== filterText) setFilterText(now);
    };
    const remember = (): void => {
      flush();
      const { filterText, filterMistake } = pane.getState();
      if (filterMistake === null) rememberFilter(filterText);
    };
    const extensions = filterExtensions(LABEL, {
      columns: () => latest.current.columns,
      valuesOf: (field, signal) => valuesOf({ pane, client }, field, signal),
      typed: (now) => {
        if (now === pane.getState().filterText) return;
        if (timer !== null) clearTimeout(timer);
        // A name without a value asks nothing yet: what was asked before stays until there is one.
        timer = endsWithName(now) ? null : setTimeout(flush, PAUSE_MS);
      },
      committed: remember,
      blurred: remember,
      left: () => made.contentDOM.blur(),
    });
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({ doc: pane.getState().filterText, extensions }),
    });
    view.current = made;
    return () => {
      flush();
      view.current = null;
      made.destroy();
    };
  }, [pane, client, view]);
  useEffect(
    () =>
      // Clicks on values and patterns write too; what was typed has been told by then.
      pane.subscribe((now, before) => {
        const { current } = view;
        if (now.filterText !== before.filterText && current !== null)
          write(current, now.filterText);
      }),
    [pane, view],
  );
  return host;
}

/** A view of the engine's for the moment: values of all lines of the time, whatever was typed before. */
const VALUES_VIEW = 'filter-values';

async function valuesOf({ pane, client }: PaneParts, field: string, signal: AbortSignal) {
  const { dataset, zoom } = pane.getState();
  const names = { dataset, view: VALUES_VIEW };
  const filter = effectiveFilter({ filter: { kind: 'all' }, zoom });
  await client.ask('look', { ...names, filter, newestFirst: false }, signal);
  const [facet] = await client.ask('facets', { ...names, fields: [field], top: VALUES }, signal);
  await client.ask('closeView', names);
  return facet?.values ?? [];
}

function write(view: EditorView, text: string): void {
  const before = view.state.doc.toString();
  if (before === text) return;
  view.dispatch({
    changes: { from: 0, to: before.length, insert: text },
    selection: { anchor: text.length },
  });
}

function Mistake() {
  const mistake = usePane((pane) => pane.filterMistake);
  const [told, setTold] = useState<string | null>(null);
  const message = mistake?.message ?? null;
  useEffect(() => {
    const timer = setTimeout(() => setTold(message), message === null ? 0 : PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [message]);
  if (told === null || message === null) return null;
  return (
    <p className={classes['mistake']} role="status">
      {safeText(told)} <span>The filter before it still applies.</span>
    </p>
  );
}

function ShownCount() {
  const state = usePane((pane) => pane.state);
  const narrowed = usePane((pane) => pane.filter.kind !== 'all' || pane.zoom !== null);
  if (state === null) return null;
  const number = (count: number): string => count.toLocaleString('en');
  const words = narrowed
    ? `${number(state.count)} of ${number(state.total)} shown`
    : `${number(state.total)} shown`;
  return (
    <span className={classes['count']} role="status">
      {state.complete ? words : `${words}, filtering…`}
    </span>
  );
}
