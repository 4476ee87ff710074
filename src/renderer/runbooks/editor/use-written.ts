/** What is written in an open editor. What is not saved is kept at every key, so that leaving the page loses nothing. */
import { useRef, useState } from 'react';
import { keepUnsaved, unsavedOf } from './drafts';
import type { RunbookDraft, Unsaved } from './drafts';

export interface Written extends Unsaved {
  /** The text as it was last read or saved. */
  base: string;
}

export interface Writing {
  written: Written;
  /** It went on from what was left before, and that is not what it began with. */
  restored: boolean;
  change(part: Partial<Written>): void;
}

const baseOf = ({ base, text }: RunbookDraft): string => base ?? text;

function begin(draft: RunbookDraft, before: Unsaved | undefined): Written {
  if (before === undefined) {
    const { text, folder, fileName } = draft;
    return { draft, base: baseOf(draft), text, folder, fileName };
  }
  // Its own draft, not the newer: saving then tells that the file was changed meanwhile.
  return { ...before, base: baseOf(before.draft) };
}

export function useWritten(draft: RunbookDraft): Writing {
  const [before] = useState(() => unsavedOf(draft));
  const [written, setWritten] = useState(() => begin(draft, before));
  // Answers come while somebody types: each change builds on the newest, not on the one last drawn.
  const newest = useRef(written);
  const change = (part: Partial<Written>): void => {
    const earlier = newest.current;
    const now = { ...earlier, ...part };
    newest.current = now;
    if (now.draft !== earlier.draft) keepUnsaved(earlier.draft, null);
    const { draft: of, text, folder, fileName, base } = now;
    keepUnsaved(of, text === base ? null : { text, folder, fileName });
    setWritten(now);
  };
  return { written, change, restored: before !== undefined && before.text !== draft.text };
}
