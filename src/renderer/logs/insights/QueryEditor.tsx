/** The query in an editor: colours, completion, and the mistake that CloudWatch named underlined. */
import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import { EditorView, highlightSpecialChars, keymap, placeholder, tooltips } from '@codemirror/view';
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { mathColors, mathTheme } from '../../metrics/math-language';
import { safeText } from '../../ui/safe-text';
import { suggest } from './ql-complete';
import { queryLanguage } from './ql-language';
import type { Language } from './store';

export interface QueryMistake {
  /** Offsets of characters, the end not included. */
  start: number;
  end: number;
  message: string;
}

export interface QueryEditorProps {
  value: string;
  language: Language;
  /** Fields known of these logs. */
  fields: ReadonlySet<string>;
  mistakes: readonly QueryMistake[];
  onChange(text: string): void;
  onRun(): void;
  onStop(): void;
}

export const queryEditorId = 'insights-query';

const BOOST = { field: 3, command: 2, word: 1, function: 0 } as const;

function complete(context: CompletionContext, props: QueryEditorProps): CompletionResult | null {
  const text = context.state.doc.toString();
  const found = suggest(text, context.pos, props.language, props.fields, context.explicit);
  if (found === null) return null;
  return {
    from: found.from,
    validFor: /^`?[@\w.-]*$/,
    options: found.list.map(({ label, kind, help, apply }) => ({
      label,
      displayLabel: safeText(label).slice(0, 80),
      type: kind,
      detail: kind,
      info: help,
      apply,
      boost: BOOST[kind],
    })),
  };
}

/** What the editor needs of the newest props, through a ref: the editor itself is made once. */
function extensionsFor(latest: { current: QueryEditorProps }, language: Compartment) {
  const run = (view: EditorView): boolean => {
    closeCompletion(view);
    latest.current.onRun();
    return true;
  };
  const stop = (): boolean => {
    latest.current.onStop();
    return true;
  };
  return [
    history(),
    // A query of an account may hold characters that hide or turn text around.
    highlightSpecialChars(),
    bracketMatching(),
    closeBrackets(),
    language.of(queryLanguage(latest.current.language)),
    syntaxHighlighting(mathColors),
    mathTheme,
    placeholder('fields @timestamp, @message | filter level = "error"'),
    tooltips({ parent: document.body }),
    autocompletion({ override: [(context) => complete(context, latest.current)], icons: false }),
    EditorView.lineWrapping,
    EditorView.updateListener.of((update) => {
      if (update.docChanged) latest.current.onChange(update.state.doc.toString());
    }),
    keymap.of([
      { key: 'Mod-Enter', run },
      { key: 'Mod-.', run: stop },
      ...completionKeymap,
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...historyKeymap,
    ]),
  ];
}

export function QueryEditor(props: QueryEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  const compartment = useRef(new Compartment());
  useLayoutEffect(() => {
    latest.current = props;
  });
  const { value, language, mistakes } = props;

  useEffect(() => {
    if (host.current === null) return;
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          EditorView.contentAttributes.of({
            id: queryEditorId,
            'aria-label': 'Query',
            spellcheck: 'false',
          }),
          extensionsFor(latest, compartment.current),
        ],
      }),
    });
    view.current = made;
    return () => {
      view.current = null;
      made.destroy();
    };
  }, []);

  useEffect(() => {
    view.current?.dispatch({
      effects: compartment.current.reconfigure(queryLanguage(language)),
    });
  }, [language]);

  useEffect(() => {
    // Another query was opened.
    const current = view.current;
    if (current === null || current.state.doc.toString() === value) return;
    current.dispatch({ changes: { from: 0, to: current.state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    const current = view.current;
    if (current === null) return;
    const { length } = current.state.doc;
    const found = mistakes.map(({ start, end, message }) => ({
      from: Math.min(start, Math.max(0, length - 1)),
      // A mistake at the very end has no letter of its own: the last one stands for it.
      to: Math.min(length, Math.max(end, start + 1)),
      severity: 'error' as const,
      message: safeText(message),
    }));
    current.dispatch(setDiagnostics(current.state, found));
  }, [mistakes]);

  return <div ref={host} />;
}
