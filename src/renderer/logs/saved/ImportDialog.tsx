/** Kibana's searches are read from a file or from what was pasted, shown with what cannot be said, and kept. */
import { Button, Checkbox, FileButton, Modal, SegmentedControl, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { importKibana } from '../../../shared/logs/kibana/import';
import type { ImportedSearch, ImportNote } from '../../../shared/logs/kibana/import';
import { groupsFor } from '../../../shared/logs/saved-search';
import type { SearchDraft } from '../../../shared/logs/saved-search';
import { ask, toFailure } from '../../bridge';
import { showToast } from '../../stores/toasts';
import { safeMultiline, safeText } from '../../ui/safe-text';
import { useGroups } from '../groups';
import { openSavedDialog } from './saved-list';
import classes from './saved.module.css';

type Kind = SearchDraft['kind'];

/** What is chosen of each search, by its place in the list. */
type Choices = Readonly<Record<number, { kind: Kind; taken: boolean }>>;

interface Opened {
  text: string;
  /** What now meant when it was opened (ms UTC). */
  nowMs: number;
}

function draftFor(search: ImportedSearch, kind: Kind): SearchDraft | null {
  const draft =
    kind === 'filter'
      ? (search.asFilter ?? search.asInsights)
      : (search.asInsights ?? search.asFilter);
  // An index that is no log group here: it is asked of the groups that are chosen.
  return draft !== null && isElsewhere(draft) ? { ...draft, groups: [] } : draft;
}

const isElsewhere = ({ groups }: SearchDraft): boolean =>
  groups.length > 0 && groupsFor(groups, useGroups.getState().groups).refs.length === 0;

/** What is to be known besides: where it will look. */
function notesOf({ notes, asFilter, asInsights }: ImportedSearch): readonly ImportNote[] {
  const draft = asFilter ?? asInsights;
  if (draft === null || !isElsewhere(draft)) return notes;
  const names = draft.groups.map(({ glob }) => glob).join(', ');
  const text = `No log group here is called ${names}: it looks in the groups that are chosen.`;
  return [...notes, { place: '', text, lost: false }];
}

export function ImportDialog({ onClose }: { onClose(): void }) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const [unread, setUnread] = useState<string | null>(null);
  const [choices, setChoices] = useState<Choices>({});
  const read = useMemo(
    () => (opened === null ? null : importKibana(opened.text, opened.nowMs)),
    [opened],
  );
  const open = (text: string): void => {
    setUnread(null);
    setChoices({});
    setOpened(text.trim() === '' ? null : { text, nowMs: Date.now() });
  };
  const searches = read?.ok === true ? read.searches : [];
  const drafts = searches.flatMap((search, at) => {
    const { kind, taken } = choices[at] ?? { kind: 'filter', taken: true };
    const draft = draftFor(search, kind);
    return taken && draft !== null ? [draft] : [];
  });
  const save = useMutation({
    mutationFn: async () => {
      for (const search of drafts) {
        await ask('logs.saveSearch', { id: null, source: 'imported', search });
      }
    },
    onSuccess: () => {
      const count = drafts.length;
      const text = `Imported ${count} ${count === 1 ? 'search' : 'searches'}`;
      showToast({ level: 'done', text, detail: null, action: null });
      openSavedDialog({ kind: 'list' });
    },
  });
  const failure = save.error === null ? null : toFailure(save.error, 'logs.saveSearch');
  const problem =
    unread ??
    (read?.ok === false ? `Line ${read.line}: ${read.message}` : null) ??
    (failure === null ? null : `${failure.message} ${failure.advice}`);
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title="Import searches from Kibana"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className={classes['fields']}>
        <div className={classes['importHead']}>
          <p className={classes['note']}>
            An export of saved objects, or a query as it is sent to Elasticsearch.
          </p>
          <FileButton
            accept=".ndjson,.json,.txt"
            onChange={(file) => {
              file?.text().then(open, (error: unknown) => {
                setUnread(
                  `The file cannot be read: ${toFailure(error, 'logs.saveSearch').message}`,
                );
              });
            }}
          >
            {(props) => (
              <Button {...props} variant="default" size="xs">
                Choose a file…
              </Button>
            )}
          </FileButton>
        </div>
        <Textarea
          aria-label="What Kibana exported"
          placeholder="Or paste it here"
          className={classes['mono']}
          size="xs"
          minRows={3}
          maxRows={6}
          autosize
          spellCheck={false}
          // A file of many searches is shown by what it holds, not as text.
          value={opened === null || opened.text.length > 20_000 ? '' : opened.text}
          onChange={(event) => open(event.currentTarget.value)}
        />
        {problem !== null && (
          <p className={classes['warn']} role="alert">
            {safeText(problem)}
          </p>
        )}
        {searches.length > 0 && (
          <div className={classes['found']} role="group" aria-label="Found in it">
            {searches.map((search, at) => (
              <Found
                key={`${search.place}|${search.name}`}
                search={search}
                choice={choices[at] ?? { kind: 'filter', taken: true }}
                onChoice={(choice) => setChoices((before) => ({ ...before, [at]: choice }))}
              />
            ))}
          </div>
        )}
        {read?.ok === true && <Notes notes={read.left} />}
        <div className={classes['actions']}>
          <Button variant="default" onClick={() => openSavedDialog({ kind: 'list' })}>
            Back
          </Button>
          <Button
            disabled={drafts.length === 0}
            loading={save.isPending}
            onClick={() => save.mutate()}
          >
            {drafts.length === 1 ? 'Keep 1 search' : `Keep ${drafts.length} searches`}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

interface FoundProps {
  search: ImportedSearch;
  choice: { kind: Kind; taken: boolean };
  onChoice(choice: { kind: Kind; taken: boolean }): void;
}

function Found({ search, choice, onChoice }: FoundProps) {
  const { name, asFilter, asInsights } = search;
  const draft = draftFor(search, choice.kind);
  const shown = safeText(name);
  return (
    <section className={classes['import']} aria-label={shown}>
      <div className={classes['importHead']}>
        <Checkbox
          size="sm"
          label={shown}
          checked={choice.taken && draft !== null}
          disabled={draft === null}
          onChange={(event) => onChoice({ ...choice, taken: event.currentTarget.checked })}
        />
        {asFilter !== null && asInsights !== null && (
          <SegmentedControl
            size="xs"
            aria-label={`${shown}: kept as`}
            value={choice.kind}
            data={[
              { value: 'filter', label: 'Search' },
              { value: 'insights', label: 'Insights query' },
            ]}
            onChange={(value) =>
              onChoice({ ...choice, kind: value === 'insights' ? 'insights' : 'filter' })
            }
          />
        )}
      </div>
      {draft === null ? (
        <p className={classes['warn']}>Nothing of it can be said here; it is not kept.</p>
      ) : (
        <pre className={classes['query']}>{safeMultiline(queryWords(draft))}</pre>
      )}
      <Notes notes={notesOf(search)} />
    </section>
  );
}

function queryWords(draft: SearchDraft): string {
  return draft.kind === 'insights' ? draft.query : draft.filterText || 'Every line';
}

function Notes({ notes }: { notes: readonly ImportNote[] }) {
  if (notes.length === 0) return null;
  return (
    <ul className={classes['notes']}>
      {notes.map(({ place, text, lost }) => (
        <li key={`${place}|${text}`} data-lost={lost}>
          {safeText(lost ? `Left out: ${text}` : text)}
          {place !== '' && (
            <>
              {' '}
              <code>{safeText(place)}</code>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
