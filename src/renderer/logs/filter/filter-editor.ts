/** The editor of the local filter: one line, completed from the lines on show, mistakes marked at their place. */
import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionKeymap,
  completionStatus,
  startCompletion,
} from '@codemirror/autocomplete';
import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { syntaxHighlighting } from '@codemirror/language';
import { linter } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import { EditorView, keymap, placeholder, tooltips } from '@codemirror/view';
import type { FoundColumn } from '../../../shared/logs/engine-protocol';
import { parseFilter } from '../../../shared/logs/filter/parse';
import { safeText } from '../../ui/safe-text';
import { fieldOffers, placeAt, testOffers, valueOffers } from './completions';
import type { Offer } from './completions';
import { filterColors, filterLanguage, filterTheme } from './filter-language';

export interface FilterEditorHost {
  columns(): readonly FoundColumn[];
  /** Values of a field with their counts. Rejects when the engine cannot say. */
  valuesOf(field: string, signal: AbortSignal): Promise<{ value: string; count: number }[]>;
  typed(text: string): void;
  /** Enter: what was typed counts at once. */
  committed(): void;
  /** Escape with nothing to close, or the arrow down to the lines. */
  left(): void;
  blurred(): void;
}

const option = ({ label, detail, apply }: Offer, boost: number) => ({
  label: safeText(label),
  detail: safeText(detail),
  apply: (view: EditorView, _completion: unknown, from: number, to: number): void => {
    // The closing quote that came with the opening one.
    const quotes =
      view.state.sliceDoc(from, from + 1) === '"' && view.state.sliceDoc(to, to + 1) === '"';
    view.dispatch({
      changes: { from, to: quotes ? to + 1 : to, insert: apply },
      selection: { anchor: from + apply.length },
      userEvent: 'input.complete',
    });
    // A name alone asks nothing yet: its values come next.
    if (apply.endsWith(':')) startCompletion(view);
  },
  boost,
});

async function complete(
  context: CompletionContext,
  host: FilterEditorHost,
): Promise<CompletionResult | null> {
  const before = context.state.sliceDoc(0, context.pos);
  const place = placeAt(before) ?? (context.explicit ? { from: context.pos, field: null } : null);
  if (place === null) return null;
  const { from, field } = place;
  if (field === null) {
    const options = fieldOffers(host.columns()).map((offer) => option(offer, 0));
    return { from, options, validFor: /^[\p{L}\p{N}_@$.-]*$/u };
  }
  const abort = new AbortController();
  context.addEventListener('abort', () => abort.abort());
  const values = await valuesOrNone(host, field, abort.signal);
  const isBare = before.endsWith(':');
  return {
    from,
    options: [
      ...valueOffers(values).map((offer, i) => option(offer, 50 - i)),
      ...(isBare ? testOffers.map((offer, i) => option(offer, -50 - i)) : []),
    ],
    filter: true,
    validFor: /^[^\s()":]*$/,
  };
}

/** Without values the ways to ask are still offered; why there are none is told elsewhere. */
async function valuesOrNone(host: FilterEditorHost, field: string, signal: AbortSignal) {
  try {
    return await host.valuesOf(field, signal);
  } catch {
    return [];
  }
}

/** What is pasted becomes one line. */
const oneLine = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged || transaction.newDoc.lines === 1) return transaction;
  const text = transaction.newDoc.toString().replace(/\s*\n\s*/g, ' ');
  return [
    transaction,
    {
      changes: { from: 0, to: transaction.newDoc.length, insert: text },
      selection: { anchor: text.length },
      sequential: true,
    },
  ];
});

export function filterExtensions(label: string, host: FilterEditorHost): Extension {
  return [
    history(),
    closeBrackets(),
    oneLine,
    filterLanguage,
    syntaxHighlighting(filterColors),
    filterTheme,
    placeholder('Filter these lines: text, field:value, -without'),
    tooltips({ parent: document.body }),
    autocompletion({ override: [(context) => complete(context, host)], icons: false }),
    linter((view) => mistakes(view.state.doc.toString()), { delay: 300 }),
    EditorView.contentAttributes.of({
      'aria-label': label,
      'aria-multiline': 'false',
      spellcheck: 'false',
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) host.typed(update.state.doc.toString());
    }),
    EditorView.domEventHandlers({ blur: () => host.blurred() }),
    keymap.of([
      { key: 'Tab', run: acceptCompletion },
      {
        key: 'Escape',
        run: (view) => {
          if (completionStatus(view.state) !== null) return closeCompletion(view);
          host.left();
          return true;
        },
        stopPropagation: true,
      },
      ...completionKeymap,
      {
        key: 'ArrowDown',
        run: (view) => {
          // A list that has just opened takes no key yet; it is not left either.
          if (completionStatus(view.state) === null) host.left();
          return true;
        },
      },
      {
        key: 'Enter',
        run: () => {
          host.committed();
          return true;
        },
      },
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...historyKeymap,
    ]),
  ];
}

function mistakes(text: string) {
  const parsed = parseFilter(text);
  return parsed.ok ? [] : [{ ...parsed.mistake, severity: 'error' as const }];
}
