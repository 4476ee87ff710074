/** Fills the stores: the snapshot once, then every push, in order. */
import type { Bootstrap, PushName, Pushes } from '../../shared/ipc';
import { ask, listen, toFailure } from '../bridge';
import { hearRuns } from '../runbooks/runs-store';
import { useRunbooks } from '../runbooks/store';
import { playSound } from '../ui/sound';
import { useAlarms } from './alarms';
import { useApp } from './app';
import { useBanners } from './banners';
import { useConnections } from './connections';
import { useInbox } from './inbox';
import { useNavigation } from './navigation';
import { useSettings } from './settings';

function applySnapshot(snapshot: Bootstrap): void {
  useSettings.getState().apply(snapshot.settings);
  useConnections.getState().apply(snapshot.connections);
  useBanners.getState().apply(snapshot.banners);
  useInbox.getState().apply(snapshot.inbox);
  useAlarms.getState().replaceAll(snapshot.alarmsJson);
  useApp.setState((state) => ({
    phase: { kind: 'ready' },
    version: snapshot.version,
    platform: snapshot.platform,
    demo: snapshot.demo,
    firstRun: snapshot.firstRun,
    scenarios: snapshot.scenarios,
    readyAt: state.readyAt ?? Date.now(),
  }));
}

function navigate({ view, alarmKey, runbookId, runId }: Pushes['app.navigate']): void {
  const navigation = useNavigation.getState();
  if (runbookId !== undefined) useRunbooks.getState().choose(runbookId);
  if (runId !== undefined) useRunbooks.getState().showRun(runId);
  if (alarmKey !== null) navigation.showAlarm(alarmKey);
  else if (view === 'inbox') navigation.setInboxOpen(true);
  else navigation.show(view);
}

// What arrives while the snapshot is under way is newer than it and is applied after it.
let waiting: (() => void)[] | null = [];

function hear<N extends PushName>(name: N, apply: (payload: Pushes[N]) => void): () => void {
  return listen(name, (payload) => {
    if (waiting === null) apply(payload);
    else waiting.push(() => apply(payload));
  });
}

let latestLoad = 0;

/**
 * Asks for everything anew (start, retry, after first run). Failures end in the app's phase. Of two at
 * once the later one counts.
 */
export async function loadEverything(): Promise<void> {
  latestLoad += 1;
  const mine = latestLoad;
  waiting ??= [];
  try {
    const snapshot = await ask('app.bootstrap', undefined);
    if (mine !== latestLoad) return;
    applySnapshot(snapshot);
  } catch (error) {
    if (mine !== latestLoad) return;
    useApp.setState({ phase: { kind: 'failed', failure: toFailure(error, 'app.bootstrap') } });
  }
  const late = waiting ?? [];
  waiting = null;
  for (const apply of late) apply();
}

/** Connects the stores to main; returns what disconnects them. `app.navigate` waits like the rest. */
export function connectStores(): () => void {
  const ends = [
    hear('alarms.patch', (patch) => useAlarms.getState().patch(patch)),
    hear('connections.status', (list) => useConnections.getState().apply(list)),
    hear('settings.changed', (settings) => useSettings.getState().apply(settings)),
    hear('inbox.changed', (items) => useInbox.getState().apply(items)),
    hear('banners.changed', (list) => useBanners.getState().apply(list)),
    hear('demo.scenarios', (scenarios) => useApp.setState({ scenarios })),
    hear('app.navigate', navigate),
    hearRuns(),
    // Apart from what the window starts with: it brings the pages' own stores.
    listen('runbooks.open', async (request) => {
      const { openRequested } = await import('../shell/open-request');
      await openRequested(request);
    }),
    listen('notify.sound', ({ severity }) => playSound(severity)),
  ];
  void loadEverything();
  return () => {
    for (const end of ends) end();
    waiting = [];
  };
}
