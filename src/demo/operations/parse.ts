import type { z } from 'zod';
import { validationError } from '../errors';

/** Parses a request's body; what does not fit is AWS's validation (or serialisation) error. */
export function parseInput<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const count = parsed.error.issues.length;
  const sentences = parsed.error.issues.map((issue) => {
    const path = issue.path.map(String).map(lowerFirst).join('.');
    return `Value at '${path}' failed to satisfy constraint: ${constraint(issue)}`;
  });
  throw validationError(
    `${count} validation error${count === 1 ? '' : 's'} detected: ${sentences.join('; ')}`,
  );
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

function constraint(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && /received undefined/.test(issue.message)) {
    return 'Member must not be null';
  }
  if (issue.code === 'invalid_value') {
    return `Member must satisfy enum value set: [${issue.values.map(String).join(', ')}]`;
  }
  return issue.message;
}
