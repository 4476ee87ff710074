/** The frame every view lives in: rail, banners, view, status strip, and what opens over them. */
import { Suspense } from 'react';
import { AlarmsPage } from '../alarms/AlarmsPage';
import { Dialogs } from '../alarms/Dialogs';
import { useNavigation } from '../stores/navigation';
import type { View } from '../stores/navigation';
import classes from './AppFrame.module.css';
import { Banners } from './Banners';
import { ErrorBoundary } from './ErrorBoundary';
import { KeyHelp } from './KeyHelp';
import { Rail } from './Rail';
import {
  DashboardsPage,
  InboxPanel,
  LogsPage,
  MetricsPage,
  Palette,
  RunbooksPage,
  SettingsPage,
} from './slots';
import { StatusStrip } from './StatusStrip';
import { useKeyboard } from './use-keyboard';

const names: Record<View, string> = {
  alarms: 'The alarms',
  dashboards: 'The dashboards',
  metrics: 'The metrics',
  logs: 'The logs',
  runbooks: 'The runbooks',
  settings: 'The settings',
};

function Page({ view }: { view: View }) {
  switch (view) {
    case 'alarms':
      return <AlarmsPage />;
    case 'dashboards':
      return <DashboardsPage />;
    case 'metrics':
      return <MetricsPage />;
    case 'logs':
      return <LogsPage />;
    case 'runbooks':
      return <RunbooksPage />;
    case 'settings':
      return <SettingsPage />;
  }
}

export function AppFrame() {
  useKeyboard();
  const view = useNavigation((state) => state.view);
  const inboxOpen = useNavigation((state) => state.inboxOpen);
  return (
    <div className={classes['frame']}>
      <Rail />
      <div className={classes['content']}>
        <Banners />
        <main className={classes['view']}>
          <ErrorBoundary what={names[view]} resetKey={view}>
            <Suspense fallback={null}>
              <Page view={view} />
            </Suspense>
          </ErrorBoundary>
          {inboxOpen && (
            <aside className={classes['inbox']} aria-label="Inbox">
              <ErrorBoundary what="The inbox">
                <Suspense fallback={null}>
                  <InboxPanel />
                </Suspense>
              </ErrorBoundary>
            </aside>
          )}
        </main>
      </div>
      <StatusStrip />
      <Dialogs />
      <KeyHelp />
      <Suspense fallback={null}>
        <Palette />
      </Suspense>
    </div>
  );
}
