/** Parts of a name as CloudWatch splits them: camel case, digits, and whatever is neither letter nor digit. */
const PART = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|\p{L}+/gu;

const partsOf = (text: string): string[] => [...text.matchAll(PART)].map(([part]) => part);

/** The tokens of a text, lower case, in order. */
export const tokensOf = (text: string): string[] => partsOf(text).map((part) => part.toLowerCase());

interface Wanted {
  part: string;
  lower: string;
  /** Part of a word of several tokens: `Count1` is found, `count1` is not. */
  exactCase: boolean;
}

/** Makes a test of names for a search term: its tokens occur in a name, one after the other. */
export function partialMatch(term: string): (name: string) => boolean {
  const wanted = term
    .split(/[^\p{L}\p{N}]+/u)
    .map(partsOf)
    .flatMap((parts) =>
      parts.map((part): Wanted => ({
        part,
        lower: part.toLowerCase(),
        exactCase: parts.length > 1,
      })),
    );
  const [first] = wanted;
  if (first === undefined) return () => false;
  return (name) => {
    const parts = partsOf(name);
    const lower = parts.map((part) => part.toLowerCase());
    // One token alone is also found as the name as a whole, without its delimiters.
    if (wanted.length === 1 && lower.join('') === first.lower) return true;
    return parts.some((_, at) =>
      wanted.every((one, offset) =>
        one.exactCase ? parts[at + offset] === one.part : lower[at + offset] === one.lower,
      ),
    );
  };
}
