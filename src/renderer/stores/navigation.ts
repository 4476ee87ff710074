/** Where the engineer is: the view, the selected alarm and whether the inbox is open over it. */
import { create } from 'zustand';

export type View = 'alarms' | 'dashboards' | 'metrics' | 'logs' | 'runbooks' | 'settings';

interface Navigation {
  view: View;
  /** The alarm shown in the detail and highlighted in the list. */
  alarmKey: string | null;
  inboxOpen: boolean;
  show(view: View): void;
  /** Opens an alarm in the alarms view. */
  showAlarm(key: string | null): void;
  setInboxOpen(open: boolean): void;
}

export const useNavigation = create<Navigation>()((set) => ({
  view: 'alarms',
  alarmKey: null,
  inboxOpen: false,
  show: (view) => set({ view, inboxOpen: false }),
  showAlarm: (alarmKey) => set({ view: 'alarms', alarmKey, inboxOpen: false }),
  setInboxOpen: (inboxOpen) => set({ inboxOpen }),
}));
