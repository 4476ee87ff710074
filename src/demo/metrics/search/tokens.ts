/** Parts of a name as CloudWatch splits them: camel case, digits, and whatever is neither letter nor digit. */
const PART = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|\p{L}+/gu;

/** The tokens of a text, lower case, in order. */
export const tokensOf = (text: string): string[] =>
  [...text.matchAll(PART)].map(([part]) => part.toLowerCase());

/** Whether tokens occur one after the other in a name's; one token alone also matches the name as a whole. */
export function containsTokens(name: string, wanted: readonly string[]): boolean {
  const [first] = wanted;
  if (first === undefined) return false;
  const tokens = tokensOf(name);
  if (wanted.length === 1 && tokens.join('') === first) return true;
  return tokens.some((_, at) => wanted.every((token, offset) => tokens[at + offset] === token));
}
