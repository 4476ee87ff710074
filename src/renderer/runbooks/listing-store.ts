/** The runbooks there are, as main last said. */
import { useEffect } from 'react';
import { create } from 'zustand';
import type { Failure } from '../../shared/failure';
import type { RunbookEntry, RunbookListing } from '../../shared/runbooks/listing';
import { ask, listen, toFailure } from '../bridge';

interface ListingState {
  /** Null until the first answer. */
  listing: RunbookListing | null;
  failure: Failure | null;
}

export const useRunbookListing = create<ListingState>()(() => ({ listing: null, failure: null }));

let users = 0;
let end: (() => void) | null = null;

/** What main pushed meanwhile is newer than the answer and stays. */
export async function loadRunbooks(): Promise<void> {
  const before = useRunbookListing.getState().listing;
  try {
    const listing = await ask('runbooks.list', undefined);
    if (useRunbookListing.getState().listing !== before) return;
    useRunbookListing.setState({ listing, failure: null });
  } catch (error) {
    useRunbookListing.setState({ failure: toFailure(error, 'runbooks.list') });
  }
}

/** Keeps the listing fresh while somebody uses it. */
export function useRunbookListingKept(): void {
  useEffect(() => {
    users += 1;
    if (users === 1) {
      end = listen('runbooks.changed', (listing) =>
        useRunbookListing.setState({ listing, failure: null }),
      );
      void loadRunbooks();
    }
    return () => {
      users -= 1;
      if (users > 0) return;
      end?.();
      end = null;
    };
  }, []);
}

export const entryOf = (id: string | null): RunbookEntry | undefined =>
  id === null
    ? undefined
    : useRunbookListing.getState().listing?.entries.find((entry) => entry.id === id);

export function useEntry(id: string | null): RunbookEntry | undefined {
  return useRunbookListing((state) =>
    id === null ? undefined : state.listing?.entries.find((entry) => entry.id === id),
  );
}
