/** Lucene's regular expressions, which match a whole value, as ordinary ones. */

/** Null for what only Lucene knows: `~ & < > @ # "` as operators. */
export function luceneRegex(pattern: string): string | null {
  let source = '';
  let inClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const letter = pattern.charAt(at);
    if (letter === '\\') {
      at += 1;
      const next = pattern.charAt(at);
      if (next === '') return null;
      source += /\w/.test(next) ? (/[dDsSwW]/.test(next) ? `\\${next}` : next) : plain(next);
      continue;
    }
    if (inClass) inClass = letter !== ']';
    else if (letter === '[') inClass = true;
    else if (/[~&<>@#"]/.test(letter)) return null;
    else if (letter === '^' || letter === '$') {
      source += `\\${letter}`;
      continue;
    } else if (letter === '(' && pattern.charAt(at + 1) === '?') return null;
    source += letter === '.' && !inClass ? '[\\s\\S]' : coded(letter);
  }
  const whole = `^(?:${source})$`;
  try {
    RegExp(whole);
    return whole;
  } catch {
    // What is no expression for us either is said to be one only Lucene knows.
    return null;
  }
}

const plain = (letter: string): string => (/[\s/"]/.test(letter) ? coded(letter) : `\\${letter}`);

/** The filter's text cannot hold white space within an expression of a field. */
function coded(letter: string): string {
  if (!/\s/.test(letter)) return letter;
  const code = letter.charCodeAt(0);
  return code < 0x80 ? `\\x${code.toString(16).padStart(2, '0')}` : '\\s';
}
