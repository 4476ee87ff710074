/** What is wrong with a filter pattern, in AWS's words. */
export class PatternError extends Error {
  override name = 'PatternError';
}

export const invalidPattern = (): PatternError => new PatternError('Invalid filter pattern');

export const invalidTerm = (term: string): PatternError =>
  new PatternError(`Invalid character(s) in term '${term}'`);
