/** One runbook: what it is for, what it asks, what it does, and the button that does it. */
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconPlayerPlay } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { RunbookEntry, RunbookProblem } from '../../../shared/runbooks/listing';
import type { Runbook } from '../../../shared/runbooks/runbook';
import { classOf } from '../../../shared/runbooks/step-class';
import { stepKinds } from '../../../shared/runbooks/step-kinds';
import { Markdown } from '../../dashboards/Markdown';
import { useAlarmRow, useAlarms } from '../../stores/alarms';
import { useConnections } from '../../stores/connections';
import { showFailure } from '../../stores/toasts';
import { safeText } from '../../ui/safe-text';
import { placeOf, preview, requestOf, run } from '../actions';
import { draftOf as writtenOf, duplicateDraft, useUnsaved } from '../editor/drafts';
import type { RunbookDraft } from '../editor/drafts';
import { draftOf, problemOf, typedOf } from '../input-values';
import type { Draft } from '../input-values';
import { runHint } from '../plan-words';
import { useRunbooks } from '../store';
import type { Place } from '../store';
import { useFocusHere } from '../use-focus-here';
import { ClassTag } from './ClassTag';
import { InputField } from './InputField';
import classes from './page.module.css';
import { usePageRun } from './use-page-run';
import { WhereFields } from './WhereFields';

async function write(made: Promise<RunbookDraft>): Promise<void> {
  try {
    useRunbooks.getState().write(await made);
  } catch (error) {
    showFailure(error, 'runbooks.source');
  }
}

export function RunbookView({ entry }: { entry: RunbookEntry }) {
  const article = useRef<HTMLElement>(null);
  useFocusHere(article);
  return (
    <article
      ref={article}
      tabIndex={-1}
      className={classes['runbook']}
      aria-label={safeText(entry.name)}
    >
      <Head entry={entry} />
      <NotSaved id={entry.id} />
      {entry.problems.length > 0 && <Problems problems={entry.problems} entry={entry} />}
      {entry.runbook !== null && (
        // Keyed, so that what was typed for another runbook or an earlier text of it does not stay.
        <Ready key={entry.id} entry={entry} runbook={entry.runbook} />
      )}
    </article>
  );
}

function Head({ entry }: { entry: RunbookEntry }) {
  const { runbook, source, fileName } = entry;
  const facts = [
    source === 'starter' ? 'Starter set' : fileName,
    ...(runbook?.owner === undefined ? [] : [`owner ${runbook.owner}`]),
    ...(runbook?.tags ?? []),
    ...(runbook?.automatic === true ? ['runs by itself when its alarm fires'] : []),
    ...(runbook?.undo === undefined ? [] : ['can be undone']),
  ];
  return (
    <>
      <div className={classes['head']}>
        <h2>{safeText(entry.name)}</h2>
        {runbook !== null && <ClassTag of={entry.class} />}
        <Menu position="bottom-start" shadow="md">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" size="sm" aria-label="More of this runbook">
              <IconDots size={16} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => void write(writtenOf(entry))}>
              {source === 'starter' ? 'Edit a copy' : 'Edit'}
            </Menu.Item>
            <Menu.Item onClick={() => void write(duplicateDraft(entry))}>Duplicate</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      <p className={classes['facts']}>{facts.map(safeText).join(' · ')}</p>
      {runbook?.description !== undefined && (
        <div className={classes['description']}>
          <Markdown text={runbook.description} />
        </div>
      )}
    </>
  );
}

/** What is run is the file: a text that is not saved yet is said to be another. */
function NotSaved({ id }: { id: string }) {
  const unsaved = useUnsaved((state) => state.unsaved.get(id));
  if (unsaved === undefined) return null;
  return (
    <p className={classes['warn']} role="status">
      You have changes that are not saved; what is shown and run here is the file.{' '}
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => useRunbooks.getState().write(unsaved.draft)}
      >
        Go on writing
      </Button>
    </p>
  );
}

function Problems({
  problems,
  entry,
}: {
  problems: readonly RunbookProblem[];
  entry: RunbookEntry;
}) {
  return (
    <div className={classes['warn']} role="alert">
      <strong>
        {entry.runbook === null
          ? `${safeText(entry.fileName)} cannot be used until it is mended.`
          : `${safeText(entry.fileName)} has something to look at.`}
      </strong>
      <ul>
        {problems.map((one) => (
          <li key={`${one.line}:${one.column} ${one.path} ${one.message}`}>
            {one.line === null ? '' : `Line ${one.line}, column ${one.column ?? 1}: `}
            {one.path !== '' && <code>{safeText(one.path)} </code>}
            {safeText(one.message)}
          </li>
        ))}
      </ul>
      <Button size="xs" mt="xs" variant="default" onClick={() => void write(writtenOf(entry))}>
        {entry.source === 'starter' ? 'Edit a copy' : 'Open in the editor'}
      </Button>
    </div>
  );
}

