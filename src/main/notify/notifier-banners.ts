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

/**
 * What was put right when the journal was opened; null when nothing was.
 * @param problem what the journal's own banner says already
 */
export function journalNotesBanner(
  notes: readonly string[],
  problem: string | null,
): Banner | null {
  const news = notes.filter((note) => note !== problem);
  if (news.length === 0) return null;
  return {
    id: 'journal-notes',
    level: 'info',
    text: news.join(' '),
    advice: 'Nothing that was confirmed is lost; nothing needs to be done.',
    action: null,
    dismissible: true,
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
