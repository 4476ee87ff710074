/** The filter's editor bound to a pane: what is typed filters after a pause, and other changes are written into it. */
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { FoundColumn } from '../../../shared/logs/engine-protocol';
import { focusGrid } from '../events/grid-focus';
import { effectiveFilter } from '../events/pane';
import type { PaneParts } from '../events/pane';
import { endsWithName } from './completions';
import { filterExtensions } from './filter-editor';
import { rememberFilter } from './history';

export interface BoundEditor {
  focus(): void;
  destroy(): void;
}

/** From the last key to the question, ms. */
const PAUSE_MS = 60;
/** After `level:`, which is more likely half a question than a text to look for. */
const NAME_PAUSE_MS = 4_000;
const VALUES = 30;

export function bindEditor(
  parent: HTMLElement,
  label: string,
  parts: PaneParts,
  columns: () => readonly FoundColumn[],
): BoundEditor {
  const { pane } = parts;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const flush = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const now = view.state.doc.toString();
    const { filterText, setFilterText } = pane.getState();
    if (now !== filterText) setFilterText(now);
  };
  const remember = (): void => {
    flush();
    const { filterText, filterMistake } = pane.getState();
    if (filterMistake === null) rememberFilter(filterText);
  };
  const extensions = filterExtensions(label, {
    columns,
    valuesOf: (field, signal) => valuesOf(parts, field, signal),
    typed: (now) => {
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(flush, endsWithName(now) ? NAME_PAUSE_MS : PAUSE_MS);
    },
    committed: remember,
    blurred: remember,
    left: () => {
      if (!focusGrid()) view.contentDOM.blur();
    },
  });
  const view = new EditorView({
    parent,
    state: EditorState.create({ doc: pane.getState().filterText, extensions }),
  });
  // Clicks on values and patterns write too; what was typed has been told by then.
  const forget = pane.subscribe((now, before) => {
    if (now.filterText !== before.filterText) write(view, now.filterText);
  });
  return {
    focus: () => view.focus(),
    destroy: () => {
      flush();
      forget();
      view.destroy();
    },
  };
}

function write(view: EditorView, text: string): void {
  const before = view.state.doc.toString();
  if (before === text) return;
  view.dispatch({
    changes: { from: 0, to: before.length, insert: text },
    selection: { anchor: text.length },
  });
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
