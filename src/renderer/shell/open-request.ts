/** Shows what a step of a run asks for. What cannot be found is said, and nothing else is shown in its place. */
import { assertNever } from '../../shared/assert-never';
import type { OpenRequest } from '../../shared/runbooks/open-target';
import { ask, FailureError } from '../bridge';
import { openDashboard } from '../dashboards/actions';
import { useLogs } from '../logs/store';
import { useNavigation } from '../stores/navigation';
import { showFailure } from '../stores/toasts';

export async function openRequested({ runId, target }: OpenRequest): Promise<void> {
  try {
    switch (target.kind) {
      case 'link':
        await ask('app.openExternal', target.url);
        return;
      case 'dashboard':
        openDashboard(await dashboardNamed(target.name, runId));
        return;
      case 'logs':
        await openLogs(target.groups, target.pattern, runId);
        return;
      default:
        assertNever(target);
    }
  } catch (error) {
    showFailure(error, 'runbooks.open');
  }
}

/** The run's own connection first: names repeat between accounts. */
async function dashboardNamed(name: string, runId: string): Promise<string> {
  const [{ entries }, { connectionId }] = await Promise.all([
    ask('dashboards.list', undefined),
    ask('runbooks.run', runId),
  ]);
  const named = entries.filter((entry) => entry.name === name || entry.id === name);
  const found = named.find((entry) => entry.connectionId === connectionId) ?? named[0];
  if (found !== undefined) return found.id;
  throw missing(`There is no dashboard ${name} in the list.`, 'See the dashboards.');
}

async function openLogs(names: string[], pattern: string | null, runId: string): Promise<void> {
  const { connectionId, region } = await ask('runbooks.run', runId);
  if (connectionId === null || region === null) {
    throw missing('The run has no connection whose logs could be shown.', 'Choose one for it.');
  }
  const logs = useLogs.getState();
  logs.choose(names.map((name) => ({ connectionId, region, name })));
  logs.setPattern(pattern ?? '');
  logs.setAlarm(null);
  logs.showTab('search');
  useNavigation.getState().show('logs');
}

const missing = (message: string, advice: string): FailureError =>
  new FailureError({
    kind: 'not-found',
    connectionId: null,
    operation: 'runbooks.open',
    message,
    advice,
  });
