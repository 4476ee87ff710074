/** Everything by name: alarms, commands, connections. */
import { Spotlight, closeSpotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { openDashboard } from '../dashboards/actions';
import { useListing, useListingKept } from '../dashboards/listing-store';
import { ask } from '../bridge';
import { refresh } from '../alarms/actions';
import { useSaved, useSavedKept } from '../logs/saved/saved-list';
import { filterFromView } from '../alarms/filter';
import { rowSummary } from '../alarms/row-words';
import { showKey } from '../keys';
import { useRunbookListing, useRunbookListingKept } from '../runbooks/listing-store';
import { useRunbooks } from '../runbooks/store';
import { runCommand } from '../shell/use-keyboard';
import { useAlarms } from '../stores/alarms';
import { useApp } from '../stores/app';
import { useConnections } from '../stores/connections';
import { useList } from '../stores/list';
import { useNavigation } from '../stores/navigation';
import { saveSettings, useSettings } from '../stores/settings';
import { showFailure } from '../stores/toasts';
import { safeText } from '../ui/safe-text';
import { SeverityIcon } from '../ui/SeverityIcon';
import { findAlarms, findCommands } from './search';
import type { PaletteCommand } from './search';

function useCommands(): PaletteCommand[] {
  const connections = useConnections((state) => state.list);
  const scenarios = useApp((state) => state.scenarios);
  const views = useSettings((state) => state.settings?.views);
  const searches = useSaved((state) => state.list);
  const dashboards = useListing((state) => state.listing?.entries);
  const runbooks = useRunbookListing((state) => state.listing?.entries);
  return useMemo(
    () => [
      ...connections.map(({ connection }) => ({
        id: `refresh-${connection.id}`,
        label: `Ask AWS again: ${connection.label}`,
        run: () => void refresh(connection.id),
      })),
      ...(views ?? []).map((view) => ({
        id: `view-${view.id}`,
        label: `View: ${view.name}`,
        run: () => {
          useNavigation.getState().show('alarms');
          useList.getState().useView(view.id, filterFromView(view));
        },
      })),
      ...(dashboards ?? []).map((entry) => ({
        id: `dashboard-${entry.id}`,
        label: `Dashboard: ${entry.name}`,
        run: () => openDashboard(entry.id),
      })),
      ...(searches ?? []).map((search) => ({
        id: `saved-search-${search.id}`,
        label: `Logs: ${search.name}`,
        run: () => {
          import('../logs/saved/run-saved').then(
            ({ pickSaved }) => pickSaved(search),
            (error: unknown) => showFailure(error, 'logs.search'),
          );
        },
      })),
      ...(runbooks ?? []).map((entry) => ({
        id: `runbook-${entry.id}`,
        label: `Runbook: ${entry.name}`,
        // Shows it; what it does is never begun from here.
        run: () => {
          useRunbooks.getState().choose(entry.id);
          useNavigation.getState().show('runbooks');
        },
      })),
      ...(['dark', 'light', 'system'] as const).map((theme) => ({
        id: `theme-${theme}`,
        label: `Theme: ${theme}`,
        run: () => {
          saveSettings({ theme }).catch((error: unknown) => showFailure(error, 'settings.update'));
        },
      })),
      ...(['local', 'utc'] as const).map((timeZone) => ({
        id: `zone-${timeZone}`,
        label: `Times in ${timeZone === 'utc' ? 'UTC' : 'local time'}`,
        run: () => {
          saveSettings({ timeZone }).catch((error: unknown) =>
            showFailure(error, 'settings.update'),
          );
        },
      })),
      ...scenarios.map((scenario) => ({
        id: `demo-${scenario.id}`,
        label: `Demo: ${scenario.title}`,
        run: () => {
          ask('demo.run', scenario.id).catch((error: unknown) => showFailure(error, 'demo.run'));
        },
      })),
    ],
    [connections, scenarios, views, dashboards, searches, runbooks],
  );
}

export function Palette() {
  const [query, setQuery] = useState('');
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      title="Command palette"
      // The table's own binding opens it, so that the help and the handler cannot differ.
      shortcut={null}
      clearQueryOnClose
      scrollable
      maxHeight={420}
      transitionProps={{ duration: 80 }}
      overlayProps={{ blur: 0, backgroundOpacity: 0.5 }}
    >
      <Spotlight.Search
        placeholder="Alarm, dashboard, command or connection"
        aria-label="Command palette"
        leftSection={<IconSearch size={16} aria-hidden />}
      />
      <Spotlight.ActionsList>
        <Results query={query} />
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function Results({ query }: { query: string }) {
  // Only while the palette is open: what it finds is asked for then.
  useListingKept();
  useSavedKept();
  useRunbookListingKept();
  const index = useAlarms((state) => state.index);
  const labels = useConnections((state) => state.labels);
  const mac = useApp((state) => state.platform) === 'darwin';
  const extra = useCommands();
  const alarms = findAlarms(index.byName, query);
  const commands = findCommands(extra, query);
  if (alarms.length === 0 && commands.length === 0) {
    return <Spotlight.Empty>Nothing is called that.</Spotlight.Empty>;
  }
  return (
    <>
      {alarms.length > 0 && (
        <Spotlight.ActionsGroup label="Alarms">
          {alarms.map((row) => (
            <Spotlight.Action
              key={row.key}
              label={safeText(row.name)}
              description={safeText(
                rowSummary(row, labels.get(row.connectionId) ?? row.connectionId),
              )}
              leftSection={<SeverityIcon row={row} size={16} />}
              onClick={() => useNavigation.getState().showAlarm(row.key)}
            />
          ))}
        </Spotlight.ActionsGroup>
      )}
      {commands.length > 0 && (
        <Spotlight.ActionsGroup label="Commands">
          {commands.map((entry) => (
            <Spotlight.Action
              key={entry.id}
              label={safeText(entry.label)}
              rightSection={
                entry.keys?.[0] === undefined ? null : <kbd>{showKey(entry.keys[0], mac)}</kbd>
              }
              onClick={() => {
                closeSpotlight();
                if (entry.command !== undefined) runCommand(entry.command);
                else entry.run?.();
              }}
            />
          ))}
        </Spotlight.ActionsGroup>
      )}
    </>
  );
}
