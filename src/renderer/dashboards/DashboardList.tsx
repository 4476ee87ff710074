/** Every dashboard there is, by where it lives; only the lines in sight are drawn. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { IconFolderOpen, IconRefresh, IconSearch } from '@tabler/icons-react';
import { useEffect, useMemo, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { useConnections } from '../stores/connections';
import { safeText } from '../ui/safe-text';
import { chooseFiles, refreshList } from './actions';
import { FILTER_ID } from './dashboard-commands';
import { EntryLine, SectionLine, SourceLine } from './ListLines';
import { linesOf } from './list-items';
import type { ListLine } from './list-items';
import { loadListing, useListing, useListingKept } from './listing-store';
import { useDashboards } from './store';
import classes from './list.module.css';

const HEIGHTS: Record<ListLine['kind'], number> = { section: 32, source: 58, entry: 34 };

function Tools({ lines }: { lines: readonly ListLine[] }) {
  const filter = useDashboards((state) => state.filter);
  return (
    <div className={classes['tools']} role="search">
      <label className={classes['field']}>
        <IconSearch size={14} aria-hidden />
        <span className="nd-visually-hidden">Filter dashboards</span>
        <input
          id={FILTER_ID}
          type="search"
          placeholder="Filter"
          autoComplete="off"
          spellCheck={false}
          maxLength={300}
          value={filter}
          onChange={(event) => useDashboards.getState().search(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === 'Enter') openFirst(lines);
            else if (event.key === 'ArrowDown') onGridKey(event, lines);
          }}
        />
        <kbd aria-hidden>/</kbd>
      </label>
      <button
        type="button"
        className={classes['tool']}
        aria-label="Open file"
        title="Open a dashboard file (o)"
        onClick={() => void chooseFiles()}
      >
        <IconFolderOpen size={16} aria-hidden />
      </button>
      <button
        type="button"
        className={classes['tool']}
        aria-label="List again"
        title="Ask every connection for its dashboards again"
        onClick={refreshList}
      >
        <IconRefresh size={16} aria-hidden />
      </button>
    </div>
  );
}

/** Arrows go through the entries; Enter opens. The window's own keys are for the widgets. */
function onGridKey(event: KeyboardEvent, lines: readonly ListLine[]): void {
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
  const step = steps[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const entries = lines.flatMap((line) => (line.kind === 'entry' ? [line.entry.id] : []));
  const { openId, open } = useDashboards.getState();
  const at = openId === null ? -1 : entries.indexOf(openId);
  const next = entries[Math.min(entries.length - 1, Math.max(0, at + step))];
  if (next === undefined || next === openId) return;
  open(next);
  focusOpened();
}

/** Enter in the filter takes the best hit; the focus leaves the field, so that the page's keys work. */
function openFirst(lines: readonly ListLine[]): void {
  const first = lines.find((line) => line.kind === 'entry');
  if (first === undefined) return;
  useDashboards.getState().open(first.entry.id);
  focusOpened();
}

function focusOpened(): void {
  requestAnimationFrame(() => {
    const row = document.querySelector('[aria-label="Dashboards"] [aria-selected="true"]');
    if (row instanceof HTMLElement) row.focus();
  });
}

export function DashboardList() {
  useListingKept();
  const { listing, failure } = useListing();
  const filter = useDashboards((state) => state.filter);
  const labels = useConnections((state) => state.labels);
  const lines = useMemo(
    () => (listing === null ? [] : linesOf(listing, filter, labels)),
    [listing, filter, labels],
  );
  return (
    <section className={classes['list']} aria-label="All dashboards">
      <Tools lines={lines} />
      {failure !== null && (
        <div className={classes['note']} role="alert">
          {safeText(failure.message)} {safeText(failure.advice)}
          <button type="button" onClick={() => void loadListing()}>
            Try again
          </button>
        </div>
      )}
      {listing === null && failure === null && <p className={classes['note']}>Loading…</p>}
      {listing !== null && lines.length === 0 && (
        <p className={classes['note']}>
          {filter === ''
            ? 'No dashboards yet. Open a file, or drop one here.'
            : 'No dashboard is called that.'}
        </p>
      )}
      <Grid lines={lines} />
    </section>
  );
}

function Grid({ lines }: { lines: readonly ListLine[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const openId = useDashboards((state) => state.openId);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => HEIGHTS[lines[at]?.kind ?? 'entry'],
    getItemKey: (at) => lines[at]?.id ?? at,
    overscan: 10,
  });
  useEffect(() => virtualizer.measure(), [virtualizer, lines]);
  const first = lines.find((line) => line.kind === 'entry')?.entry.id ?? null;
  const tabbable = lines.some((line) => line.kind === 'entry' && line.entry.id === openId)
    ? openId
    : first;
  return (
    <div
      ref={scroller}
      className={classes['scroller']}
      role="grid"
      aria-label="Dashboards"
      aria-rowcount={lines.length}
      tabIndex={-1}
      onKeyDown={(event) => onGridKey(event, lines)}
    >
      <div role="presentation" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {virtualizer.getVirtualItems().map(({ index, start, key, size }) => {
          const line = lines[index];
          if (line === undefined) return null;
          const place = { top: start, height: size, index: index + 1 };
          switch (line.kind) {
            case 'section':
              return <SectionLine key={key} line={line} place={place} />;
            case 'source':
              return <SourceLine key={key} source={line.source} place={place} />;
            case 'entry':
              return (
                <EntryLine
                  key={key}
                  entry={line.entry}
                  place={place}
                  selected={line.entry.id === openId}
                  tabbable={line.entry.id === tabbable}
                />
              );
          }
        })}
      </div>
    </div>
  );
}
