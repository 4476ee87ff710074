/** Export of the events on show, or of everything found, with how far exports got. */
import { Button, Popover, SegmentedControl } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { exportFormats } from '../../../shared/logs/engine-protocol';
import type { ExportFormat } from '../../../shared/logs/engine-protocol';
import type { LogSearch } from '../../../shared/logs/search';
import { useTimeZone } from '../../stores/settings';
import { formatFull } from '../../ui/time';
import { usePickedFields } from '../events/grid-columns';
import { usePane } from '../events/pane';
import { useSearch } from '../search/search-run';
import classes from './export.module.css';
import { ExportList } from './ExportList';
import { eventsText, formatNames, percent } from './export-words';
import { startExport, useExportNews, useExports } from './store';

export function ExportMenu() {
  useExportNews();
  const [opened, setOpened] = useState(false);
  const running = useRunning();
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={380}
      shadow="md"
      trapFocus
      returnFocus
      withinPortal
    >
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="default"
          title="Export"
          className={classes['opener'] ?? ''}
          aria-label={running === null ? 'Export' : `Export ${running} %`}
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={() => setOpened(!opened)}
        >
          <span className={classes['word']}>Export</span>
          {running !== null && `\u00a0${running} %`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Export">{opened && <Panel />}</Popover.Dropdown>
    </Popover>
  );
}

/** How far the running exports are together, in percent; null when none runs. */
function useRunning(): number | null {
  return useExports(({ byId }) => {
    const running = [...byId.values()].filter(({ phase }) => phase === 'running');
    if (running.length === 0) return null;
    return percent(running.reduce((sum, { fraction }) => sum + fraction, 0) / running.length);
  });
}

function Panel() {
  const [format, setFormat] = useState<ExportFormat>('ndjson');
  const asking = useExports((state) => state.asking);
  const columns = usePickedFields();
  const dataset = usePane((pane) => pane.dataset);
  const view = usePane((pane) => pane.view);
  const shown = usePane((pane) => pane.state?.count ?? 0);
  const search = useSearchOf(dataset);
  const about = useId();
  const picked = { format, columns: format === 'csv' ? [...columns] : [] };
  return (
    <div className={classes['panel']}>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label="Format"
        value={format}
        onChange={setFormat}
        data={exportFormats.map((value) => ({ value, label: formatNames[value] }))}
      />
      <Button
        size="xs"
        variant="default"
        disabled={shown === 0}
        aria-disabled={asking}
        data-autofocus
        onClick={() => void startExport({ ...picked, what: { kind: 'view', dataset, view } })}
      >
        What is shown: {eventsText(shown)}…
      </Button>
      {search !== null && (
        <>
          <Button
            size="xs"
            variant="default"
            aria-disabled={asking}
            aria-describedby={about}
            onClick={() => void startExport({ ...picked, what: { kind: 'search', search } })}
          >
            Everything the search finds…
          </Button>
          <About id={about} search={search} />
        </>
      )}
      <ExportList />
    </div>
  );
}

function About({ id, search }: { id: string; search: LogSearch }) {
  const zone = useTimeZone();
  const groups = search.targets.reduce((sum, target) => sum + target.groups.length, 0);
  return (
    <p id={id} className={classes['about']}>
      {groups === 1 ? '1 group' : `${groups} groups`}, {formatFull(search.startMs, zone)} to{' '}
      {formatFull(search.endMs, zone)}. Asked again, without a limit on events; the local filter
      does not count.
    </p>
  );
}

/** The search behind a dataset; null for a live tail. */
function useSearchOf(dataset: string): LogSearch | null {
  return useSearch(
    ({ run, before }) =>
      [run, ...before].find((one) => one?.search.searchId === dataset)?.search ?? null,
  );
}
