/** The local filter: narrows the lines on show as one types. */
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { safeText } from '../../ui/safe-text';
import { usePane, usePaneClient, usePaneStore } from '../events/pane';
import { useFields } from '../facets/use-fields';
import { bindEditor } from './bind-editor';
import type { BoundEditor } from './bind-editor';
import classes from './filter.module.css';
import { FilterTools } from './FilterTools';
import { rememberFilter } from './history';

/** A mistake that is still being typed is none yet, ms. */
const PATIENCE_MS = 500;
/** The page's key for filtering looks for it. */
const FIELD_ID = 'log-filter';
const LABEL = 'Filter these lines';

export function FilterBox() {
  const { host, editor } = useFilterEditor();
  const text = usePane((pane) => pane.filterText);
  const mistaken = usePane((pane) => pane.filterMistake !== null);
  const setFilterText = usePane((pane) => pane.setFilterText);
  return (
    <div className={classes['row']}>
      <div className={classes['box']} id={FIELD_ID}>
        <div ref={host} className={classes['editor']} />
        {text !== '' && (
          <button
            type="button"
            className={classes['clear']}
            aria-label="Clear the filter"
            title="Clear the filter"
            onClick={() => {
              if (!mistaken) rememberFilter(text);
              setFilterText('');
              editor.current?.focus();
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

function useFilterEditor() {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<BoundEditor | null>(null);
  const pane = usePaneStore();
  const client = usePaneClient();
  const { columns } = useFields();
  const latest = useRef(columns);
  useLayoutEffect(() => {
    latest.current = columns;
  });
  useEffect(() => {
    if (host.current === null) return;
    const made = bindEditor(host.current, LABEL, { pane, client }, () => latest.current);
    editor.current = made;
    return () => {
      editor.current = null;
      made.destroy();
    };
  }, [pane, client]);
  return { host, editor };
}

function Mistake() {
  const message = usePane((pane) => pane.filterMistake?.message ?? null);
  const [told, setTold] = useState<string | null>(null);
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
