/** The grid: only the rows in sight are drawn, however many there are. */
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { RefObject } from 'react';
import { useSettings, useTimeZone } from '../../stores/settings';
import { ColumnHeads } from './ColumnHeads';
import { EventRowView } from './EventRowView';
import classes from './events.module.css';
import { wordsOf } from './event-words';
import { columnsOf, placed, useLayout, usePickedFields } from './grid-columns';
import type { PlacedColumn } from './grid-columns';
import { eventGridId, useWayIntoGrid } from './grid-focus';
import { finderOf, wantedTexts } from './highlight';
import { usePane, usePaneClient, usePaneStore } from './pane';
import { rowsOf } from './row-pages';
import { HEAD_PX, linesOf, ROW_PX, rowId } from './row-layout';
import { topOf } from './scroll-scale';
import { ScrollMarks } from './ScrollMarks';
import { useFollow } from './use-follow';
import { useGridKeys } from './use-grid-keys';
import { useRows } from './use-rows';
import type { Rows } from './use-rows';
import { useScroller } from './use-scroller';
import { useShownTop } from './use-shown-top';
import { useWidth } from './use-width';

/** A letter of the grid's font (px), for how many fit in a line. */
const LETTER_PX = 7.25;
const CELL_PADDING_PX = 16;

/** A row drawn: its place in the view and how high it is (px). */
interface Drawn {
  place: number;
  height: number;
}

export function EventGrid() {
  const pane = usePaneStore();
  const count = usePane(({ state }) => state?.count ?? 0);
  const selected = usePane((state) => state.selected);
  const filter = usePane((state) => state.filter);
  const zone = useTimeZone();
  const wrap = useSettings(({ settings }) => settings?.logs.wrap ?? false);
  const raw = useLayout((state) => state.raw);
  const scroller = useScroller(count, ROW_PX, HEAD_PX, wrap ? 8 * ROW_PX : 0);
  const { element, position, viewport, scrollTo } = scroller;
  const wantedTop = topOf(position, ROW_PX, count);
  const most = Math.ceil(viewport / ROW_PX) + 1;
  const moved = useCallback((by: number) => scrollTo(position + by * ROW_PX), [scrollTo, position]);
  const rows = useRows(wantedTop.row, Math.min(count - 1, wantedTop.row + most), moved);
  const top = useShownTop(wantedTop, (row) => rows.has(row, Math.min(count - 1, row + most)));
  const last = Math.min(count - 1, top.row + most);
  const columns = useColumns(rows, element, wrap);
  const message = columns.find(({ kind }) => kind === 'message');
  const letters = Math.max(20, Math.floor(((message?.width ?? 400) - CELL_PADDING_PX) / LETTER_PX));
  const drawn = inSight(top.row, last, (place) => {
    const row = wrap ? rows.at(place) : undefined;
    if (row === undefined) return ROW_PX;
    return 4 + linesOf(raw ? row.text : wordsOf(row).message, letters) * 18;
  });
  const scrolledAway = -top.part * (drawn[0]?.height ?? ROW_PX);
  const highlights = usePane((state) => state.highlights);
  const finder = useMemo(
    () => finderOf([...wantedTexts(filter), ...highlights]),
    [filter, highlights],
  );
  useFollow(scroller, count);
  useWayIntoGrid();
  useTarget(scrollTo, viewport);
  const page = Math.max(1, Math.floor(viewport / ROW_PX) - 1);
  const onKeyDown = useGridKeys({ count, page, first: top.row, rows, scrollTo });
  const wide = columns.reduce((sum, { width }) => sum + width, 0);
  return (
    <div className={classes['gridBox']}>
      <div
        ref={element}
        id={eventGridId}
        className={classes['scroller']}
        role="grid"
        aria-label="Log events"
        aria-rowcount={count + 1}
        aria-activedescendant={selected === null ? undefined : rowId(selected)}
        data-scrolled={position > 0}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div
          className={classes['canvas']}
          style={{ height: scroller.height + HEAD_PX, width: wide }}
          role="presentation"
        >
          <div
            className={classes['window']}
            style={{ height: viewport + HEAD_PX }}
            role="presentation"
          >
            <ColumnHeads columns={columns} />
            <div
              role="presentation"
              className={classes['rows']}
              style={{ transform: `translateY(${Math.round(scrolledAway)}px)` }}
            >
              {drawn.map(({ place, height }) => (
                <EventRowView
                  key={place % (most + 2)}
                  place={place}
                  height={height}
                  row={rows.at(place)}
                  sources={rows.sources}
                  columns={columns}
                  zone={zone}
                  wrap={wrap}
                  raw={raw}
                  finder={finder}
                  selected={selected !== null && rows.at(place)?.seq === selected}
                  onSelect={(seq) => pane.getState().select(seq, place)}
                />
              ))}
            </div>
          </div>
        </div>
      </div>
      <ScrollMarks />
    </div>
  );
}

/** Scrolls to where a jump leads, a third down the grid, and selects it. */
function useTarget(scrollTo: (position: number) => void, viewport: number): void {
  const pane = usePaneStore();
  const client = usePaneClient();
  const target = usePane((state) => state.target);
  const done = useRef<typeof target>(null);
  useEffect(() => {
    if (target === null || target === done.current || viewport === 0) return;
    done.current = target;
    scrollTo(target.place * ROW_PX - viewport / 3);
    const { dataset, view, select, failed } = pane.getState();
    client
      .ask('rows', { dataset, view, from: target.place, count: 1, maxBytes: 16 })
      .then((page) => {
        const [row] = rowsOf(page);
        if (row !== undefined) select(row.seq, target.place);
      })
      .catch((error: unknown) => failed(error instanceof Error ? error.message : String(error)));
  }, [target, scrollTo, viewport, pane, client]);
}

function inSight(first: number, last: number, heightOf: (place: number) => number): Drawn[] {
  const drawn: Drawn[] = [];
  for (let place = first; place <= last; place += 1) {
    drawn.push({ place, height: heightOf(place) });
  }
  return drawn;
}

function useColumns(
  rows: Rows,
  element: RefObject<HTMLDivElement | null>,
  wrap: boolean,
): readonly PlacedColumn[] {
  const fields = usePickedFields();
  const widths = useLayout((state) => state.widths);
  const pinned = useLayout((state) => state.pinned);
  const width = useWidth(element);
  const several =
    new Set(
      rows.sources.map(({ connectionId, region, group }) => `${connectionId}|${region}|${group}`),
    ).size > 1;
  return useMemo(
    () => placed(columnsOf(fields, several), { widths, pinned }, width, wrap),
    [fields, several, widths, pinned, width, wrap],
  );
}
