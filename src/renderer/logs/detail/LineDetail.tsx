/** The selected line, whole: where it is from, what it says, what can be done with it, what is around it. */
import { useEffect, useRef } from 'react';
import type { LineAnswer } from '../../../shared/logs/engine-protocol';
import { NoteBox } from '../notes/NoteBox';
import { noteOn, useNoteActions, useNotes } from '../notes/notes';
import { safeText } from '../../ui/safe-text';
import { registerPageCommands } from '../../shell/page-commands';
import { focusGrid } from '../events/grid-focus';
import { usePane, usePaneStore } from '../events/pane';
import { Around } from './Around';
import classes from './detail.module.css';
import { DetailHead } from './DetailHead';
import { followId } from './follow';
import { LineBody } from './LineBody';
import { copyLine } from './copy-actions';
import { idsIn } from './line-ids';
import { useLine } from './use-line';
import { useWantedLine } from './wanted-line';
import { useDetailWidth } from './width';
import { WidthHandle } from './WidthHandle';

/** Beside the grid while a line is selected; nothing otherwise. */
export function LineDetail() {
  useWantedLine();
  const seq = usePane((state) => state.selected);
  return seq === null ? null : <Panel seq={seq} />;
}

function Panel({ seq }: { seq: number }) {
  const pane = usePaneStore();
  const width = useDetailWidth((state) => state.px);
  const { value, failure } = useLine(seq);
  const aside = useRef<HTMLElement>(null);
  const close = (): void => {
    pane.getState().select(null);
    focusGrid();
  };
  useEscape(() => {
    // Out of the field first, so that what is being typed does not close what it is typed for.
    if (isTyping(aside.current)) focusGrid();
    else close();
  });
  useLineKeys(value);
  return (
    <aside
      ref={aside}
      className={classes['detail']}
      style={{ width }}
      aria-label="The selected line"
      aria-busy={value === null && failure === null}
    >
      <WidthHandle />
      {failure !== null ? (
        <div className={classes['empty']}>
          <p role="status">{safeText(failure)}</p>
          <button type="button" className={classes['more']} onClick={close}>
            Close
          </button>
        </div>
      ) : value === null ? (
        <p className={classes['empty']} role="status">
          Reading the line…
        </p>
      ) : (
        <Whole line={value} onClose={close} />
      )}
    </aside>
  );
}

function Whole({ line, onClose }: { line: LineAnswer; onClose(): void }) {
  const { notes } = useNotes();
  const note = noteOn(notes, line);
  return (
    <>
      <DetailHead line={line} note={note} onClose={onClose} />
      <div
        className={classes['body']}
        role="region"
        aria-label="The line"
        tabIndex={0}
        key={line.seq}
      >
        {(note !== undefined || notes !== undefined) && <NoteBox line={line} note={note} />}
        <LineBody line={line} />
        <Around line={line} />
      </div>
    </>
  );
}

/** In a text field outside the detail. */
function isTyping(detail: HTMLElement | null): boolean {
  const focused = document.activeElement;
  if (focused === null || detail?.contains(focused) === true) return false;
  return focused.matches('input, textarea, [contenteditable="true"]');
}

/** Escape closes, from wherever the focus is on the page, unless something nearer took it. */
function useEscape(close: () => void): void {
  const latest = useRef(close);
  useEffect(() => {
    latest.current = close;
  });
  useEffect(() => registerPageCommands({ back: () => latest.current() }), []);
}

/** f, c and b of the table of keys. */
function useLineKeys(line: LineAnswer | null): void {
  const { notes } = useNotes();
  const { keep } = useNoteActions();
  useEffect(() => {
    if (line === null) return;
    return registerPageCommands({
      'follow-id': () => {
        const [first] = idsIn(line.text);
        if (first !== undefined) followId(first.value, line);
      },
      'copy-line': () => copyLine(line),
      'bookmark-line': () => {
        const note = noteOn(notes, line);
        void keep(line, note, { text: note?.text ?? '', bookmarked: note?.bookmarked !== true });
      },
    });
  }, [line, notes, keep]);
}
