import { invalidTerm } from './pattern-error';

const ALLOWED = /^(?:[A-Za-z0-9:_#=@/;,^$?[\]{}|*+.\- ]|\\x[0-9A-Fa-f]{2}|\\.)+$/;

/** The regular expression between two percent signs. CloudWatch knows no groups and only some symbols. */
export function patternRegex(source: string): RegExp {
  if (!ALLOWED.test(source)) throw invalidTerm(`%${source}%`);
  try {
    return new RegExp(source);
  } catch (cause) {
    if (cause instanceof SyntaxError) throw invalidTerm(`%${source}%`);
    throw cause;
  }
}
