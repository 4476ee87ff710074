/** The engine's histogram of the pane's view, over the zoom, the search's time, or what there is. */
import type { TimeWindow } from '../../../shared/dashboards/time-range';
import type { DatasetStats } from '../../../shared/logs/engine-protocol';
import { offsetOf } from '../../charts/time-ticks';
import { useTimeZone } from '../../stores/settings';
import { usePane, usePaneClient, usePaneStore } from '../events/pane';
import { useViewAnswer } from '../facets/follow-view';
import { barsOver } from './buckets';
import type { Bars } from './buckets';
import { stacksOf } from './stacks';
import type { Stacks } from './stacks';

/** At most four times a second while events stream. */
const GAP_MS = 250;
const SECOND = 1_000;

export interface Shown {
  /** What the picture spans; null before anything is known. */
  bars: Bars | null;
  stacks: Stacks | null;
  stackBars: Bars | null;
  /** Times between which events were let go for want of room. */
  dropped: DatasetStats['dropped'];
  failure: string | null;
}

interface Answer {
  bars: Bars;
  stacks: Stacks;
  dropped: DatasetStats['dropped'];
}

/** @param by a field, or null for the mere count */
export function useHistogram(window: TimeWindow | null, by: string | null, widthPx: number): Shown {
  const client = usePaneClient();
  const { dataset, view } = usePaneStore().getState();
  const zoom = usePane((pane) => pane.zoom);
  const zone = useTimeZone();
  const asked = zoom ?? window;
  const bars = asked === null || widthPx === 0 ? null : barsOver(asked, widthPx, offsetOf(zone));
  const question = [dataset, asked?.startMs, asked?.endMs, by, Math.round(widthPx), zone].join('|');
  const ask = async (signal: AbortSignal): Promise<Answer | null> => {
    const stats = await client.ask('stats', { dataset });
    const over = bars ?? heldBars(stats);
    if (over === null) return null;
    const answer = await client.ask(
      'histogram',
      { dataset, view, fromMs: over.startMs, toMs: over.endMs, buckets: over.count, by },
      signal,
    );
    return { bars: over, stacks: stacksOf(answer, by), dropped: stats.dropped };
  };
  /** Without a time that was asked for: from the first event that is held to the last. */
  const heldBars = ({ firstMs, lastMs }: DatasetStats): Bars | null => {
    if (firstMs === null || lastMs === null) return null;
    const endMs = Math.max(lastMs + 1, firstMs + 10 * SECOND);
    return barsOver({ startMs: firstMs, endMs }, widthPx, offsetOf(zone));
  };
  const { answer, failure } = useViewAnswer(question, widthPx === 0 ? null : ask, GAP_MS);
  return {
    bars: bars ?? answer?.bars ?? null,
    stacks: answer?.stacks ?? null,
    stackBars: answer?.bars ?? null,
    dropped: answer?.dropped ?? null,
    failure,
  };
}
