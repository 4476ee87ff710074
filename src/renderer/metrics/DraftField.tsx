/** A text field of a line. */
import { TextInput } from '@mantine/core';
import { useState } from 'react';

interface DraftProps {
  label: string;
  value: string;
  placeholder?: string;
  mono?: boolean;
  check(text: string): string | null;
  onCommit(text: string): void;
}

/** A field whose text counts when it is left or Enter is pressed, and only if it can be taken. */
export function DraftField({ label, value, placeholder, mono, check, onCommit }: DraftProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const problem = draft === null ? null : check(draft);
  const commit = (): void => {
    if (draft !== null && problem === null && draft !== value) onCommit(draft);
    if (problem === null) setDraft(null);
  };
  return (
    <TextInput
      size="xs"
      aria-label={label}
      placeholder={placeholder}
      value={draft ?? value}
      error={problem}
      ff={mono === true ? 'monospace' : undefined}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        if (event.key === 'Escape') setDraft(null);
      }}
    />
  );
}
