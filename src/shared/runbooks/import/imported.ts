/** What becomes of a document of another kind, and what of it could not be said in a runbook. */
import { stringify } from 'yaml';
import type { RunbookProblem } from '../listing';
import type { Runbook, RunbookInput } from '../runbook';
import type { Step } from '../step';

/** A part of the document that is not in the runbook as it was. */
export interface Lost {
  /** In the document, from 1; null where it is about the whole. */
  line: number | null;
  /** One sentence. */
  message: string;
}

export type Imported =
  | { ok: true; name: string; text: string; lost: Lost[] }
  | { ok: false; problems: RunbookProblem[] };

/** Longer documents are not looked at, characters. */
export const LONGEST_DOCUMENT = 256 * 1_024;

/** As many as a runbook can have. */
export const MOST_STEPS = 100;
export const MOST_INPUTS = 30;

export const cannot = (
  message: string,
  line: number | null = null,
  column: number | null = null,
): Imported => ({ ok: false, problems: [{ line, column, path: '', message }] });

/** Within a document of others `{%` is no expression: it is kept from becoming one. */
export const inert = (text: string): string => text.replaceAll('{%', '{ %');

export const clipped = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1)}…`;

/** One line that names a step. */
export const stepName = (text: string): string =>
  clipped(inert(text).replaceAll(/\s+/g, ' ').trim(), 200);

/** Names for expressions: each is given once. */
export class Names {
  private readonly taken = new Set<string>();

  /** `Check the dashboard` becomes `checkTheDashboard`. */
  of(text: string, otherwise: string): string {
    const words = text
      .normalize('NFKD')
      .split(/[^a-zA-Z0-9]+/)
      .filter((word) => word !== '')
      .slice(0, 5);
    const joined = words
      .map((word, i) => (i === 0 ? word.toLowerCase() : capital(word)))
      .join('')
      .slice(0, 40);
    return this.free(/^[a-zA-Z]/.test(joined) ? joined : otherwise);
  }

  /** As near to the name as expressions allow. */
  like(name: string, otherwise: string): string {
    const allowed = name.replaceAll(/[^a-zA-Z0-9_]/g, '_').slice(0, 50);
    return this.free(/^[a-zA-Z]/.test(allowed) ? allowed : otherwise);
  }

  private free(name: string): string {
    for (let n = 1; ; n += 1) {
      const candidate = n === 1 ? name : `${name}${n}`;
      if (this.taken.has(candidate)) continue;
      this.taken.add(candidate);
      return candidate;
    }
  }
}

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

export interface Parts {
  name: string;
  description: string;
  approval?: Runbook['approval'];
  inputs?: RunbookInput[];
  steps: Step[];
  lost: Lost[];
}

/** The runbook's text. Without a step there is nothing to run, so one is put that says so. */
export function written({ name, description, approval, inputs, steps, lost }: Parts): Imported {
  const dropped: Lost[] = [];
  if (steps.length > MOST_STEPS) {
    const message = `A runbook has ${MOST_STEPS} steps at most: the last ${steps.length - MOST_STEPS} are left out.`;
    dropped.push({ line: null, message });
  }
  const empty: Step = { id: 'empty', do: { kind: 'note', text: 'There was no step to import.' } };
  const runbook: Runbook = {
    nightdesk: 'runbook/1',
    name: clipped(inert(name).replaceAll(/\s+/g, ' ').trim(), 120) || 'Imported runbook',
    ...(description.trim() !== '' && { description: clipped(inert(description).trim(), 20_000) }),
    ...(approval !== undefined && { approval }),
    ...(inputs !== undefined && inputs.length > 0 && { inputs }),
    steps: steps.length === 0 ? [empty] : steps.slice(0, MOST_STEPS),
  };
  const text = stringify(runbook, {
    lineWidth: 100,
    singleQuote: true,
    aliasDuplicateObjects: false,
  });
  return { ok: true, name: runbook.name, text, lost: [...lost, ...dropped] };
}
