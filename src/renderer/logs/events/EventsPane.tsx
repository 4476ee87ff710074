/** Events of one dataset: when they happened, what narrows them, the grid, and the line that is selected. */
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import type { GroupProgress } from '../../../shared/logs/search';
import { safeText } from '../../ui/safe-text';
import { LineDetail } from '../detail/LineDetail';
import { useEngine } from '../engine';
import { EventsSide } from '../facets/EventsSide';
import { FilterBox } from '../filter/FilterBox';
import { Histogram } from '../histogram/Histogram';
import { emptyWords, goneWords } from './empty-words';
import classes from './events.module.css';
import { EventGrid } from './EventGrid';
import { FindBar } from './FindBar';
import { GridTools } from './GridTools';
import { HeldNote } from './HeldNote';
import { PaneContext, usePane } from './pane';
import type { Pane } from './pane';
import { useLook } from './use-look';
import { useMarkSearch } from './use-marks';

export interface EventsPaneProps {
  pane: Pane;
  /** Another value asks the engine anew: the dataset was opened again. */
  opened: number;
  /** Events may still come. */
  busy: boolean;
  /** The time that is looked at (ms UTC); null: what there is. */
  window: { startMs: number; endMs: number } | null;
  /** What of it has been read; null where that cannot be said. */
  coverage: readonly GroupProgress[] | null;
  /** A pattern was sent along: what is not here may only not fit. */
  hasPattern: boolean;
}

export function EventsPane(props: EventsPaneProps) {
  const client = useEngine((state) => state.client);
  const generation = useEngine((state) => state.generation);
  const problem = useEngine((state) => state.problem);
  const { pane } = props;
  const parts = useMemo(() => (client === null ? null : { pane, client }), [pane, client]);
  if (parts === null) {
    return (
      <p className={classes['empty']} role="status">
        {problem === null ? 'Starting the log engine…' : safeText(problem)}
      </p>
    );
  }
  return (
    <PaneContext value={parts}>
      <Shown {...props} generation={generation} />
    </PaneContext>
  );
}

function Shown(props: EventsPaneProps & { generation: number }) {
  const { opened, generation, window, coverage } = props;
  useLook(`${generation}.${opened}`);
  useMarkSearch();
  return (
    <div className={classes['whole']}>
      <Histogram window={window} coverage={coverage} />
      <div className={classes['pane']}>
        <EventsSide />
        <div className={classes['main']}>
          <div className={classes['above']}>
            <FilterBox />
            <HeldNote />
            <GridTools />
          </div>
          <FindBar />
          <Body {...props} />
        </div>
        <LineDetail />
      </div>
    </div>
  );
}

/** The grid, or why there is none. */
function Body({ busy, coverage, hasPattern }: EventsPaneProps) {
  const state = usePane((pane) => pane.state);
  const failure = usePane((pane) => pane.failure);
  const gone = usePane((pane) => pane.gone);
  const filtered = usePane((pane) => pane.filterText.trim() !== '' || pane.zoom !== null);
  if (failure !== null) return <Empty text={failure} />;
  if (state === null) {
    return <Empty text={gone && !busy ? goneWords(coverage !== null) : 'Looking…'} />;
  }
  if (state.count > 0) return <EventGrid />;
  if (busy || !state.complete) return <Empty text="No event yet." />;
  // What the search has brought is not counted yet.
  if (state.total === 0 && coverage?.some(({ events }) => events > 0) === true) {
    return <Empty text="Looking…" />;
  }
  return state.total > 0 && filtered ? (
    <Empty
      text={`None of the ${state.total.toLocaleString('en')} events passes the filter.`}
      action={<ClearFilter />}
    />
  ) : (
    <Empty text={emptyWords({ coverage, hasPattern })} />
  );
}

function ClearFilter() {
  const setFilterText = usePane((pane) => pane.setFilterText);
  const setZoom = usePane((pane) => pane.setZoom);
  return (
    <button
      type="button"
      className={classes['link']}
      onClick={() => {
        setFilterText('');
        setZoom(null);
      }}
    >
      Show them all
    </button>
  );
}

function Empty({ text, action }: { text: string; action?: ReactNode }) {
  return (
    <p className={classes['empty']} role="status">
      {safeText(text)} {action}
    </p>
  );
}
