/** The elements a step runs for, one by one. */
import { FailureError } from '../../shared/failure';
import { invalid } from './action-values';

const MOST_ELEMENTS = 500;

/** Of what `forEach` gave. @throws FailureError where there are too many */
export function elementsOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  // What JSONata gives is a list with marks of its own.
  const list: unknown[] = Array.isArray(value) ? Array.from(value) : [value];
  if (list.length <= MOST_ELEMENTS) return list;
  throw new FailureError({
    ...invalid(`The list has ${list.length} elements; at most ${MOST_ELEMENTS} are run.`),
    advice: 'Narrow the list in the file, or run it for one part after another.',
  });
}

/** As a person reads it. */
export const elementWords = (element: unknown): string =>
  typeof element === 'string' ? element : (JSON.stringify(element) ?? '');
