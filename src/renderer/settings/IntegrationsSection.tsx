import { ActionIcon, Button } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Integration } from '../../shared/runbooks/integrations';
import type { Settings } from '../../shared/settings/settings';
import { ask } from '../bridge';
import { useSettings } from '../stores/settings';
import { showFailure, showToast } from '../stores/toasts';
import { safeText } from '../ui/safe-text';
import { IntegrationEditor } from './IntegrationEditor';
import { IntegrationTrial } from './IntegrationTrial';
import { integrationLabels, secretLabel } from './integrations-form';
import { SectionHead } from './SectionHead';
import { useSaver } from './use-saver';
import styles from './settings.module.css';

const SECRETS = ['integration-secrets'];

interface RowProps {
  integration: Integration;
  /** Null while it is not known. */
  kept: boolean | null;
  onEdit(): void;
  onDelete(): void;
}

function IntegrationRow({ integration, kept, onEdit, onDelete }: RowProps) {
  const [turn, setTurn] = useState(0);
  const { kind } = integration;
  const name = safeText(integration.name);
  const region = 'region' in integration && integration.region === 'eu' ? ' · EU' : '';
  const icon = { variant: 'subtle', color: 'gray', size: 'sm' } as const;
  return (
    <li className={styles.card}>
      <div className={styles.grow}>
        <span className={styles.name}>{name}</span>
        <p className={styles.dim}>
          {integrationLabels[kind]}
          {region}
          {kept === false && (
            <span className={styles.problem}>
              {` · its ${secretLabel(kind).toLowerCase()} is not kept: edit it to enter it`}
            </span>
          )}
        </p>
        <div role="status">
          {turn > 0 && <IntegrationTrial key={turn} integration={integration} secret={null} />}
        </div>
      </div>
      <span className={styles.row}>
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`Test ${name}`}
          onClick={() => setTurn(turn + 1)}
        >
          Test
        </Button>
        <ActionIcon {...icon} aria-label={`Edit ${name}`} onClick={onEdit}>
          <IconPencil size={14} />
        </ActionIcon>
        <ActionIcon {...icon} aria-label={`Delete ${name}`} onClick={onDelete}>
          <IconTrash size={14} />
        </ActionIcon>
      </span>
    </li>
  );
}

export function IntegrationsSection({ settings }: { settings: Settings }) {
  const list = settings.integrations;
  const { state, save } = useSaver();
  const queries = useQueryClient();
  const secrets = useQuery({
    queryKey: SECRETS,
    queryFn: () => ask('integrations.secrets', undefined),
  });
  const [editing, setEditing] = useState<{ integration: Integration | null } | null>(null);
  const store = (integrations: Integration[]): Promise<boolean> => save({ integrations });
  const keeps = ({ id }: Integration): boolean | null => secrets.data?.kept.includes(id) ?? null;

  async function put(integration: Integration, secret: string | null): Promise<boolean> {
    try {
      if (secret !== null) await ask('integrations.setSecret', { integration, secret });
    } catch (error) {
      showFailure(error, 'integrations.setSecret');
      return false;
    }
    const known = list.some(({ id }) => id === integration.id);
    const stored = await store(
      known
        ? list.map((one) => (one.id === integration.id ? integration : one))
        : [...list, integration],
    );
    await queries.invalidateQueries({ queryKey: SECRETS });
    return stored;
  }

  async function remove(integration: Integration): Promise<void> {
    if (!(await store(list.filter(({ id }) => id !== integration.id)))) return;
    showToast({
      level: 'done',
      text: `${integration.name} deleted`,
      detail: null,
      action: {
        label: 'Undo',
        run: () => {
          const now = useSettings.getState().settings?.integrations ?? list;
          void store([...now.filter(({ id }) => id !== integration.id), integration]);
        },
      },
    });
  }

  return (
    <>
      <SectionHead
        title="Integrations"
        intro="Services that steps of runbooks send to by name: webhooks and Slack for messages, PagerDuty and Opsgenie for paging. A test of a paging service pages nobody; a test of a webhook sends it one message."
        state={state}
      />
      {secrets.data?.problem != null && (
        <p className={styles.dim}>{safeText(secrets.data.problem)}</p>
      )}
      {list.length === 0 && <p className={styles.dim}>There are none yet.</p>}
      <ul className={styles.cards}>
        {list.map((integration) => (
          <IntegrationRow
            key={integration.id}
            integration={integration}
            kept={keeps(integration)}
            onEdit={() => setEditing({ integration })}
            onDelete={() => void remove(integration)}
          />
        ))}
      </ul>
      <Button size="xs" onClick={() => setEditing({ integration: null })}>
        Add an integration
      </Button>
      {editing !== null && (
        <IntegrationEditor
          integration={editing.integration}
          others={list.filter(({ id }) => id !== editing.integration?.id)}
          kept={editing.integration !== null && keeps(editing.integration) === true}
          lasting={secrets.data?.problem == null}
          onSave={put}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
}