/** Starts again when the connection list or the alarm's row changes what the place is. */
function usePlace(): Place | null {
  const alarmKey = useRunbooks((state) => state.alarmKey);
  const chosen = useRunbooks((state) => state.place);
  useConnections((state) => state.list);
  useAlarmRow(alarmKey);
  return placeOf(alarmKey, chosen);
}

function Ready({ entry, runbook }: { entry: RunbookEntry; runbook: Runbook }) {
  const inputs = runbook.inputs ?? [];
  const [draft, setDraft] = useState<Draft>(() => draftOf(inputs));
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const fields = useRef<HTMLDivElement>(null);
  const toTheFirstWrong = (): void => {
    // Which fields are wrong is on the page once it has been drawn.
    requestAnimationFrame(() =>
      fields.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
    );
  };
  const alarmKey = useRunbooks((state) => state.alarmKey);
  const place = usePlace();
  const readOnly = useConnections(({ byId }) => {
    const connection = place === null ? undefined : byId.get(place.connectionId)?.connection;
    return connection?.readOnly === true ? connection.label : null;
  });
  const known = alarmKey === null || useAlarms.getState().index.rows.has(alarmKey);
  const problems = new Map(inputs.map((input) => [input.name, problemOf(input, draft)]));
  const wrong = [...problems.values()].some((one) => one !== null);
  const request = requestOf(entry.id, known ? alarmKey : null, place, typedOf(inputs, draft));
  const go = async (): Promise<void> => {
    // A sheet is open over the page: its own buttons decide.
    if (useRunbooks.getState().sheet !== null) return;
    setTried(true);
    if (wrong) return toTheFirstWrong();
    if (busy) return;
    setBusy(true);
    try {
      await run(entry, request);
    } finally {
      setBusy(false);
    }
  };
  usePageRun(() => void go());
  return (
    <>
      <section className={classes['section']} aria-labelledby="runbook-where">
        <h3 id="runbook-where">Where</h3>
        <WhereFields place={place} />
      </section>
      {inputs.length > 0 && (
        <section className={classes['section']} aria-labelledby="runbook-inputs">
          <h3 id="runbook-inputs">Inputs</h3>
          <div ref={fields} className={classes['fields']}>
            {inputs.map((input) => (
              <InputField
                key={input.name}
                input={input}
                value={draft[input.name] ?? ''}
                problem={tried ? (problems.get(input.name) ?? null) : null}
                place={place}
                onChange={(value) => setDraft((now) => ({ ...now, [input.name]: value }))}
              />
            ))}
          </div>
        </section>
      )}
      <div className={classes['actions']}>
        <Button
          size="sm"
          leftSection={<IconPlayerPlay size={15} aria-hidden />}
          rightSection={<kbd aria-hidden>Ctrl ⏎</kbd>}
          loading={busy}
          onClick={() => void go()}
        >
          Run
        </Button>
        <Button
          size="sm"
          variant="default"
          onClick={() => {
            setTried(true);
            if (wrong) toTheFirstWrong();
            else preview(entry.name, request);
          }}
        >
          Preview only
        </Button>
        <span className={classes['dim']}>{safeText(runHint(entry.class, readOnly))}</span>
      </div>
      <Steps id="runbook-steps" title="Steps" steps={runbook.steps} />
      {runbook.undo !== undefined && (
        <Steps id="runbook-undo" title="What undoes it" steps={runbook.undo} />
      )}
    </>
  );
}

interface StepsProps {
  id: string;
  title: string;
  steps: Runbook['steps'];
}

function Steps({ id, title, steps }: StepsProps) {
  return (
    <section className={classes['section']} aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <ol className={classes['steps']}>
        {steps.map((step, at) => (
          <li key={step.id}>
            <span className={classes['number']} aria-hidden>
              {at + 1}
            </span>
            <span>
              {safeText(step.name ?? stepKinds[step.do.kind].label)}
              {step.name !== undefined && (
                <span className={classes['dim']}> · {stepKinds[step.do.kind].label}</span>
              )}
            </span>
            <ClassTag of={classOf(step)} />
          </li>
        ))}
      </ol>
    </section>
  );
}
