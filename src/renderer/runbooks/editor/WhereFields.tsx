/** In which folder, and under what name, a new runbook will lie. */
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { RunbookFolder, RunbookListing } from '../../../shared/runbooks/listing';
import { ask } from '../../bridge';
import { showFailure } from '../../stores/toasts';
import { safeText } from '../../ui/safe-text';
import { useRunbookListing } from '../listing-store';
import { ownFolders } from './drafts';
import classes from './editor.module.css';
import { fileNameProblem } from './file-names';

interface Props {
  folder: string | null;
  fileName: string;
  onFolder(folder: string): void;
  onFileName(fileName: string): void;
}

const pathsOf = (listing: RunbookListing | null): string[] =>
  ownFolders(listing).map(({ path }) => path);

const optionOf = ({ path, problem }: RunbookFolder) => ({
  value: path,
  label: safeText(path),
  disabled: problem !== null,
});

export function WhereFields({ folder, fileName, onFolder, onFileName }: Props) {
  const listing = useRunbookListing((state) => state.listing);
  const add = useMutation({
    // What there was before it was asked: the listing is told anew before the answer comes.
    onMutate: () => pathsOf(useRunbookListing.getState().listing),
    mutationFn: () => ask('runbooks.addFolder', undefined),
    onSuccess: (now, _, before) => {
      const added = pathsOf(now).find((path) => !before.includes(path));
      useRunbookListing.setState({ listing: now, failure: null });
      if (added !== undefined) onFolder(added);
    },
    onError: (error) => showFailure(error, 'runbooks.addFolder'),
  });
  const folders = ownFolders(listing);
  return (
    <div className={classes['where']}>
      {folders.length > 0 && (
        <NativeSelect
          size="xs"
          label="Folder"
          value={folder ?? ''}
          data={[
            ...(folder === null ? [{ value: '', label: 'Choose a folder' }] : []),
            ...folders.map((one) => optionOf(one)),
          ]}
          onChange={({ currentTarget: { value } }) => value !== '' && onFolder(value)}
        />
      )}
      <Button size="xs" variant="default" loading={add.isPending} onClick={() => add.mutate()}>
        Add a folder…
      </Button>
      <TextInput
        size="xs"
        label="File name"
        w={280}
        value={fileName}
        error={fileNameProblem(fileName)}
        onChange={({ currentTarget: { value } }) => onFileName(value)}
      />
      {folders.length === 0 && (
        <p className={classes['state']}>Runbooks are saved into a folder of yours: add one.</p>
      )}
    </div>
  );
}
