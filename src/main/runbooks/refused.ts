import { FailureError } from '../../shared/failure';
import { invalid } from './action-values';

/** A wish that is not fulfilled, and what to do instead. */
export const refused = (message: string, advice: string): FailureError =>
  new FailureError({ ...invalid(message), advice });

export const runNotThere = (): FailureError =>
  new FailureError({
    ...invalid('This run is not there any more.'),
    kind: 'not-found',
    advice: 'See the list of runs.',
  });
