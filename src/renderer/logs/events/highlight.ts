/** Which parts of a text a filter asks for: they are marked where they stand. */
import type { Filter } from '../../../shared/logs/filter/filter';

/** The texts a filter looks for, what it leaves out not counted. */
export function wantedTexts(filter: Filter): string[] {
  switch (filter.kind) {
    case 'text':
      return [filter.text];
    case 'field':
      // What a line is called or where it is from does not stand in it.
      if (filter.path.startsWith('@')) return [];
      return filter.test.kind === 'contains' || filter.test.kind === 'equals'
        ? [filter.test.text]
        : [];
    case 'and':
    case 'or':
      return filter.of.flatMap(wantedTexts);
    case 'all':
    case 'not':
    case 'regex':
      return [];
  }
}

export interface Stretch {
  text: string;
  marked: boolean;
}

const special = /[.*+?^${}()|[\]\\]/g;

/** Finds the texts, case ignored; null when there are none. */
export function finderOf(texts: readonly string[]): RegExp | null {
  const wanted = [...new Set(texts)].filter((text) => text.length > 0).slice(0, 20);
  if (wanted.length === 0) return null;
  wanted.sort((a, b) => b.length - a.length);
  return new RegExp(wanted.map((text) => text.replace(special, '\\$&')).join('|'), 'giu');
}

export function stretches(text: string, finder: RegExp | null): Stretch[] {
  if (finder === null) return [{ text, marked: false }];
  const parts: Stretch[] = [];
  let from = 0;
  for (const match of text.matchAll(finder)) {
    if (match.index > from) parts.push({ text: text.slice(from, match.index), marked: false });
    parts.push({ text: match[0], marked: true });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), marked: false });
  return parts;
}
