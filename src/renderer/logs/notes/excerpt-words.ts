/** What a bookmarked line says, read out of its beginning: the rest of the line is not kept. */
import { stripAnsi } from '../../../shared/logs/ansi';
import { mendGarbled } from '../../../shared/logs/garbled';

/** A message in JSON that may end anywhere, even within it. */
const message = /"(?:message|msg|errorMessage|log)"\s*:\s*"((?:[^"\\]|\\.)+)/;

/** The message of a JSON line as far as it is there, else the line. */
export function excerptWords(excerpt: string): string {
  const found = excerpt.trimStart().startsWith('{') ? message.exec(excerpt)?.[1] : undefined;
  const text = stripAnsi(found === undefined ? excerpt : unescaped(found));
  return mendGarbled(text)?.text ?? text;
}

function unescaped(text: string): string {
  try {
    const value: unknown = JSON.parse(`"${text.replace(/[\u0000-\u001f]/g, ' ')}"`);
    return typeof value === 'string' ? value : text;
  } catch {
    // Cut within \uXXXX.
    return text;
  }
}
