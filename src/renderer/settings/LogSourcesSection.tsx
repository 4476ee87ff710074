import { ActionIcon, Button } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { assertNever } from '../../shared/assert-never';
import { needsSecret } from '../../shared/logs/elastic';
import type { ElasticSource } from '../../shared/logs/elastic';
import type { Settings } from '../../shared/settings/settings';
import { ask } from '../bridge';
import { connectionLabel, useConnections } from '../stores/connections';
import { useSettings } from '../stores/settings';
import { showFailure, showToast } from '../stores/toasts';
import { safeText } from '../ui/safe-text';
import { LogSourcesEditor } from './LogSourcesEditor';
import { LogSourceTrial } from './LogSourcesTrial';
import { SectionHead } from './SectionHead';
import { useSaver } from './use-saver';
import styles from './settings.module.css';

const SECRETS = ['log-source-secrets'];

interface RowProps {
  source: ElasticSource;
  /** Null while it is not known. */
  kept: boolean | null;
  onEdit(): void;
  onDelete(): void;
}

function SignIn({ source, kept }: Pick<RowProps, 'source' | 'kept'>) {
  const byId = useConnections((state) => state.byId);
  const { auth } = source;
  const words = (): string => {
    switch (auth.kind) {
      case 'none':
        return 'no sign-in';
      case 'basic':
        return `user ${auth.user}`;
      case 'apiKey':
        return 'API key';
      case 'sigv4':
        return `signed by ${connectionLabel(byId, auth.connectionId)} in ${auth.region}`;
      default:
        return assertNever(auth);
    }
  };
  const missing = kept === false && needsSecret(auth);
  return (
    <>
      {safeText(words())}
      {missing && (
        <span className={styles.problem}>
          {auth.kind === 'basic' ? ' · its password is not kept' : ' · it is not kept'}: edit the
          source to enter it
        </span>
      )}
    </>
  );
}

function SourceRow({ source, kept, onEdit, onDelete }: RowProps) {
  const [turn, setTurn] = useState(0);
  const name = safeText(source.name);
  const icon = { variant: 'subtle', color: 'gray', size: 'sm' } as const;
  return (
    <li className={styles.card}>
      <div className={styles.grow}>
        <span className={styles.name}>{name}</span>
        <p className={styles.mono}>{safeText(source.patterns.join(', '))}</p>
        <p className={styles.dim}>
          {safeText(source.url)} · <SignIn source={source} kept={kept} />
        </p>
        <div role="status">
          {turn > 0 && <LogSourceTrial key={turn} source={source} secret={null} />}
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

/** The sources as they are stored now: other parts of the settings of logs may have changed meanwhile. */
const logsWith = (sources: ElasticSource[], shown: Settings): Settings['logs'] => ({
  ...(useSettings.getState().settings ?? shown).logs,
  sources,
});

export function LogSourcesSection({ settings }: { settings: Settings }) {
  const { sources } = settings.logs;
  const { state, save } = useSaver();
  const queries = useQueryClient();
  const secrets = useQuery({
    queryKey: SECRETS,
    queryFn: () => ask('logs.sourceSecrets', undefined),
  });
  const [editing, setEditing] = useState<{ source: ElasticSource | null } | null>(null);
  const store = (list: ElasticSource[]): Promise<boolean> =>
    save({ logs: logsWith(list, settings) });
  const keeps = ({ id }: ElasticSource): boolean | null => secrets.data?.kept.includes(id) ?? null;

  async function put(source: ElasticSource, secret: string | null): Promise<boolean> {
    try {
      // First, so that the source is asked with it at once.
      if (secret !== null) await ask('logs.setSourceSecret', { source, secret });
    } catch (error) {
      showFailure(error, 'logs.setSourceSecret');
      return false;
    }
    const known = sources.some(({ id }) => id === source.id);
    const stored = await store(
      known ? sources.map((one) => (one.id === source.id ? source : one)) : [...sources, source],
    );
    await queries.invalidateQueries({ queryKey: SECRETS });
    return stored;
  }

  async function remove(source: ElasticSource): Promise<void> {
    const before = sources;
    if (!(await store(sources.filter(({ id }) => id !== source.id)))) return;
    showToast({
      level: 'done',
      text: `${source.name} deleted`,
      detail: null,
      action: {
        label: 'Undo',
        run: () => {
          const now = useSettings.getState().settings?.logs.sources ?? before;
          void store([...now.filter(({ id }) => id !== source.id), source]);
        },
      },
    });
  }

  return (
    <>
      <SectionHead
        title="Log sources"
        intro="Elasticsearch and OpenSearch servers whose logs are searched beside those of CloudWatch, in the same list of groups. CloudWatch needs no entry here: its groups come with the connections."
        state={state}
      />
      {secrets.data?.problem != null && (
        <p className={styles.dim}>{safeText(secrets.data.problem)}</p>
      )}
      {sources.length === 0 && <p className={styles.dim}>There are none yet.</p>}
      <ul className={styles.cards}>
        {sources.map((source) => (
          <SourceRow
            key={source.id}
            source={source}
            kept={keeps(source)}
            onEdit={() => setEditing({ source })}
            onDelete={() => void remove(source)}
          />
        ))}
      </ul>
      <Button size="xs" onClick={() => setEditing({ source: null })}>
        Add a source
      </Button>
      {editing !== null && (
        <LogSourcesEditor
          source={editing.source}
          kept={editing.source !== null && keeps(editing.source) === true}
          lasting={secrets.data?.problem == null}
          onSave={put}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
}
