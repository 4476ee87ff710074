import type { Banner } from '../../shared/ipc';

/** The banner while native notifications do not work; null while they do. */
export function notifierBanner(problem: string | null): Banner | null {
  if (problem === null) return null;
  return {
    id: 'notifier',
    level: 'error',
    text: `Notifications are not shown: ${problem}`,
    advice: 'New alarms are listed here and in the inbox. Keep this window in view.',
    action: { label: 'Try again', command: 'restart-notifier' },
    dismissible: false,
  };
}

/** The banner while the journal is damaged or cannot be written; null while it is well. */
export function journalBanner(problem: string | null): Banner | null {
  if (problem === null) return null;
  return {
    id: 'journal',
    level: 'error',
    text: problem,
    advice: 'Alarms are still shown and told. See the journal folder in the data directory.',
    action: null,
    dismissible: true,
  };
}
