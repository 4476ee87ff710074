/** What steps give, in the forms the run knows. */
import { isUtf8 } from 'node:buffer';
import type { StepOutput } from '../../../../shared/runbooks/run';

/** Characters of one text in an output: as JSON it still fits the run's 1 MB. */
export const LONGEST_TEXT = 800_000;

export const textOutput = (text: string): StepOutput => ({
  kind: 'text',
  json: JSON.stringify(text),
});

export const jsonOutput = (value: unknown): StepOutput => ({
  kind: 'json',
  json: JSON.stringify(value) ?? 'null',
});

/** The first line or so of an answer, for a sentence. */
export function snippet(text: string, longest = 300): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= longest ? line : `${line.slice(0, longest)}…`;
}

/** Null where the bytes are no text. A character cut in two at the end does not make them so. */
export function textOf(bytes: Buffer, cut = false): string | null {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  if (!cut) return null;
  for (let less = 1; less <= 3; less += 1) {
    const shorter = bytes.subarray(0, bytes.length - less);
    if (isUtf8(shorter)) return shorter.toString('utf8');
  }
  return null;
}
