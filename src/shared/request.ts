import type { z } from 'zod';

/** An argument schema, carrying the type of its result. */
export interface Request<A extends z.ZodType, R> {
  args: A;
  /** Phantom: only its type is used. */
  result?: { type: R };
}

export const returns =
  <R>() =>
  <A extends z.ZodType>(args: A): Request<A, R> => ({ args });
