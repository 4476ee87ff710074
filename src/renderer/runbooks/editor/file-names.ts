/** Names of runbook files: made of a runbook's name, and free where they will lie. */
import { isScalar, parseDocument } from 'yaml';
import type { RunbookEntry } from '../../../shared/runbooks/listing';

/** Of a runbook's name, characters. */
const LONGEST_NAME = 120;

/** As main asks for it. */
export const fileNamePattern = /^[\w][\w .-]{0,100}\.ya?ml$/;

/** `High CPU: what to do` becomes `high-cpu-what-to-do.yaml`. */
export function fileNameOf(name: string): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 80);
  return `${words === '' ? 'runbook' : words}.yaml`;
}

/** The name, or the name with the first number that is free. */
export function freeName(
  fileName: string,
  folder: string | null,
  entries: readonly Pick<RunbookEntry, 'folder' | 'fileName'>[],
): string {
  const taken = new Set(
    entries.filter((entry) => entry.folder === folder).map((entry) => entry.fileName.toLowerCase()),
  );
  const stem = fileName.replace(/\.ya?ml$/i, '');
  for (let n = 1; ; n += 1) {
    const candidate = n === 1 ? fileName : `${stem}-${n}.yaml`;
    if (!taken.has(candidate.toLowerCase())) return candidate;
  }
}

/** Why a file cannot be called so; null when it can. */
export const fileNameProblem = (fileName: string): string | null =>
  fileNamePattern.test(fileName)
    ? null
    : 'Letters, digits, spaces, dots, _ and -, ending in .yaml, at most 100 characters.';

/** The text with another `name`, everything else (comments too) as it was; itself where it has none that is plain. */
export function renamed(text: string, name: string): string {
  const found: unknown = parseDocument(text, { logLevel: 'silent' }).get('name', true);
  if (!isScalar(found) || found.range === null || found.range === undefined) return text;
  const [start, end] = found.range;
  return `${text.slice(0, start)}${JSON.stringify(name.slice(0, LONGEST_NAME))}${text.slice(end)}`;
}

/**
 * What a text calls itself, told without reading all of it: it is asked at every key. Empty where it has no plain name
 * on one line.
 */
export function nameIn(text: string): string {
  const line = /^name:[ \t]+(.+)$/m.exec(text)?.[1];
  if (line === undefined) return '';
  const { contents, errors } = parseDocument(line.slice(0, 4 * LONGEST_NAME), {
    logLevel: 'silent',
  });
  const found: unknown = errors.length > 0 ? null : contents;
  if (!isScalar(found) || typeof found.value !== 'string') return '';
  return found.value.trim().slice(0, LONGEST_NAME);
}
