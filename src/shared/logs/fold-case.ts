/**
 * Upper and lower case are one, letter by letter: ASCII by ASCII, others by Unicode's simple mapping. A letter whose
 * other case takes several (ß, İ) or crosses from or to ASCII (the Kelvin sign) stays itself.
 */
export function foldCase(text: string): string {
  if (!/[^\u0000-\u007f]/.test(text)) return text.toLowerCase();
  let folded = '';
  for (const letter of text) folded += foldLetter(letter);
  return folded;
}

function foldLetter(letter: string): string {
  const lower = letter.toLowerCase();
  if (lower === letter || (lower.codePointAt(0) ?? 0) < 0x80 !== letter < '\u0080') return letter;
  const point = lower.codePointAt(0) ?? 0;
  return lower.length === (point > 0xffff ? 2 : 1) ? lower : letter;
}

let others: Map<string, string[]> | null = null;

/** All letters that fold to the same as `letter`, which is folded itself. */
export function variantsOf(letter: string): string[] {
  if (letter < '\u0080') {
    const upper = letter.toUpperCase();
    return upper === letter ? [letter] : [letter, upper];
  }
  others ??= collect();
  return [letter, ...(others.get(letter) ?? [])];
}

/** Some letters have more than two forms (Ω and Ohm's sign); asking each letter once finds them all. */
function collect(): Map<string, string[]> {
  const map = new Map<string, string[]>();
  // Above: scripts with case end at U+1E943.
  for (let point = 0x80; point < 0x1f000; point += 1) {
    if (point >= 0xd800 && point < 0xe000) continue;
    const letter = String.fromCodePoint(point);
    const folded = foldLetter(letter);
    if (folded !== letter) map.set(folded, [...(map.get(folded) ?? []), letter]);
  }
  return map;
}
