/** Puts quotes around `‹Name›` where it stands bare in JSON text, as in `"period": ‹Period›`. */
export function quoteOpen(text: string): string {
  if (!text.includes('‹')) return text;
  const pieces: string[] = [];
  let from = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (quoted && char === '\\') at += 1;
    else if (char === '"') quoted = !quoted;
    else if (char === '‹' && !quoted) {
      const end = text.indexOf('›', at);
      if (end === -1) break;
      pieces.push(text.slice(from, at), '"', text.slice(at, end + 1), '"');
      from = end + 1;
      at = end;
    }
  }
  pieces.push(text.slice(from));
  return pieces.join('');
}
