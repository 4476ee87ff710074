/** Documents of others that a runbook can be begun from. */
import { importAutomation } from './automation';
import type { Imported } from './imported';
import { importMarkdown } from './markdown';

export const importFormats = ['automation', 'markdown'] as const;
export type ImportFormat = (typeof importFormats)[number];

/** What the text looks like; the file's name decides where it says so. */
export function formatOf(text: string, fileName = ''): ImportFormat {
  if (/\.(md|markdown|txt)$/i.test(fileName)) return 'markdown';
  if (/\.(json|ya?ml)$/i.test(fileName)) return 'automation';
  return /^\s*\{|^["']?(schemaVersion|mainSteps)["']?\s*:/m.test(text.slice(0, 20_000))
    ? 'automation'
    : 'markdown';
}

/** Never throws: what cannot be read is told with its place. */
export function importRunbook(format: ImportFormat, text: string, fileName = ''): Imported {
  return format === 'automation'
    ? importAutomation(text, fileName)
    : importMarkdown(text, fileName);
}
