import { expect, it } from 'vitest';
import { journalBanner, journalNotesBanner } from '../../../src/main/notify/notifier-banners';

it('shows what was put right when the journal was opened, once', () => {
  expect(journalNotesBanner([], null)).toBeNull();
  const torn = 'An entry cut off by a crash was moved from the journal to x.';
  const restored = 'The journal file y had lost its last 2 entries; they were restored.';
  expect(journalNotesBanner([torn], null)).toMatchObject({
    level: 'info',
    text: torn,
    dismissible: true,
  });
  // What the error banner says already is not said twice.
  expect(journalBanner(restored)?.text).toBe(restored);
  expect(journalNotesBanner([torn, restored], restored)?.text).toBe(torn);
  expect(journalNotesBanner([restored], restored)).toBeNull();
});
