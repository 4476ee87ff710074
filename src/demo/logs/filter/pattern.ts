import { jsonPattern } from './json-pattern';
import { delimitedPattern } from './delimited-pattern';
import { PatternError } from './pattern-error';
import { termPattern } from './term-pattern';

export { PatternError } from './pattern-error';

/** A filter pattern ready to be used. */
export interface Pattern {
  matches(message: string): boolean;
  /** The fields TestMetricFilter shows: named and numbered ones of space-delimited patterns, selectors of JSON ones. */
  extract(message: string): Record<string, string>;
}

const LONGEST = 1024;

const everything: Pattern = { matches: () => true, extract: () => ({}) };

/**
 * Reads a filter pattern: terms, JSON in braces, space-delimited fields in brackets.
 * Throws `PatternError` in AWS's words.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function parsePattern(text: string): Pattern {
  if (text.length > LONGEST) {
    throw new PatternError(
      `1 validation error detected: Value '${text}' at 'filterPattern' failed to satisfy constraint: Member must have length less than or equal to ${LONGEST}`,
    );
  }
  const trimmed = text.trim();
  if (trimmed === '') return everything;
  if (trimmed.startsWith('{')) {
    if (!trimmed.endsWith('}')) {
      throw new PatternError("If a filter pattern starts with '{' it must end with '}'");
    }
    return jsonPattern(trimmed.slice(1, -1));
  }
  if (trimmed.startsWith('[')) {
    if (!trimmed.endsWith(']')) {
      throw new PatternError("If a filter pattern starts with '[' it must end with ']'");
    }
    return delimitedPattern(trimmed.slice(1, -1));
  }
  return termPattern(trimmed);
}
