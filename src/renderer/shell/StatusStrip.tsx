/** The bottom line: whether what is on show can be believed, and what watching costs. */
import { Popover, Tooltip } from '@mantine/core';
import { openSpotlight } from '@mantine/spotlight';
import {
  IconAlertTriangle,
  IconCircleFilled,
  IconClock,
  IconEyeOff,
  IconPlayerPause,
} from '@tabler/icons-react';
import { Suspense, useState } from 'react';
import type { MetricBudget } from '../../shared/metrics/query';
import { keysOf, showKey } from '../keys';
import { useApp } from '../stores/app';
import { useBanners } from '../stores/banners';
import { useMetricBudget } from '../stores/budget';
import { useConnections } from '../stores/connections';
import { useTimeZone } from '../stores/settings';
import { safeText } from '../ui/safe-text';
import { useNow, zoneLabel } from '../ui/time';
import { isTrouble, regionHealths, totalLoad } from './connection-health';
import type { Health, RegionHealth } from './connection-health';
import { DemoMenu } from './slots';
import classes from './StatusStrip.module.css';

const icons: Record<Health, typeof IconClock> = {
  good: IconCircleFilled,
  waiting: IconClock,
  paused: IconPlayerPause,
  blind: IconEyeOff,
  failed: IconAlertTriangle,
};
const PACE_MS = 5_000;
/** With more regions than this the healthy ones are counted instead of named. */
const MOST_NAMED = 4;

function Region({ region }: { region: RegionHealth }) {
  const Icon = icons[region.health];
  return (
    <span className={classes['region']} data-health={region.health}>
      <Icon size={region.health === 'good' ? 8 : 12} aria-hidden className={classes['dot']} />
      <span
        className={classes['label']}
        title={`${safeText(region.label)} · ${safeText(region.text)}`}
      >
        {safeText(region.label)} · {safeText(region.text)}
      </span>
    </span>
  );
}

function shownRegions(regions: readonly RegionHealth[]): { named: RegionHealth[]; rest: number } {
  if (regions.length <= MOST_NAMED) return { named: [...regions], rest: 0 };
  const named = regions.filter(({ health }) => isTrouble(health)).slice(0, MOST_NAMED - 1);
  return { named, rest: regions.length - named.length };
}

function RestSummary({ regions, rest }: { regions: readonly RegionHealth[]; rest: number }) {
  const trouble = regions.filter(({ health }) => isTrouble(health)).length;
  const text = trouble > MOST_NAMED - 1 ? `${rest} more regions` : `${rest} regions up to date`;
  return (
    <span className={classes['region']} data-health={trouble > MOST_NAMED - 1 ? 'blind' : 'good'}>
      <IconCircleFilled size={8} aria-hidden className={classes['dot']} />
      <span className={classes['label']}>{text}</span>
    </span>
  );
}

function Connections() {
  const [opened, setOpened] = useState(false);
  const list = useConnections((state) => state.list);
  const zone = useTimeZone();
  const regions = regionHealths(list, useNow(PACE_MS), zone);
  const { named, rest } = shownRegions(regions);
  return (
    <Popover position="top-start" shadow="md" opened={opened} onChange={setOpened}>
      <Popover.Target>
        <button
          type="button"
          className={classes['connections']}
          onClick={() => setOpened(!opened)}
          onBlur={() => setOpened(false)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || !opened) return;
            event.stopPropagation();
            setOpened(false);
          }}
        >
          {/* Ages tick all the time: read out when asked for, not when they change. */}
          <span role="status" aria-live="off" aria-label="Connections" className={classes['list']}>
            {regions.length === 0 && <span>No connection</span>}
            {named.map((region) => (
              <Region key={region.id} region={region} />
            ))}
            {rest > 0 && <RestSummary regions={regions} rest={rest} />}
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes['all']}>
        {regions.map((region) => (
          <div key={region.id} className={classes['line']}>
            <Region region={region} />
            <span className={classes['count']}>{region.alarmCount} alarms</span>
            {region.advice !== null && isTrouble(region.health) && (
              <span className={classes['advice']}>{safeText(region.advice)}</span>
            )}
          </div>
        ))}
        {regions.length === 0 && <div>Add a connection in the settings.</div>}
      </Popover.Dropdown>
    </Popover>
  );
}

/** How much of it graphs and dashboards caused, and the cap on that. */
function metricsShare(budget: MetricBudget | null): string {
  if (budget === null) return '';
  const cap = budget.capUsd === null ? 'no cap' : `cap $${budget.capUsd.toFixed(2)}`;
  return `; of it metric queries $${budget.spentUsd.toFixed(4)} in the last hour, ${cap}${budget.paused ? ', paused' : ''}`;
}

/** AWS bills less than a cent an hour for most: say so instead of $0.00. */
function formatCost(dollars: number): string {
  if (dollars === 0) return '$0/h';
  return dollars < 0.01 ? 'under $0.01/h' : `$${dollars.toFixed(2)}/h`;
}

function LoadFigures() {
  const budget = useMetricBudget();
  const load = totalLoad(useConnections((state) => state.list));
  return (
    <Tooltip label={`API calls and their estimated cost at list prices${metricsShare(budget)}`}>
      <span>
        {Math.round(load.callsPerHour).toLocaleString('en')} calls/h ·{' '}
        {formatCost(load.costPerHour)}
        {load.throttlesPerHour > 0 && ` · ${Math.round(load.throttlesPerHour)} throttled/h`}
      </span>
    </Tooltip>
  );
}

export function StatusStrip() {
  const demo = useApp((state) => state.demo);
  const mac = useApp((state) => state.platform) === 'darwin';
  const journalFails = useBanners((state) =>
    state.list.some(({ id, level }) => id.startsWith('journal') && level === 'error'),
  );
  const zone = useTimeZone();
  const paletteKey = keysOf('palette')[0] ?? '';
  return (
    <footer className={classes['strip']}>
      <Connections />
      <span className={classes['right']} />
      {demo && (
        <Suspense fallback={null}>
          <DemoMenu />
        </Suspense>
      )}
      <LoadFigures />
      <span data-health={journalFails ? 'failed' : 'good'} className={classes['journal']}>
        {journalFails ? 'journal failed' : 'journal ok'}
      </span>
      <span title="Every time on show is in this zone">{zoneLabel(Date.now(), zone)}</span>
      <button
        type="button"
        className={classes['palette']}
        aria-label="Command palette"
        onClick={() => openSpotlight()}
      >
        <kbd>{showKey(paletteKey, mac)}</kbd>
      </button>
    </footer>
  );
}
