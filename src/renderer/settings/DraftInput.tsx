import { TextInput } from '@mantine/core';
import { useState } from 'react';

export type Parsed<T> = { ok: true; value: T } | { ok: false; problem: string };

interface Props<T> {
  label: string;
  /** The label is heard but not seen: the column's heading says it already. */
  labelHidden?: boolean;
  description?: string;
  /** What is stored, as text. */
  value: string;
  type?: 'text' | 'time' | 'datetime-local';
  width?: number;
  parse(text: string): Parsed<T>;
  /** Called on leaving the field or Enter, with a valid changed value; false keeps what was typed. */
  onSave(value: T): Promise<boolean>;
}

/** A field saved when it is left; what is typed stays until it is stored, and a problem is named under it. */
export function DraftInput<T>(props: Props<T>) {
  const {
    label,
    labelHidden = false,
    description,
    value,
    type = 'text',
    width = 320,
    parse,
    onSave,
  } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  async function commit(): Promise<void> {
    if (draft === null || draft === value) {
      setDraft(null);
      setProblem(null);
      return;
    }
    const parsed = parse(draft);
    setProblem(parsed.ok ? null : parsed.problem);
    if (parsed.ok && (await onSave(parsed.value))) setDraft(null);
  }

  return (
    <TextInput
      label={labelHidden ? undefined : label}
      aria-label={labelHidden ? label : undefined}
      description={description}
      type={type}
      maw={width}
      value={draft ?? value}
      error={problem}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={() => void commit()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void commit();
      }}
    />
  );
}
