/** What main says about the text, a moment after the last key. */
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Failure } from '../../../shared/failure';
import type { RunbookCheck } from '../../../shared/runbooks/requests';
import { LONGEST_FILE } from '../../../shared/runbooks/read-runbook';
import { ask, toFailure } from '../../bridge';

/** From the last key to the check, ms. */
const PAUSE_MS = 300;

export interface Checked {
  /** Null until the first answer. */
  check: RunbookCheck | null;
  /** The answer is about an earlier text. */
  stale: boolean;
  failure: Failure | null;
}

export function useCheck(text: string): Checked {
  const [asked] = useDebouncedValue(text, PAUSE_MS);
  const tooLong = asked.length > LONGEST_FILE;
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['runbooks.check', asked],
    enabled: !tooLong,
    // The same text has the same mistakes; old ones need not be kept.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 10_000,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: () => ask('runbooks.check', asked),
  });
  if (tooLong) return { check: longCheck, stale: false, failure: null };
  return {
    check: data ?? null,
    stale: isPlaceholderData || asked !== text,
    failure: error === null ? null : toFailure(error, 'runbooks.check'),
  };
}

const longCheck: RunbookCheck = {
  name: null,
  class: null,
  problems: [
    {
      line: null,
      column: null,
      path: '',
      message: `The text has more than ${LONGEST_FILE / 1_024} KB.`,
    },
  ],
};
