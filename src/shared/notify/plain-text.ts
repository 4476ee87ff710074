/**
 * Characters that can hide or reorder text, or drive a terminal: C0 and C1 controls, bidirectional
 * overrides and marks, zero-width characters, line and paragraph separators, language tags.
 */
const unsafeCharacters =
  /[\p{Cc}\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu;

/** One line of inert text of at most `maxLength` characters (code points), ended by … when cut. */
export function plainText(text: string, maxLength: number): string {
  // A reason of megabytes is cut before the regular expressions see it.
  const line = text
    .slice(0, maxLength * 8)
    .replace(unsafeCharacters, ' ')
    .replace(/\p{Cs}/gu, '\uFFFD')
    .replace(/\s+/g, ' ')
    .trim();
  const characters = [...line];
  if (characters.length <= maxLength) return line;
  return `${characters
    .slice(0, maxLength - 1)
    .join('')
    .trimEnd()}…`;
}
