/** Every runbook there is: for the alarm first, then folder by folder or tag by tag. */
import { ActionIcon, Menu, TextInput } from '@mantine/core';
import { IconDots, IconFolderMinus, IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import type { AlarmRow } from '../../../shared/alarms/alarm';
import type { RunbookEntry } from '../../../shared/runbooks/listing';
import { isFiring } from '../../alarms/filter';
import { ask } from '../../bridge';
import { useAlarms } from '../../stores/alarms';
import { showFailure } from '../../stores/toasts';
import { safeText } from '../../ui/safe-text';
import { importedDraft, keyOf, useUnsaved } from '../editor/drafts';
import { beingWritten, belongingWords, firingOf, sectionsOf } from '../list-model';
import type { ListSection, WrittenLine } from '../list-model';
import { loadRunbooks, useRunbookListing } from '../listing-store';
import { useRunbooks } from '../store';
import { ClassTag } from './ClassTag';
import classes from './page.module.css';
import { NewMenuItems } from './NewMenuItems';
import { useBelonging } from './use-belonging';

const ImportDialog = lazy(async () => ({
  default: (await import('../editor/ImportDialog')).ImportDialog,
}));

async function addFolder(): Promise<void> {
  try {
    useRunbookListing.setState({ listing: await ask('runbooks.addFolder', undefined) });
  } catch (error) {
    showFailure(error, 'runbooks.addFolder');
  }
}

async function removeFolder(path: string): Promise<void> {
  try {
    useRunbookListing.setState({ listing: await ask('runbooks.removeFolder', path) });
  } catch (error) {
    showFailure(error, 'runbooks.removeFolder');
  }
}

function Tools() {
  const filter = useRunbooks((state) => state.filter);
  const groupBy = useRunbooks((state) => state.groupBy);
  const { search, group, write } = useRunbooks.getState();
  const [importing, setImporting] = useState(false);
  const more = useRef<HTMLButtonElement>(null);
  return (
    <div className={classes['tools']}>
      <TextInput
        size="xs"
        type="search"
        id="runbook-filter"
        aria-label="Filter runbooks"
        placeholder="Filter runbooks"
        leftSection={<IconSearch size={14} aria-hidden />}
        value={filter}
        onChange={(event) => search(event.currentTarget.value)}
      />
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <ActionIcon ref={more} variant="default" size={30} aria-label="More of runbooks">
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <NewMenuItems onImport={() => setImporting(true)} />
          <Menu.Divider />
          <Menu.Item onClick={() => void addFolder()}>Add a folder…</Menu.Item>
          <Menu.Item onClick={() => group(groupBy === 'folder' ? 'tag' : 'folder')}>
            {groupBy === 'folder' ? 'List by tag' : 'List by folder'}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {importing && (
        <Suspense fallback={null}>
          <ImportDialog
            onClose={() => {
              setImporting(false);
              // The menu's line that asked for it is gone.
              more.current?.focus();
            }}
            onImport={(text, name) => {
              setImporting(false);
              write(importedDraft(text, name));
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

function EntryButton({ entry, firing }: { entry: RunbookEntry; firing: readonly AlarmRow[] }) {
  const chosen = useRunbooks(({ runId, draft, chosenId }) =>
    draft === null ? runId === null && chosenId === entry.id : draft.id === entry.id,
  );
  const unsaved = useUnsaved((state) => state.unsaved.has(entry.id));
  const [first] = entry.problems;
  const broken = entry.runbook === null;
  const words = broken ? '' : belongingWords(firingOf(entry, firing));
  return (
    <li>
      <button
        type="button"
        className={classes['entry']}
        aria-current={chosen ? 'true' : undefined}
        onClick={() => useRunbooks.getState().choose(entry.id)}
      >
        <span className={classes['entryName']}>{safeText(entry.name)}</span>
        {!broken && <ClassTag of={entry.class} />}
        {broken && first !== undefined && (
          <span className={classes['entryNote']} data-trouble="true">
            {first.line === null ? '' : `Line ${first.line}: `}
            {safeText(first.message)}
          </span>
        )}
        {words !== '' && <span className={classes['entryNote']}>{words}</span>}
        {unsaved && <span className={classes['entryNote']}>not saved</span>}
      </button>
    </li>
  );
}

function WrittenButton({ line }: { line: WrittenLine }) {
  const { key, name, fileName, unsaved } = line;
  const chosen = useRunbooks(({ draft }) => draft !== null && keyOf(draft) === key);
  return (
    <li>
      <button
        type="button"
        className={classes['entry']}
        aria-current={chosen ? 'true' : undefined}
        onClick={() => useRunbooks.getState().write(unsaved.draft)}
      >
        <span className={classes['entryName']}>{safeText(name === '' ? fileName : name)}</span>
        <span className={classes['entryNote']}>
          not saved{name === '' ? '' : ` · ${safeText(fileName)}`}
        </span>
      </button>
    </li>
  );
}

/** What is in no file yet: only here is it seen. */
function BeingWritten() {
  const unsaved = useUnsaved((state) => state.unsaved);
  const listing = useRunbookListing((state) => state.listing);
  const filter = useRunbooks((state) => state.filter);
  const lines = useMemo(() => beingWritten(unsaved, listing, filter), [unsaved, listing, filter]);
  if (lines.length === 0) return null;
  return (
    <section aria-label="Being written">
      <h2 className={classes['sectionHead']}>
        <span>Being written</span>
      </h2>
      <ul className={classes['entries']}>
        {lines.map((line) => (
          <WrittenButton key={line.key} line={line} />
        ))}
      </ul>
    </section>
  );
}

function Section({ section, firing }: { section: ListSection; firing: readonly AlarmRow[] }) {
  const { title, path, problem, removable, entries } = section;
  return (
    <section aria-label={safeText(title)}>
      <h2 className={classes['sectionHead']} title={path === null ? undefined : safeText(path)}>
        <span>{safeText(title)}</span>
        {removable && path !== null && (
          <ActionIcon
            size="xs"
            variant="subtle"
            color="gray"
            aria-label={`Take ${safeText(title)} off the list; its files stay`}
            title="Take the folder off the list; its files stay"
            onClick={() => void removeFolder(path)}
          >
            <IconFolderMinus size={13} aria-hidden />
          </ActionIcon>
        )}
      </h2>
      {problem !== null && (
        <p className={classes['note']} role="alert">
          {safeText(problem)}
        </p>
      )}
      {problem === null && entries.length === 0 && (
        <p className={classes['note']}>No runbook lies in this folder yet.</p>
      )}
      <ul className={classes['entries']}>
        {entries.map((entry) => (
          <EntryButton key={entry.id} entry={entry} firing={firing} />
        ))}
      </ul>
    </section>
  );
}

export function RunbookList() {
  const { listing, failure } = useRunbookListing();
  const filter = useRunbooks((state) => state.filter);
  const groupBy = useRunbooks((state) => state.groupBy);
  const index = useAlarms((state) => state.index);
  const firing = useMemo(() => index.byName.filter(isFiring), [index]);
  const belonging = useBelonging();
  const sections = useMemo(
    () => (listing === null ? [] : sectionsOf(listing, filter, groupBy, belonging)),
    [listing, filter, groupBy, belonging],
  );
  return (
    <section className={classes['list']} aria-label="All runbooks">
      <Tools />
      <div className={classes['scroller']}>
        {failure !== null && (
          <p className={classes['note']} role="alert">
            {safeText(failure.message)} {safeText(failure.advice)}{' '}
            <button type="button" onClick={() => void loadRunbooks()}>
              Try again
            </button>
          </p>
        )}
        {listing === null && failure === null && <p className={classes['note']}>Loading…</p>}
        {listing !== null && sections.length === 0 && (
          <p className={classes['note']}>No runbook is called that.</p>
        )}
        <BeingWritten />
        {sections.map((section) => (
          <Section key={section.id} section={section} firing={firing} />
        ))}
      </div>
    </section>
  );
}
