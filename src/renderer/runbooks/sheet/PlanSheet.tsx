/** What would run, step by step, before anything does; approved here, once. */
import { Button, Modal, PasswordInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { Failure } from '../../../shared/failure';
import type { RunPlan } from '../../../shared/runbooks/plan';
import { ask, askCancellable, toFailure } from '../../bridge';
import { useAlarmRow } from '../../stores/alarms';
import { useConnections } from '../../stores/connections';
import { safeText } from '../../ui/safe-text';
import { start } from '../actions';
import { ClassTag } from '../page/ClassTag';
import { planDifferences } from '../plan-diff';
import { changedPlaces, countsOf } from '../plan-words';
import { useRunbooks } from '../store';
import type { SheetRequest } from '../store';
import { useFocusBack } from '../use-focus-back';
import { Foot } from './Foot';
import { PlannedStepView } from './PlannedStepView';
import classes from './sheet.module.css';

export function PlanSheet({ sheet }: { sheet: SheetRequest }) {
  return <OneSheet key={JSON.stringify(sheet.request)} sheet={sheet} />;
}

function usePlan({ request, plan }: SheetRequest) {
  return useQuery({
    queryKey: ['runbooks.plan', JSON.stringify(request)],
    // What is approved must be what is there now.
    staleTime: 0,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    ...(plan === null ? {} : { initialData: plan, initialDataUpdatedAt: Date.now() }),
    enabled: plan === null,
    queryFn: ({ signal }) =>
      askCancellable('runbooks.plan', (requestId) => ({ request, requestId }), signal),
  });
}

function OneSheet({ sheet }: { sheet: SheetRequest }) {
  const { name, request, mode } = sheet;
  const close = (): void => useRunbooks.getState().look(null);
  const planned = usePlan(sheet);
  const [refused, setRefused] = useState<Refusal | null>(null);
  const alarm = useAlarmRow(request.alarmKey);
  useFocusBack();
  const undo = request.undoOf !== null;
  const plan = planned.data;
  return (
    <Modal
      opened
      onClose={close}
      size={820}
      closeButtonProps={{ 'aria-label': 'Close' }}
      title={
        <span className={classes['title']}>
          {undo ? 'Undo: ' : ''}
          {safeText(name)}
          {plan !== undefined && <ClassTag of={plan.class} />}
        </span>
      }
    >
      <p className={classes['lead']}>
        {alarm === undefined ? '' : `For ${safeText(alarm.name)}. `}
        Nothing has been changed yet.
      </p>
      {planned.isFetching && (
        <p className={classes['quiet']} role="status">
          Looking at what each step would do…
        </p>
      )}
      {planned.error !== null && !planned.isFetching && (
        <div className={classes['warn']} role="alert">
          {safeText(toFailure(planned.error, 'runbooks.plan').message)}{' '}
          {safeText(toFailure(planned.error, 'runbooks.plan').advice)}
        </div>
      )}
      {plan !== undefined && !planned.isFetching && (
        <Planned
          plan={plan}
          sheet={sheet}
          mode={mode}
          before={refused}
          onRefused={(before) => {
            // What is there now is looked at again, and what differs is said.
            setRefused(before);
            void planned.refetch();
          }}
          onClose={close}
        />
      )}
      {(plan === undefined || planned.isFetching) && (
        <div className={classes['foot']}>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
        </div>
      )}
    </Modal>
  );
}

interface PlannedProps {
  plan: RunPlan;
  sheet: SheetRequest;
  mode: SheetRequest['mode'];
  before: Refusal | null;
  onRefused(before: Refusal): void;
  onClose(): void;
}

/** What the person had approved, and why it was not started. */
interface Refusal {
  plan: RunPlan;
  failure: Failure;
}

function Planned({ plan, sheet, mode, before, onRefused, onClose }: PlannedProps) {
  const [typed, setTyped] = useState('');
  const [second, setSecond] = useState({ name: '', code: '' });
  const [busy, setBusy] = useState(false);
  const [commandId] = useState(() => crypto.randomUUID());
  const end = useRef<HTMLDivElement>(null);
  const seen = useSeen(end);
  const blocked = plan.problems.length > 0 || mode === 'preview';
  const needsText = plan.approval.kind === 'type' ? plan.approval.text : null;
  const named = needsText === null || typed === needsText;
  const seconded = !plan.secondPerson || (second.name.trim() !== '' && second.code.trim() !== '');
  const ready = !blocked && named && seconded;
  const approve = async (): Promise<void> => {
    if (!ready || busy) return;
    setBusy(true);
    try {
      await start(sheet.request, plan, {
        commandId,
        typed: needsText === null ? null : typed,
        secondPerson: plan.secondPerson
          ? { name: second.name.trim(), code: second.code.trim() }
          : null,
      });
    } catch (error) {
      onRefused({ plan, failure: toFailure(error, 'runbooks.start') });
      setBusy(false);
    }
  };
  return (
    <>
      {before !== null && <Refused before={before} plan={plan} />}
      {plan.problems.length > 0 && (
        <div className={classes['warn']} role="alert">
          <strong>It cannot be run as it is.</strong>
          <ul>
            {plan.problems.map((problem) => (
              <li key={problem}>{safeText(problem)}</li>
            ))}
          </ul>
        </div>
      )}
      <Summary plan={plan} />
      <ol className={classes['steps']}>
        {plan.steps.map((step, at) => (
          <PlannedStepView key={step.id} step={step} number={at + 1} />
        ))}
      </ol>
      <div ref={end} className={classes['end']} />
      {!blocked && needsText !== null && (
        <div className={classes['fields']}>
          <TextInput
            label={
              <>
                It destroys. Type <code>{safeText(needsText)}</code> to approve it
              </>
            }
            size="sm"
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </div>
      )}
      {!blocked && plan.secondPerson && (
        <SecondPerson hash={plan.hash} value={second} onChange={setSecond} />
      )}
      <Foot
        plan={plan}
        stand={{
          preview: mode === 'preview',
          problems: plan.problems.length,
          named,
          seconded,
          seen,
        }}
        busy={busy}
        onApprove={() => void approve()}
        onClose={onClose}
      />
    </>
  );
}

/** How much there is to read, and where it would make a difference. */
function Summary({ plan }: { plan: RunPlan }) {
  const labels = useConnections((state) => state.labels);
  const places = changedPlaces(plan, labels);
  return (
    <p className={classes['summary']}>
      {countsOf(plan)}
      {places.length > 0 && ` What changes is in ${places.map(safeText).join(' and ')}.`}
    </p>
  );
}

/** True from the moment its end has been before the eyes. */
function useSeen(end: RefObject<HTMLElement | null>): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (end.current === null) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true);
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [end]);
  return seen;
}

