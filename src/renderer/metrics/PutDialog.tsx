/** Puts the scratch chart into an account: shows what changes, asks, then tells what CloudWatch said. */
import { Button, Modal, NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Connection } from '../../shared/connections/connection';
import type { DashboardOnAws } from '../../shared/dashboards/listing';
import { ask, askCancellable, toFailure } from '../bridge';
import { useConnections } from '../stores/connections';
import { showToast } from '../stores/toasts';
import { safeText } from '../ui/safe-text';
import { addedTo, dashboardName, nameProblem, scratchBody } from './body';
import { DiffView } from './DiffView';
import classes from './put-dialog.module.css';
import { atPlace, useMetrics } from './store';
import type { Place } from './store';

const TYPING_MS = 350;

interface Props {
  place: Place;
  onClose(): void;
}

function useOnAws(place: Place, name: string) {
  const { connectionId, region } = place;
  return useQuery({
    queryKey: ['dashboards.onAws', connectionId, region, name],
    enabled: nameProblem(name) === null,
    // What is there must be what is there now: the answer is what a person agrees to replace.
    staleTime: 0,
    gcTime: 0,
    queryFn: ({ signal }) =>
      askCancellable(
        'dashboards.onAws',
        (requestId) => ({ connectionId, region, name, requestId }),
        signal,
      ),
  });
}

/** Dashboards are global to an account: any region of the connection can be asked. */
function targetOf(place: Place, connection: Connection | undefined): Place {
  if (connection === undefined || connection.id === place.connectionId) return place;
  const region = connection.regions.includes(place.region)
    ? place.region
    : (connection.regions[0] ?? place.region);
  return { connectionId: connection.id, region };
}

type How = 'add' | 'replace';

/** The body to put; null where adding is not possible. */
function nextBody(there: DashboardOnAws, how: How, place: Place): string | null {
  const { widget, range } = useMetrics.getState();
  if (there.text !== null && how === 'add') return addedTo(there.text, widget, atPlace(place));
  return scratchBody(widget, atPlace(place), range.current);
}

export function PutDialog({ place, onClose }: Props) {
  const list = useConnections((state) => state.list);
  const [connectionId, setConnectionId] = useState(place.connectionId);
  const [name, setName] = useState(() => dashboardName(useMetrics.getState().widget.title));
  const [how, setHow] = useState<How>('add');
  const [asked] = useDebouncedValue(name, TYPING_MS);
  // One id for one opened dialog's question: pressing twice puts once.
  const [commandId, setCommandId] = useState(() => crypto.randomUUID());
  const connection = list.find((one) => one.connection.id === connectionId)?.connection;
  const target = targetOf(place, connection);
  const there = useOnAws(target, asked);
  const readOnly = connection?.readOnly === true || there.data?.readOnly === true;
  const current =
    there.data !== undefined && !there.isFetching && asked === name ? there.data : null;
  const body = current === null ? null : nextBody(current, how, target);
  const put = useMutation({
    mutationFn: async () => {
      if (current === null || body === null) return null;
      return ask('dashboards.put', {
        ...target,
        name,
        body,
        replacesSha256: current.sha256,
        commandId,
      });
    },
    onSuccess: (messages) => {
      if (messages === null || messages.length > 0) return;
      showToast({
        level: 'done',
        text: `Put ${name} into ${safeText(connection?.label ?? connectionId)}`,
        detail: null,
        action: null,
      });
      onClose();
    },
    onError: () => {
      setCommandId(crypto.randomUUID());
      void there.refetch();
    },
  });
  const problem = nameProblem(name);
  const done = put.data !== undefined && put.data !== null;
  const label = safeText(connection?.label ?? connectionId);
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title="Put into the account"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className={classes['putFields']}>
        <TextInput
          label="Dashboard name"
          size="sm"
          value={name}
          error={problem}
          disabled={done}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NativeSelect
          label="Connection"
          size="sm"
          value={connectionId}
          disabled={done}
          data={list.map((one) => ({
            value: one.connection.id,
            label: `${safeText(one.connection.label)}${one.connection.readOnly ? ' (read-only)' : ''}`,
          }))}
          onChange={(event) => setConnectionId(event.currentTarget.value)}
        />
      </div>
      {readOnly && (
        <p className={classes['warn']} role="alert">
          {label} is a read-only connection: nothing can be changed through it. Save the chart as a
          file, or choose another connection.
        </p>
      )}
      {connectionId !== place.connectionId && !readOnly && (
        <p className={classes['warn']} role="note">
          The chart&apos;s metrics are read through another connection: in {label} CloudWatch shows
          them only where both accounts are linked.
        </p>
      )}
      {there.error !== null && (
        <p className={classes['warn']} role="alert">
          {safeText(toFailure(there.error, 'dashboards.onAws').message)}{' '}
          {safeText(toFailure(there.error, 'dashboards.onAws').advice)}
        </p>
      )}
      {problem === null && current === null && there.error === null && (
        <p className={classes['dim']} role="status">
          Looking at what {label} has under this name…
        </p>
      )}
      {current !== null && (
        <Preview current={current} name={name} how={how} body={body} onHow={setHow} />
      )}
      {done && <Messages messages={put.data ?? []} />}
      {put.error !== null && (
        <p className={classes['warn']} role="alert">
          {safeText(toFailure(put.error, 'dashboards.put').message)}{' '}
          {safeText(toFailure(put.error, 'dashboards.put').advice)}
        </p>
      )}
      <div className={classes['putActions']}>
        <Button variant="default" onClick={onClose}>
          {done ? 'Close' : 'Cancel'}
        </Button>
        {!done && (
          <Button
            disabled={readOnly || body === null || problem !== null}
            loading={put.isPending}
            onClick={() => put.mutate()}
          >
            {current?.exists === true ? `Change ${name} in ${label}` : `Create in ${label}`}
          </Button>
        )}
      </div>
    </Modal>
  );
}

interface PreviewProps {
  current: DashboardOnAws;
  name: string;
  how: How;
  body: string | null;
  onHow(how: How): void;
}

function Preview({ current, name, how, body, onHow }: PreviewProps) {
  return (
    <>
      {current.exists ? (
        <div className={classes['putHow']}>
          <span>{name} is there already.</span>
          <SegmentedControl
            size="xs"
            aria-label="What to do with it"
            value={how}
            data={[
              { value: 'add', label: 'Add the chart to it' },
              { value: 'replace', label: 'Replace it' },
            ]}
            onChange={(value) => onHow(value === 'replace' ? 'replace' : 'add')}
          />
        </div>
      ) : (
        <p className={classes['dim']}>
          Nothing is there under this name yet; this would be created:
        </p>
      )}
      {body === null ? (
        <p className={classes['warn']} role="alert">
          What is there cannot be added to, because it is not a dashboard body with widgets. It can
          be replaced.
        </p>
      ) : (
        <DiffView current={current.text} next={body} />
      )}
    </>
  );
}

function Messages({ messages }: { messages: string[] }) {
  return (
    <div className={classes['warn']} role="status">
      <strong>It is in the account. CloudWatch says of it:</strong>
      <ul>
        {messages.map((message) => (
          <li key={message}>{safeText(message)}</li>
        ))}
      </ul>
    </div>
  );
}
