/** The dashboards there are, as main last said. */
import { useEffect } from 'react';
import { create } from 'zustand';
import type { DashboardListing } from '../../shared/dashboards/listing';
import type { Failure } from '../../shared/failure';
import { ask, listen, toFailure } from '../bridge';

interface ListingState {
  /** Null until the first answer. */
  listing: DashboardListing | null;
  failure: Failure | null;
}

export const useListing = create<ListingState>()(() => ({ listing: null, failure: null }));

let users = 0;
let end: (() => void) | null = null;

export async function loadListing(): Promise<void> {
  try {
    useListing.setState({ listing: await ask('dashboards.list', undefined), failure: null });
  } catch (error) {
    useListing.setState({ failure: toFailure(error, 'dashboards.list') });
  }
}

/** Keeps the listing fresh while somebody uses it. */
export function useListingKept(): void {
  useEffect(() => {
    users += 1;
    if (users === 1) {
      end = listen('dashboards.changed', (listing) =>
        useListing.setState({ listing, failure: null }),
      );
      void loadListing();
    }
    return () => {
      users -= 1;
      if (users > 0) return;
      end?.();
      end = null;
    };
  }, []);
}
