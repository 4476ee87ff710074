/** What the list says when it has no rows: quiet, not sure, waiting, failed or nothing that matches. */
import { Button } from '@mantine/core';
import { IconEyeOff, IconMoonStars, IconPlugConnectedX, IconSearchOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { isTrouble, regionHealths } from '../shell/connection-health';
import type { RegionHealth } from '../shell/connection-health';
import { useApp } from '../stores/app';
import { useConnections } from '../stores/connections';
import { useList } from '../stores/list';
import { useNavigation } from '../stores/navigation';
import { useTimeZone } from '../stores/settings';
import { safeText } from '../ui/safe-text';
import { formatAge, formatWhen, useNow } from '../ui/time';
import { refresh } from './actions';
import { defaultFilter, isNarrowed } from './filter';
import classes from './ListStates.module.css';
import { useCounts } from './use-list-model';

const PACE_MS = 5_000;

function useRegions(): RegionHealth[] {
  const list = useConnections((state) => state.list);
  return regionHealths(list, useNow(PACE_MS), useTimeZone());
}

interface PageProps {
  icon: ReactNode;
  title: string;
  children: ReactNode;
}
function Page({ icon, title, children }: PageProps) {
  return (
    <div className={classes['page']}>
      <div className={classes['icon']}>{icon}</div>
      <h2 className={classes['title']}>{title}</h2>
      {children}
    </div>
  );
}

export function EmptyState({ known }: { known: number }) {
  const filter = useList((state) => state.filter);
  const regions = useRegions();
  if (known > 0 && isNarrowed(filter)) return <NoMatch known={known} />;
  if (regions.length === 0) return <NoConnection />;
  if (regions.every(({ health }) => isTrouble(health))) return <AllFailed regions={regions} />;
  if (known === 0 && regions.some(({ health }) => health === 'waiting')) {
    return <Waiting regions={regions} />;
  }
  return <Quiet regions={regions} />;
}

function NoMatch({ known }: { known: number }) {
  const filter = useList((state) => state.filter);
  const narrow = useList((state) => state.narrow);
  const elsewhere = filter.scope !== 'all';
  return (
    <Page icon={<IconSearchOff size={28} stroke={1.4} aria-hidden />} title="Nothing matches">
      <p className={classes['text']}>
        {elsewhere
          ? `None of the ${filter.scope === 'firing' ? 'firing' : 'unacknowledged'} alarms matches this filter.`
          : `None of the ${known.toLocaleString('en')} alarms matches this filter.`}
      </p>
      <div className={classes['buttons']}>
        {elsewhere && (
          <Button size="xs" onClick={() => narrow({ scope: 'all' })}>
            Look in all alarms
          </Button>
        )}
        <Button
          size="xs"
          variant="default"
          onClick={() => narrow({ ...defaultFilter, scope: filter.scope, sort: filter.sort })}
        >
          Clear the filter
        </Button>
      </div>
    </Page>
  );
}

function NoConnection() {
  return (
    <Page
      icon={<IconPlugConnectedX size={28} stroke={1.4} aria-hidden />}
      title="Nothing is watched"
    >
      <p className={classes['text']}>Nightdesk watches the accounts and regions you connect.</p>
      <Button size="xs" onClick={() => useNavigation.getState().show('settings')}>
        Add a connection
      </Button>
    </Page>
  );
}

function TroubleList({ regions }: { regions: readonly RegionHealth[] }) {
  return (
    <ul className={classes['trouble']}>
      {regions.slice(0, 6).map((region) => (
        <li key={region.id}>
          <strong>{safeText(region.label)}</strong>: {safeText(region.text)}
          {region.advice !== null && <div>{safeText(region.advice)}</div>}
        </li>
      ))}
      {regions.length > 6 && <li>and {regions.length - 6} more</li>}
    </ul>
  );
}

function AllFailed({ regions }: { regions: readonly RegionHealth[] }) {
  return (
    <Page icon={<IconEyeOff size={28} stroke={1.4} aria-hidden />} title="No connection answers">
      <p className={classes['text']}>Nothing is known about any alarm at the moment.</p>
      <TroubleList regions={regions} />
      <div className={classes['buttons']}>
        <Button size="xs" onClick={() => void refresh(null)}>
          Ask again
        </Button>
        <Button
          size="xs"
          variant="default"
          onClick={() => useNavigation.getState().show('settings')}
        >
          Connections
        </Button>
      </div>
    </Page>
  );
}

function Waiting({ regions }: { regions: readonly RegionHealth[] }) {
  const waiting = regions.filter(({ health }) => health === 'waiting');
  return (
    <div role="status" className={classes['waiting']}>
      <p className={classes['text']}>
        Asking AWS about {waiting.map(({ label }) => safeText(label)).join(', ')}…
      </p>
      {[0, 1, 2, 3, 4].map((at) => (
        <div key={at} className={classes['ghost']} aria-hidden />
      ))}
    </div>
  );
}

/** What is watched and since when: silence is only worth something when one knows who listens. */
function WatchedSentence({ regions }: { regions: readonly RegionHealth[] }) {
  const counts = useCounts();
  const now = useNow(PACE_MS);
  const zone = useTimeZone();
  const readyAt = useApp((state) => state.readyAt);
  const good = regions.filter(({ health }) => health === 'good');
  const connections = new Set(good.map(({ connectionId }) => connectionId)).size;
  const oldest = Math.min(...good.map(({ lastGoodAt }) => lastGoodAt ?? now));
  const age = formatAge(oldest, now);
  return (
    <>
      Watching {counts.all.toLocaleString('en')} {counts.all === 1 ? 'alarm' : 'alarms'} in{' '}
      {good.length} {good.length === 1 ? 'region' : 'regions'} of {connections}{' '}
      {connections === 1 ? 'connection' : 'connections'}
      {readyAt !== null && ` since ${formatWhen(readyAt, now, zone)}`}; last answer{' '}
      {age === 'now' ? 'just now' : `${age} ago`}.
    </>
  );
}

function Quiet({ regions }: { regions: readonly RegionHealth[] }) {
  const scope = useList((state) => state.filter.scope);
  const trouble = regions.filter(({ health }) => isTrouble(health));
  const firing = useCounts().firing;
  if (trouble.length > 0 && firing === 0) {
    return (
      <Page icon={<IconEyeOff size={28} stroke={1.4} aria-hidden />} title="Quiet, as far as seen">
        <p className={classes['text']}>
          <WatchedSentence regions={regions} />
        </p>
        <TroubleList regions={trouble} />
      </Page>
    );
  }
  const title = scope === 'unacknowledged' && firing > 0 ? 'Everything is taken' : 'All quiet';
  return (
    <Page icon={<IconMoonStars size={28} stroke={1.4} aria-hidden />} title={title}>
      <p className={classes['text']}>
        <WatchedSentence regions={regions} />
      </p>
    </Page>
  );
}

/** Above recovered alarms, when nothing fires now. */
export function QuietStrip() {
  const regions = useRegions();
  const trouble = regions.filter(({ health }) => isTrouble(health)).length;
  if (useCounts().firing > 0) return null;
  const title = trouble > 0 ? 'Quiet, as far as seen.' : 'All quiet.';
  return (
    <p className={classes['strip']}>
      <strong>{title}</strong> <WatchedSentence regions={regions} />
      {trouble > 0 && ` ${trouble} ${trouble === 1 ? 'region does' : 'regions do'} not answer.`}
    </p>
  );
}
