import { z } from 'zod';
import { hashText } from '../random';

const tokenSchema = z.object({ f: z.number(), k: z.string() });

/** An opaque token that resumes after `lastKey`, valid only for the same question. */
export const encodeToken = (question: unknown, lastKey: string): string =>
  Buffer.from(
    JSON.stringify({ f: hashText(JSON.stringify(question), 7), k: lastKey }),
    'utf8',
  ).toString('base64url');

/** The key to resume after. Throws `invalid()` for a token that was not given for this question. */
export function decodeToken(question: unknown, token: string, invalid: () => Error): string {
  let raw: unknown;
  try {
    raw = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
  } catch {
    throw invalid();
  }
  const parsed = tokenSchema.safeParse(raw);
  if (!parsed.success || parsed.data.f !== hashText(JSON.stringify(question), 7)) throw invalid();
  return parsed.data.k;
}

/** Index of the first element whose key is after `key` in a list sorted by key. */
export function indexAfter<T>(
  sorted: readonly T[],
  keyOf: (item: T) => string,
  key: string,
): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = sorted[middle];
    if (item !== undefined && keyOf(item) <= key) low = middle + 1;
    else high = middle;
  }
  return low;
}
