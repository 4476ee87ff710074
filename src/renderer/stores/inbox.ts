/** Everything the engineer was told or should have been, newest first. */
import { create } from 'zustand';
import type { InboxItem } from '../../shared/incidents/incident';

interface Inbox {
  items: InboxItem[];
  unread: number;
  apply(items: InboxItem[]): void;
}

export const useInbox = create<Inbox>()((set) => ({
  items: [],
  unread: 0,
  apply: (given) => {
    const items = given.toSorted((a, b) => b.at - a.at);
    set({ items, unread: items.filter((item) => !item.read).length });
  },
}));
