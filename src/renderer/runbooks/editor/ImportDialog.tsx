/** A runbook begun from what a team has already: an SSM Automation document, or a checklist in Markdown. */
import { Button, FileButton, Modal, SegmentedControl, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import {
  formatOf,
  importFormats,
  importRunbook,
} from '../../../shared/runbooks/import/import-runbook';
import type { ImportFormat } from '../../../shared/runbooks/import/import-runbook';
import type { Imported } from '../../../shared/runbooks/import/imported';
import { LONGEST_DOCUMENT } from '../../../shared/runbooks/import/imported';
import { toFailure } from '../../bridge';
import { safeText } from '../../ui/safe-text';
import { useFocusBack } from '../use-focus-back';
import classes from './editor.module.css';

interface Props {
  onClose(): void;
  /** @param name what the document calls itself, or its file */
  onImport(text: string, name: string): void;
}

const formatWords: Readonly<Record<ImportFormat, string>> = {
  automation: 'SSM Automation document',
  markdown: 'Markdown checklist',
};

const isFormat = (value: string): value is ImportFormat =>
  importFormats.some((one) => one === value);

/** From the last key to reading it, ms. */
const PAUSE_MS = 300;

interface Opened {
  text: string;
  fileName: string;
}

export function ImportDialog({ onClose, onImport }: Props) {
  useFocusBack();
  const [opened, setOpened] = useState<Opened>({ text: '', fileName: '' });
  const [chosen, setChosen] = useState<ImportFormat | null>(null);
  const [unread, setUnread] = useState<string | null>(null);
  const [{ text, fileName }] = useDebouncedValue(opened, PAUSE_MS);
  const format = chosen ?? formatOf(text, fileName);
  const imported = useMemo(
    () => (text.trim() === '' ? null : importRunbook(format, text, fileName)),
    [format, text, fileName],
  );
  const open = (next: Opened): void => {
    setUnread(null);
    setOpened(next);
  };
  const openFile = async (file: File | null): Promise<void> => {
    if (file === null) return;
    try {
      // Longer ones are refused: there is no need to read all of a file that is.
      open({ text: await file.slice(0, 4 * LONGEST_DOCUMENT).text(), fileName: file.name });
    } catch (error) {
      setUnread(`The file cannot be read: ${toFailure(error, 'runbooks.import').message}`);
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title="Import into a new runbook"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className={classes['importHead']}>
        <SegmentedControl
          size="xs"
          aria-label="What is imported"
          value={format}
          data={importFormats.map((one) => ({ value: one, label: formatWords[one] }))}
          onChange={(value) => setChosen(isFormat(value) ? value : null)}
        />
        <span className={classes['space']} />
        <FileButton
          accept=".json,.yaml,.yml,.md,.markdown,.txt"
          onChange={(file) => void openFile(file)}
        >
          {(props) => (
            <Button {...props} variant="default" size="xs">
              Choose a file…
            </Button>
          )}
        </FileButton>
      </div>
      <Textarea
        aria-label={formatWords[format]}
        placeholder="Or paste it here"
        size="xs"
        minRows={6}
        maxRows={12}
        autosize
        spellCheck={false}
        data-autofocus
        classNames={{ input: classes['mono'] ?? '' }}
        value={opened.text}
        onChange={({ currentTarget: { value } }) => open({ ...opened, text: value })}
      />
      {unread !== null && (
        <p className={classes['wrong']} role="alert">
          {safeText(unread)}
        </p>
      )}
      {imported !== null && <Result imported={imported} />}
      <div className={classes['buttons']}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          disabled={imported?.ok !== true || opened.text !== text}
          onClick={() => imported?.ok === true && onImport(imported.text, imported.name)}
        >
          Put it in the editor
        </Button>
      </div>
    </Modal>
  );
}

function Result({ imported }: { imported: Imported }) {
  if (!imported.ok) {
    return (
      <div className={classes['lost']} role="alert">
        <ul aria-label="Why it cannot be imported">
          {imported.problems.map(({ line, column, message }) => (
            <li key={`${line} ${column} ${message}`}>
              {line === null ? '' : `Line ${line}${column === null ? '' : `, column ${column}`}: `}
              {safeText(message)}
            </li>
          ))}
        </ul>
      </div>
    );
  }
  const { lost } = imported;
  if (lost.length === 0) {
    return (
      <p className={classes['found']} role="status">
        All of it can be said in a runbook.
      </p>
    );
  }
  return (
    <>
      <p className={classes['found']} role="status">
        {lost.length === 1
          ? 'One part could not be said as it was:'
          : `${lost.length} parts could not be said as they were:`}
      </p>
      <div
        className={classes['lost']}
        role="region"
        aria-label="What could not be said"
        tabIndex={0}
      >
        <ul>
          {lost.map(({ line, message }, at) => (
            <li key={`${at} ${message}`}>
              {line === null ? '' : `Line ${line}: `}
              {safeText(message)}
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}
