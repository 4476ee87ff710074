import { z } from 'zod';
import type { RegionStore } from '../../region';
import type { LogGroup } from '../../logs/log-group';
import { parsePattern, PatternError, type Pattern } from '../../logs/filter/pattern';
import { invalidParameter, logsValidation, noSuchGroup } from './errors';

/** Parses a body; what does not fit is InvalidParameterException in the words of AWS's validation. */
export function parseLogsInput<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const sentences = parsed.error.issues.map((issue) => {
    const path = issue.path.map(String).join('.');
    const value = JSON.stringify(valueAt(body, issue.path))?.replace(/^"|"$/g, '') ?? 'null';
    return `Value '${value}' at '${path}' failed to satisfy constraint: ${constraintOf(issue)}`;
  });
  throw invalidParameter(
    `${sentences.length} validation error${sentences.length === 1 ? '' : 's'} detected: ${sentences.join('; ')}`,
  );
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  let here = body;
  for (const step of path) {
    here = typeof here === 'object' && here !== null ? Reflect.get(here, step) : undefined;
  }
  return here;
}

function constraintOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && /received undefined/.test(issue.message)) {
    return 'Member must not be null';
  }
  if (issue.code === 'invalid_value') {
    return `Member must satisfy enum value set: [${issue.values.map(String).join(', ')}]`;
  }
  const size =
    issue.code === 'too_big'
      ? ['less', issue.maximum]
      : issue.code === 'too_small'
        ? ['greater', issue.minimum]
        : null;
  if (size === null || !('origin' in issue)) return issue.message;
  const [order, limit] = size;
  return issue.origin === 'string' || issue.origin === 'array'
    ? `Member must have length ${order} than or equal to ${limit}`
    : `Member must have value ${order} than or equal to ${limit}`;
}

/** Name or ARN of a group, exactly one of them. */
export const groupFields = {
  logGroupName: z.string().optional(),
  logGroupIdentifier: z.string().optional(),
};

const NAME = /^[.\-_/#A-Za-z0-9]+$/;

/** The group a request names. Throws AWS's errors for none, both, or one that does not exist. */
export function groupOf(
  region: RegionStore,
  input: { logGroupName?: string | undefined; logGroupIdentifier?: string | undefined },
): LogGroup {
  const { logGroupName, logGroupIdentifier } = input;
  if (logGroupName !== undefined && logGroupIdentifier !== undefined) {
    throw logsValidation('LogGroup name and LogGroup ARN are mutually exclusive parameters.');
  }
  const reference = logGroupName ?? logGroupIdentifier;
  if (reference === undefined) {
    throw logsValidation('Either LogGroup name or LogGroup ARN must be provided.');
  }
  checkName(logGroupName ?? '', 'logGroupName');
  const group = region.logs.find(reference);
  if (group === undefined) throw noSuchGroup();
  return group;
}

/** Names have at most 512 characters of a small alphabet. */
export function checkName(name: string, field: string): void {
  if (name.length > 512) {
    throw invalidParameter(
      'Invalid LogGroup or LogStream, both must have length less than or equal to 512.',
    );
  }
  if (field === 'logGroupName' && name !== '' && !NAME.test(name)) {
    throw invalidParameter(
      `1 validation error detected: Value '${name}' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+`,
    );
  }
}

/** A filter pattern, or AWS's error for one that does not parse. */
export function patternOf(text: string | undefined): Pattern {
  try {
    return parsePattern(text ?? '');
  } catch (cause) {
    if (cause instanceof PatternError) throw invalidParameter(cause.message);
    throw cause;
  }
}
