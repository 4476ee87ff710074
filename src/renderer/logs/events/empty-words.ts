/** Why there is no line to show; what was not read is never called empty. */
import type { GroupProgress } from '../../../shared/logs/search';

const number = (value: number): string => value.toLocaleString('en');

export interface Emptiness {
  /** What has been read; null where that cannot be said, as of a tail. */
  coverage: readonly Pick<GroupProgress, 'phase'>[] | null;
  /** A pattern was sent along. */
  hasPattern: boolean;
}

/** Of a search or tail that has ended and found nothing. */
export function emptyWords({ coverage, hasPattern }: Emptiness): string {
  if (coverage === null) return 'No event came while it was followed.';
  const unread = coverage.filter(({ phase }) => phase !== 'done');
  if (unread.length === 0) {
    return hasPattern ? 'No event in this time fits the pattern.' : 'No events in this time.';
  }
  const failed = unread.filter(({ phase }) => phase === 'failed').length;
  const groups = `${number(unread.length)} of ${number(coverage.length)} groups`;
  const missing =
    coverage.length === 1
      ? `The group ${failed > 0 ? 'could not be' : 'was not'} read whole`
      : `${groups} ${failed === unread.length ? 'could not be' : unread.length === 1 ? 'was not' : 'were not'} read whole`;
  return `${missing}, so there may be events. None was found in what was read.`;
}

/** The engine that held the lines has been started again. */
export const goneWords = (isSearch: boolean): string =>
  isSearch
    ? 'The log engine was started again, and what was found is gone. Resume fetches it again.'
    : 'The log engine was started again, and what was followed is gone. Follow again for what comes from now on.';