function Refused({ before, plan }: { before: Refusal; plan: RunPlan }) {
  const differences = planDifferences(before.plan, plan);
  return (
    <div className={classes['warn']} role="alert">
      <p>
        <strong>Not started.</strong> {safeText(before.failure.message)}{' '}
        {safeText(before.failure.advice)}
      </p>
      {differences.length > 0 && (
        <>
          <p>What differs now from what you approved:</p>
          <ul>
            {differences.map(({ stepId, text }) => (
              <li key={`${stepId ?? ''} ${text}`}>{safeText(text)}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

interface SecondProps {
  hash: string;
  value: { name: string; code: string };
  onChange(value: { name: string; code: string }): void;
}

/** The code is good for this plan alone; whoever reads it has the plan before them. */
function SecondPerson({ hash, value, onChange }: SecondProps) {
  const [code, setCode] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const show = async (): Promise<void> => {
    try {
      setCode(await ask('runbooks.secondCode', hash));
      setTrouble(null);
    } catch (error) {
      setTrouble(toFailure(error, 'runbooks.secondCode').message);
    }
  };
  return (
    <>
      <p className={classes['quiet']}>
        This runbook asks for a second person, who reads the steps above, types their name and the
        code.{' '}
        {code === null ? (
          <button type="button" className={classes['link']} onClick={() => void show()}>
            Show the code
          </button>
        ) : (
          <>
            The code is <code>{code}</code>.
          </>
        )}
        {trouble !== null && <span role="alert"> {safeText(trouble)}</span>}
      </p>
      <div className={classes['fields']}>
        <TextInput
          label="Second person's name"
          size="sm"
          value={value.name}
          onChange={(event) => onChange({ ...value, name: event.currentTarget.value })}
        />
        <PasswordInput
          label="Code"
          size="sm"
          autoComplete="off"
          value={value.code}
          onChange={(event) => onChange({ ...value, code: event.currentTarget.value })}
        />
      </div>
    </>
  );
}
