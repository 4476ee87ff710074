/** One metric math line in an editor: colours, completion, and mistakes marked as they are typed. */
import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { linter } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, tooltips } from '@codemirror/view';
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { checkMath } from './math-check';
import { mathFunctions, mathWords } from './math-functions';
import { mathColors, mathLanguage, mathTheme } from './math-language';

export interface MathEditorProps {
  /** Accessible name. */
  label: string;
  value: string;
  /** All lines' ids with what they are, for completion and the check. */
  ids: ReadonlyMap<string, string>;
  self: string;
  /** The chart's expressions by id. */
  expressions: ReadonlyMap<string, string>;
  /** Enter, or leaving the editor, with a text that changed. */
  onCommit(expression: string): void;
}

function complete(context: CompletionContext, props: MathEditorProps): CompletionResult | null {
  const word = context.matchBefore(/[A-Za-z_]\w*/);
  if (word === null && !context.explicit) return null;
  const ids = [...props.ids].filter(([id]) => id !== props.self);
  return {
    from: word?.from ?? context.pos,
    validFor: /^\w*$/,
    options: [
      ...ids.map(([id, name]) => ({
        label: id,
        type: 'variable',
        detail: name.slice(0, 60),
        boost: 2,
      })),
      ...mathFunctions.map(({ name, takes, help }) => ({
        label: name,
        type: 'function',
        info: help,
        detail: `(${takes})`.slice(0, 40),
        apply: `${name}(`,
      })),
      ...mathWords
        .filter(({ name }) => !mathFunctions.some((known) => known.name === name))
        .map(({ name, help }) => ({ label: name, type: 'keyword', info: help })),
    ],
  };
}

/** What the editor needs of the newest props, through a ref: the editor itself is made once. */
function extensionsFor(latest: { current: MathEditorProps }) {
  const commit = (view: EditorView): boolean => {
    const text = view.state.doc.toString();
    if (text !== latest.current.value) latest.current.onCommit(text);
    return true;
  };
  return [
    history(),
    bracketMatching(),
    closeBrackets(),
    mathLanguage,
    syntaxHighlighting(mathColors),
    mathTheme,
    tooltips({ parent: document.body }),
    autocompletion({ override: [(context) => complete(context, latest.current)], icons: false }),
    linter(
      (view) => {
        const { ids, self, expressions } = latest.current;
        const text = view.state.doc.toString();
        return checkMath(text, new Set(ids.keys()), self, expressions).map((one) => ({
          ...one,
          severity: 'error' as const,
        }));
      },
      { delay: 250 },
    ),
    EditorView.lineWrapping,
    EditorView.domEventHandlers({ blur: (_event, view) => void commit(view) }),
    keymap.of([
      ...completionKeymap,
      { key: 'Enter', run: commit },
      { key: 'Mod-Enter', run: commit },
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...historyKeymap,
    ]),
  ];
}

export function MathEditor(props: MathEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });
  const { label, value } = props;

  useEffect(() => {
    if (host.current === null) return;
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
          extensionsFor(latest),
        ],
      }),
    });
    view.current = made;
    return () => {
      view.current = null;
      made.destroy();
    };
  }, [label]);

  useEffect(() => {
    // Undo, or another line's new name, changed the expression from outside.
    const current = view.current;
    if (current === null || current.state.doc.toString() === value) return;
    current.dispatch({ changes: { from: 0, to: current.state.doc.length, insert: value } });
  }, [value]);

  return <div ref={host} />;
}
