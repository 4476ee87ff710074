import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import type { Connection } from '../../shared/connections/connection';
import { ask } from '../bridge';
import { SectionHead } from '../settings/SectionHead';
import { useConnections } from '../stores/connections';
import { showFailure, showToast } from '../stores/toasts';
import { safeText } from '../ui/safe-text';
import { draftOf, emptyDraft } from './connection-form';
import type { ConnectionDraft } from './connection-form';
import { ConnectionCard } from './ConnectionCard';
import { ConnectionEditor } from './ConnectionEditor';
import styles from '../settings/settings.module.css';

async function store(connection: Connection, done: string): Promise<void> {
  try {
    await ask('connections.save', connection);
    showToast({ level: 'done', text: done, detail: null, action: null });
  } catch (error) {
    showFailure(error, 'connections.save');
  }
}

async function remove(connection: Connection): Promise<void> {
  const label = safeText(connection.label);
  try {
    await ask('connections.remove', connection.id);
    showToast({
      level: 'done',
      text: `${label} removed`,
      detail: null,
      action: { label: 'Undo', run: () => void store(connection, `${label} is back`) },
    });
  } catch (error) {
    showFailure(error, 'connections.remove');
  }
}

function ConfirmRemove({ connection, onClose }: { connection: Connection; onClose(): void }) {
  return (
    <Modal
      closeButtonProps={{ 'aria-label': 'Close' }}
      opened
      onClose={onClose}
      title={`Remove ${safeText(connection.label)}?`}
    >
      <p>
        Its alarms leave the list and are no longer watched. The journal keeps what happened, and
        nothing changes in AWS.
      </p>
      <Group justify="flex-end" mt={16}>
        <Button variant="default" onClick={onClose}>
          Keep it
        </Button>
        <Button
          onClick={() => {
            onClose();
            void remove(connection);
          }}
        >
          Remove
        </Button>
      </Group>
    </Modal>
  );
}

export function ConnectionsSection() {
  const list = useConnections((state) => state.list);
  const [draft, setDraft] = useState<ConnectionDraft | null>(null);
  const [removing, setRemoving] = useState<Connection | null>(null);
  const connections = list.map((status) => status.connection);
  if (draft !== null) {
    return (
      <>
        <SectionHead
          title={draft.id === '' ? 'Add a connection' : `Edit ${safeText(draft.label)}`}
          intro="One set of credentials in one or more regions. Secrets stay where AWS's own tools keep them."
        />
        <ConnectionEditor
          key={draft.id}
          initial={draft}
          saveLabel="Save"
          onDone={() => setDraft(null)}
          onCancel={() => setDraft(null)}
        />
      </>
    );
  }
  return (
    <>
      <SectionHead
        title="Connections"
        intro="What is watched, and how each account and region is doing."
      />
      {list.length === 0 && (
        <p className={styles.dim}>No connection yet: nothing is being watched.</p>
      )}
      <ul className={styles.cards}>
        {list.map((status) => (
          <ConnectionCard
            key={status.connection.id}
            status={status}
            onEdit={() => setDraft(draftOf(status.connection))}
            onPause={() => {
              const { connection } = status;
              const paused = !connection.paused;
              void store(
                { ...connection, paused },
                `${safeText(connection.label)} ${paused ? 'paused' : 'resumed'}`,
              );
            }}
            onRemove={() => setRemoving(status.connection)}
          />
        ))}
      </ul>
      <Button size="xs" onClick={() => setDraft(emptyDraft(connections))}>
        Add a connection
      </Button>
      {removing !== null && (
        <ConfirmRemove connection={removing} onClose={() => setRemoving(null)} />
      )}
    </>
  );
}
