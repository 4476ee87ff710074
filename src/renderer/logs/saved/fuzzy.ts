/** Finds by a few letters: words in any order, each within a word or as letters in order. */

/** How well a word fits a text; 0 when not at all. */
function wordScore(word: string, text: string): number {
  const at = text.indexOf(word);
  if (at === 0) return 5;
  if (at > 0) return /[\s\-_/:(]/.test(text.charAt(at - 1)) ? 4 : 3;
  let from = 0;
  for (const letter of word) {
    const found = text.indexOf(letter, from);
    if (found === -1) return 0;
    from = found + letter.length;
  }
  // Letters strewn over a text say little, and over a long one nothing.
  return text.length <= 80 ? 1 : 0;
}

export interface Findable {
  name: string;
  /** Searched too, for less: descriptions, queries. */
  more: string;
}

/** Those that have every word, the best first; all, in their order, when nothing is typed. */
export function found<T>(items: readonly T[], typed: string, textOf: (item: T) => Findable): T[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...items];
  const scored = items.map((item, place) => {
    const { name, more } = textOf(item);
    const scores = words.map((word) => {
      const inName = wordScore(word, name.toLowerCase());
      return inName > 0 ? 2 * inName : more.toLowerCase().includes(word) ? 1 : 0;
    });
    const score = scores.includes(0) ? 0 : scores.reduce((sum, one) => sum + one, 0);
    return { item, place, score };
  });
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.place - b.place)
    .map(({ item }) => item);
}
