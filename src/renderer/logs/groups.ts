/** The log groups of every connection, as main tells them. */
import { create } from 'zustand';
import type { GroupListing, GroupSource, LogGroup } from '../../shared/logs/groups';
import { ask, listen } from '../bridge';
import { showFailure } from '../stores/toasts';

interface Groups {
  sources: readonly GroupSource[];
  groups: readonly LogGroup[];
  /** Something was told: an empty list is an answer then. */
  told: boolean;
}

export const useGroups = create<Groups>()(() => ({ sources: [], groups: [], told: false }));

function take({ sources, groupsJson }: GroupListing): void {
  // Main's own words: their shape is the contract's.
  const groups: LogGroup[] = JSON.parse(groupsJson);
  useGroups.setState({ sources, groups, told: true });
}

let hearing = false;

/** Hears of the groups from now on; the first time main begins to ask for them. */
export function wantGroups(): void {
  if (hearing) return;
  hearing = true;
  listen('logs.groups', take);
  ask('logs.groups', undefined)
    .then(take)
    .catch((error: unknown) => {
      hearing = false;
      showFailure(error, 'logs.groups');
    });
}

export function refreshGroups(): void {
  ask('logs.refreshGroups', undefined).catch((error: unknown) =>
    showFailure(error, 'logs.refreshGroups'),
  );
}
