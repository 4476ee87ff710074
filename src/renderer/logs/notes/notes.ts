/** Bookmarks and notes on lines: kept by main, outliving the search that found the line. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { LineAnswer } from '../../../shared/logs/engine-protocol';
import { noteEventKey, noteExcerpt } from '../../../shared/logs/notes';
import type { LogNote, SaveLogNote } from '../../../shared/logs/notes';
import { ask } from '../../bridge';
import { showFailure, showToast } from '../../stores/toasts';

const KEY = ['logs.notes'];

/** All notes, the last one first; undefined until main has told. */
export function useNotes(): { notes: readonly LogNote[] | undefined; failure: Error | null } {
  const { data, error } = useQuery({
    queryKey: KEY,
    queryFn: () => ask('logs.notes', undefined),
    staleTime: Infinity,
  });
  const notes = useMemo(() => data?.toSorted((a, b) => b.createdAt - a.createdAt), [data]);
  return { notes, failure: error };
}

/** The line as a note names it. */
export const placeOfNote = ({
  source,
  timestamp,
  text,
}: Pick<LineAnswer, 'source' | 'timestamp' | 'text'>): Omit<
  SaveLogNote,
  'text' | 'bookmarked'
> => ({
  connectionId: source.connectionId,
  region: source.region,
  group: source.group,
  stream: source.stream,
  timestamp,
  eventId: null,
  excerpt: noteExcerpt(text),
});

/** The note on a line; undefined where there is none. */
export function noteOn(
  notes: readonly LogNote[] | undefined,
  line: Pick<LineAnswer, 'source' | 'timestamp' | 'text'>,
): LogNote | undefined {
  const key = noteEventKey(placeOfNote(line));
  return notes?.find((note) => noteEventKey(note) === key);
}

export interface NoteActions {
  /** Keeps the words; a note without a bookmark and without words is deleted. */
  keep(
    line: LineAnswer,
    before: LogNote | undefined,
    to: { text: string; bookmarked: boolean },
  ): Promise<boolean>;
  remove(note: LogNote): void;
}

export function useNoteActions(): NoteActions {
  const queries = useQueryClient();
  return useMemo(
    () => ({
      keep: (line, before, to) => keep(queries, line, before, to),
      remove: (note) => void remove(queries, note),
    }),
    [queries],
  );
}

async function keep(
  queries: QueryClient,
  line: LineAnswer,
  before: LogNote | undefined,
  to: { text: string; bookmarked: boolean },
): Promise<boolean> {
  if (!to.bookmarked && to.text.trim() === '') {
    return before === undefined ? true : remove(queries, before);
  }
  try {
    const id = before === undefined ? {} : { id: before.id };
    await ask('logs.saveNote', { ...id, ...placeOfNote(line), ...to });
    await queries.invalidateQueries({ queryKey: KEY });
    return true;
  } catch (error) {
    showFailure(error, 'logs.saveNote');
    return false;
  }
}

async function remove(queries: QueryClient, note: LogNote): Promise<boolean> {
  try {
    await ask('logs.deleteNote', note.id);
    await queries.invalidateQueries({ queryKey: KEY });
  } catch (error) {
    showFailure(error, 'logs.deleteNote');
    return false;
  }
  // A star taken by mistake is set again; words that were written come back.
  showToast({
    level: 'done',
    text: note.text === '' ? 'Bookmark removed' : 'Note removed',
    detail: null,
    action: { label: 'Undo', run: () => void restore(queries, note) },
  });
  return true;
}

async function restore(queries: QueryClient, note: LogNote): Promise<void> {
  const { id: _id, createdAt: _created, changedAt: _changed, ...kept } = note;
  try {
    await ask('logs.saveNote', kept);
    await queries.invalidateQueries({ queryKey: KEY });
  } catch (error) {
    showFailure(error, 'logs.saveNote');
  }
}
