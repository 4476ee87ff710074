/** Saved searches in the search bar: found by a few letters, run at one click. */
import { Button } from '@mantine/core';
import { IconBookmark } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { openSavedDialog, useSaved, useSavedKept } from './saved-list';

const SavedDialogs = lazy(async () => ({
  default: (await import('./SavedDialogs')).SavedDialogs,
}));

export function SavedSearchMenu() {
  useSavedKept();
  const open = useSaved(({ dialog }) => dialog !== null);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        aria-haspopup="dialog"
        leftSection={<IconBookmark size={14} aria-hidden />}
        onClick={() => openSavedDialog({ kind: 'list' })}
      >
        Saved
      </Button>
      {open && (
        <Suspense fallback={null}>
          <SavedDialogs />
        </Suspense>
      )}
    </>
  );
}
