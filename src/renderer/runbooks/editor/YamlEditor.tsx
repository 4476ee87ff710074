/** The text itself. It is made once; others write into it through its handle, so that undo holds all of it. */
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import type { Ref } from 'react';
import type { RunbookProblem } from '../../../shared/runbooks/listing';
import { markProblems, placeOf, yamlSetup } from './yaml-setup';

export interface YamlHandle {
  /** Puts the cursor there and shows it. */
  go(place: Pick<RunbookProblem, 'line' | 'column'>): void;
  /** Another text instead; undo brings the one before back. */
  write(text: string): void;
}

interface Props {
  ref: Ref<YamlHandle>;
  /** What it begins with. */
  text: string;
  problems: readonly RunbookProblem[];
  onChange(text: string): void;
}

export function YamlEditor({ ref, text, problems, onChange }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef({ text, onChange });
  useLayoutEffect(() => {
    latest.current = { text, onChange };
  });

  useEffect(() => {
    if (host.current === null) return;
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: latest.current.text,
        extensions: yamlSetup((now) => latest.current.onChange(now)),
      }),
    });
    view.current = made;
    made.focus();
    return () => {
      view.current = null;
      made.destroy();
    };
  }, []);

  useEffect(() => {
    if (view.current !== null) markProblems(view.current, problems);
  }, [problems]);

  useImperativeHandle(ref, () => ({
    go: ({ line, column }) => {
      const current = view.current;
      if (current === null) return;
      const anchor = placeOf(current.state, { line, column, path: '', message: '' });
      const effects = EditorView.scrollIntoView(anchor, { y: 'center' });
      current.dispatch({ selection: { anchor }, effects });
      current.focus();
    },
    write: (next) => {
      const { length } = view.current?.state.doc ?? { length: 0 };
      view.current?.dispatch({ changes: { from: 0, to: length, insert: next } });
    },
  }));

  return <div ref={host} style={{ height: '100%', minHeight: 0 }} />;
}
