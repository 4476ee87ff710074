/** Mistakes in a CloudWatch filter pattern that can be told before it is sent. */

const pairs: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/** A sentence, or null where CloudWatch is to judge. */
export function patternMistake(pattern: string): string | null {
  const text = pattern.trim();
  if (text === '') return null;
  if (text.length > 1_024) return 'A filter pattern may have 1,024 characters.';
  const close = pairs[text[0] ?? ''];
  if (close !== undefined && !text.endsWith(close)) {
    return `A pattern that begins with ${text[0] ?? ''} ends with ${close}.`;
  }
  const unclosed = unclosedIn(text);
  if (unclosed !== null) return unclosed;
  if (close === undefined) return wordsMistake(text);
  return close === '}' ? jsonMistake(text.slice(1, -1).trim()) : null;
}

/** Quotes, and `%` around regular expressions. */
function unclosedIn(text: string): string | null {
  let open: { mark: '"' | '%'; at: number } | null = null;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === '\\') at += 1;
    else if (letter !== '"' && letter !== '%') continue;
    else if (open === null) open = { mark: letter, at };
    else if (open.mark === letter) open = null;
  }
  if (open === null) return null;
  const what = open.mark === '"' ? 'The quotation mark' : 'The regular expression’s %';
  return `${what} at ${open.at + 1} is not closed.`;
}

function wordsMistake(text: string): string | null {
  const bare = text.replace(/"(?:\\.|[^"\\])*"|%(?:\\.|[^%\\])*%/g, '_');
  const odd = /[^\w\s?\-.:/@#&*=,;()'<>!|+$\\[\]{}]/u.exec(bare);
  if (odd !== null && !/[^\u0000-\u007f]/.test(odd[0])) {
    return `Put words with ${odd[0]} in quotation marks.`;
  }
  if (/^-\S+$/.test(bare) || /\s-\s/.test(bare)) {
    return /\s-\s/.test(bare) ? 'A minus belongs to the word after it: -word.' : null;
  }
  return null;
}

function jsonMistake(inner: string): string | null {
  if (inner === '') return 'Say what is asked of the fields: { $.level = "error" }.';
  if (!inner.includes('$')) return 'Fields begin with $: { $.level = "error" }.';
  if (/(^|[^&])&([^&]|$)/.test(outsideQuotes(inner))) return 'And is written &&.';
  if (/(^|[^|])\|([^|]|$)/.test(outsideQuotes(inner))) return 'Or is written ||.';
  if (/==/.test(outsideQuotes(inner))) return 'Equality is one = sign.';
  if (depth(outsideQuotes(inner)) !== 0) return 'The parentheses do not match.';
  return null;
}

const outsideQuotes = (text: string): string =>
  text.replace(/"(?:\\.|[^"\\])*"|%(?:\\.|[^%\\])*%/g, '""');

const depth = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (letter === '(' ? 1 : letter === ')' ? -1 : 0), 0);
