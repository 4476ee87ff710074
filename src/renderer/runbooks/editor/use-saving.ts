/** Saving a draft, and what to do where its file is not what it was made from. */
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { RunbookEntry } from '../../../shared/runbooks/listing';
import { ask } from '../../bridge';
import type { RunbookDraft } from './drafts';
import { showFailure, showToast } from '../../stores/toasts';
import { safeText } from '../../ui/safe-text';

export interface Target {
  folder: string;
  fileName: string;
  text: string;
  /** SHA-256 of the file that is replaced, hex; null: there must be none. */
  replaces: string | null;
}

/** What lies there instead of what was expected. */
export interface Conflict {
  target: Target;
  preview: boolean;
  /** Null: the file is gone. */
  there: { text: string; sha256: string } | null;
}

async function thereNow({ folder, fileName }: Target): Promise<Conflict['there']> {
  const { entries } = await ask('runbooks.list', undefined);
  const entry = entries.find((one) => one.folder === folder && one.fileName === fileName);
  return entry === undefined ? null : ask('runbooks.source', entry.id);
}

/** Saves, and reads what a later save would replace. */
async function write(target: Target): Promise<{ entry: RunbookEntry; draft: RunbookDraft }> {
  const entry = await ask('runbooks.save', target);
  const { id, folder, fileName } = entry;
  const { text, sha256 } = await ask('runbooks.source', id);
  // Changed again in between: what was replaced before is then wrong for the next save, which tells of it.
  const replaces = text === target.text ? sha256 : target.replaces;
  return { entry, draft: { id, folder, fileName, text: target.text, replaces } };
}

export interface Saving {
  busy: boolean;
  conflict: Conflict | null;
  save(target: Target, preview: boolean): void;
  keepWriting(): void;
}

export function useSaving(
  saved: (entry: RunbookEntry, draft: RunbookDraft, preview: boolean) => void,
): Saving {
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const mutation = useMutation({
    mutationFn: ({ target }: { target: Target; preview: boolean }) => write(target),
    onSuccess: ({ entry, draft }, { target, preview }) => {
      setConflict(null);
      const text = `Saved ${safeText(target.fileName)}`;
      showToast({ level: 'done', text, detail: null, action: null });
      saved(entry, draft, preview);
    },
    onError: async (error, { target, preview }) => {
      try {
        const there = await thereNow(target);
        if ((there?.sha256 ?? null) !== target.replaces) {
          setConflict({ target, preview, there });
          return;
        }
      } catch (cause) {
        showFailure(cause, 'runbooks.source');
      }
      showFailure(error, 'runbooks.save');
    },
  });
  return {
    busy: mutation.isPending,
    conflict,
    save: (target, preview) => {
      if (!mutation.isPending) mutation.mutate({ target, preview });
    },
    keepWriting: () => setConflict(null),
  };
}
