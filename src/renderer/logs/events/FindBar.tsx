/** Finds among the lines on show: how many, the next and the one before. */
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { EngineError } from '../../../shared/logs/engine-client';
import { parseFilter } from '../../../shared/logs/filter/parse';
import { safeText } from '../../ui/safe-text';
import classes from './events.module.css';
import { useFind } from './find-store';
import { usePaneClient, usePaneStore } from './pane';

export function FindBar() {
  const open = useFind((state) => state.open);
  return open ? <Bar /> : null;
}

function Bar() {
  const text = useFind((state) => state.text);
  const { setText, setOpen } = useFind.getState();
  const marks = useFind((state) => state.marks);
  const [problem, setProblem] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const jump = useJump(setProblem);
  useEffect(() => field.current?.select(), []);
  const parsed = parseFilter(text);
  const words = !parsed.ok
    ? parsed.mistake.message
    : (problem ?? (text.trim() === '' || marks === null ? '' : foundWords(marks.total)));
  return (
    <div className={classes['find']} role="search" aria-label="Find among these lines">
      <input
        ref={field}
        aria-label="Find"
        placeholder="Find among these lines"
        spellCheck={false}
        value={text}
        aria-invalid={!parsed.ok}
        onChange={(event) => {
          setProblem(null);
          setText(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void jump(!event.shiftKey);
          if (event.key === 'Escape') setOpen(false);
          if (event.key === 'Enter' || event.key === 'Escape') event.preventDefault();
        }}
      />
      <span className={classes['found']} role="status">
        {safeText(words)}
      </span>
      <button type="button" aria-label="Match before" onClick={() => void jump(false)}>
        <IconChevronUp size={15} aria-hidden />
      </button>
      <button type="button" aria-label="Next match" onClick={() => void jump(true)}>
        <IconChevronDown size={15} aria-hidden />
      </button>
      <button type="button" aria-label="Close find" onClick={() => setOpen(false)}>
        <IconX size={15} aria-hidden />
      </button>
    </div>
  );
}

const foundWords = (total: number): string =>
  total === 0 ? 'none' : total === 1 ? '1 line' : `${total.toLocaleString('en')} lines`;

/** Selects the next match after the selected line, or the one before it; round the end. */
function useJump(tell: (problem: string | null) => void): (forward: boolean) => Promise<void> {
  const pane = usePaneStore();
  const client = usePaneClient();
  const jump = async (forward: boolean, again: boolean): Promise<void> => {
    const { dataset, view, selectedAt, state, goTo } = pane.getState();
    const parsed = parseFilter(useFind.getState().text);
    const count = state?.count ?? 0;
    if (!parsed.ok || parsed.filter.kind === 'all' || count === 0) return;
    const ask = (from: number): Promise<number> =>
      client.ask('findNext', { dataset, view, filter: parsed.filter, from, forward });
    try {
      const start =
        selectedAt === null ? (forward ? 0 : count - 1) : selectedAt + (forward ? 1 : -1);
      const inside = start >= 0 && start < count;
      const near = inside ? await ask(start) : -1;
      const place = near === -1 ? await ask(forward ? 0 : count - 1) : near;
      tell(
        place === -1 ? 'none' : near === -1 && selectedAt !== null ? 'from the other end' : null,
      );
      if (place !== -1) goTo(place);
    } catch (error) {
      // The count of matches and this share one search in the engine: whichever is newer ends the other.
      const ended = error instanceof EngineError && error.failure.kind === 'cancelled';
      if (ended && again) return jump(forward, false);
      if (!ended) tell(error instanceof Error ? error.message : String(error));
    }
  };
  return (forward) => jump(forward, true);
}
