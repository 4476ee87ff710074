import type { Expression } from './expression';
import { textOf } from './functions';
import { PlainRow, type Row } from './row';

/** What changes from message to message, by kind; the first that fits wins. */
const KINDS: readonly (readonly [string, RegExp])[] = [
  ['UUID', /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi],
  ['Time', /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?Z?/g],
  ['IPAddress', /\b\d{1,3}(?:\.\d{1,3}){3}\b/g],
  ['String', /\b(?=[0-9a-f]*\d)(?=\d*[a-f])[0-9a-f]{8,}\b/gi],
  ['Number', /(?<![\p{L}<-])\d+(?:\.\d+)?/gu],
];
const MOST_PATTERNS = 5000;

/** A message with what changes replaced by numbered tokens, as the service's `pattern` writes them. */
export function messagePattern(message: string): string {
  let text = message;
  for (const [name, regex] of KINDS) text = text.replace(regex, `<${name}>`);
  let serial = 0;
  return text.replace(/<(UUID|Time|IPAddress|String|Number)>/g, (_all, name: string) => {
    serial += 1;
    return `<${name}-${serial}>`;
  });
}

function severityOf(pattern: string): string {
  if (/error|exception|fatal|fail/i.test(pattern)) return 'Error';
  return /warn/i.test(pattern) ? 'Warn' : 'Info';
}

/** Groups messages by pattern, the most frequent first. */
export function patternRows(from: Expression): { push(row: Row): void; rows(): Row[] } {
  const counts = new Map<string, number>();
  let total = 0;
  return {
    push(row) {
      const pattern = messagePattern(textOf(from.of(row)));
      total += 1;
      if (counts.has(pattern) || counts.size < MOST_PATTERNS) {
        counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
      }
    },
    rows: () =>
      [...counts]
        .sort((a, b) => b[1] - a[1])
        .map(([pattern, count]) => {
          const row = new PlainRow();
          row.set('@pattern', pattern);
          row.set('@sampleCount', count);
          row.set('@ratio', count / total);
          row.set('@severityLabel', severityOf(pattern));
          return row;
        }),
  };
}
