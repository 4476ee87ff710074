/** Logs: searched, queried and followed over every connection. */
import { lazy, Suspense, useEffect } from 'react';
import type { ComponentType } from 'react';
import { ErrorBoundary } from '../shell/ErrorBoundary';
import { useConnections } from '../stores/connections';
import { wantEngine } from './engine';
import { wantGroups } from './groups';
import classes from './logs.module.css';
import { NotesButton } from './notes/NotesButton';
import { SearchTab } from './search/SearchTab';
import { useLogs } from './store';
import type { LogTab } from './store';
import { TailTab } from './tail/TailTab';

const InsightsTab = lazy(async () => ({
  default: (await import('./insights/InsightsTab')).InsightsTab,
}));

const RetentionTab = lazy(async () => ({
  default: (await import('./retention/RetentionTab')).RetentionTab,
}));

interface Tab {
  id: LogTab;
  label: string;
  Content: ComponentType;
}

const tabs: readonly Tab[] = [
  { id: 'search', label: 'Search', Content: SearchTab },
  { id: 'insights', label: 'Insights', Content: InsightsTab },
  { id: 'tail', label: 'Live tail', Content: TailTab },
  { id: 'retention', label: 'Retention', Content: RetentionTab },
];

function Tabs() {
  const current = useLogs((state) => state.tab);
  const { showTab } = useLogs.getState();
  return (
    <nav className={classes['tabs']} aria-label="Logs">
      {tabs.map(({ id, label }) => (
        <button
          key={id}
          type="button"
          className={classes['tab']}
          aria-current={id === current ? 'page' : undefined}
          onClick={() => showTab(id)}
        >
          {label}
        </button>
      ))}
      <NotesButton />
    </nav>
  );
}

export function LogsPage() {
  useEffect(wantGroups, []);
  useEffect(wantEngine, []);
  const tab = useLogs((state) => state.tab);
  const connected = useConnections((state) => state.list.length > 0);
  const shown = tabs.find(({ id }) => id === tab) ?? tabs[0];
  if (!connected || shown === undefined) return null;
  const { Content, label } = shown;
  return (
    <div className={classes['page']}>
      <h1 className="nd-visually-hidden">Logs</h1>
      <Tabs />
      <ErrorBoundary what={label} resetKey={tab}>
        <Suspense fallback={null}>
          <Content />
        </Suspense>
      </ErrorBoundary>
    </div>
  );
}
