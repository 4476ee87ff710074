/** Similar lines grouped: how many, since when, and what is new since the alarm began. */
import { useState } from 'react';
import type { EngineAnswers, LogPattern } from '../../../shared/logs/engine-protocol';
import { useTimeZone } from '../../stores/settings';
import { safeText } from '../../ui/safe-text';
import { formatClock, formatClockSeconds, formatDate, formatFull } from '../../ui/time';
import { usePane, usePaneClient, usePaneStore } from '../events/pane';
import { useViewAnswer } from '../facets/follow-view';
import { narrowedBy, termsOf } from '../filter/clauses';
import { useLogs } from '../store';
import { patternClause, templateParts } from './pattern-clause';
import { newWords, ordered, orderWords, patternOrders, patternsWords } from './pattern-list';
import type { PatternOrder } from './pattern-list';
import classes from './patterns.module.css';

export interface PatternsProps {
  /** A pattern first seen at or after this (ms UTC) is new; without it the alarm's beginning. */
  sinceMs?: number | null;
}

/** Grouping takes the engine some seconds of many lines. */
const GAP_MS = 3_000;
const TOP = 300;
const DAY = 86_400_000;

interface Found {
  found: EngineAnswers['patterns'];
  firstHeldMs: number | null;
}

function usePatterns(sinceMs: number | null) {
  const client = usePaneClient();
  const { dataset, view } = usePaneStore().getState();
  return useViewAnswer<Found>(
    `${dataset}|${sinceMs}`,
    async (signal) => {
      const { firstMs } = await client.ask('stats', { dataset });
      const found = await client.ask('patterns', { dataset, view, sinceMs, top: TOP }, signal);
      return { found, firstHeldMs: firstMs };
    },
    GAP_MS,
  );
}

export function Patterns({ sinceMs }: PatternsProps) {
  const alarm = useLogs((state) => state.alarm);
  const since = sinceMs === undefined ? (alarm?.sinceMs ?? null) : sinceMs;
  const { answer, failure } = usePatterns(since);
  const [chosen, setOrder] = useState<PatternOrder | null>(null);
  const order = chosen ?? (since === null ? 'count' : 'new');
  if (failure !== null) {
    return (
      <p className={classes['failure']} role="status">
        {safeText(`The lines could not be grouped: ${failure}`)}
      </p>
    );
  }
  if (answer === null) {
    return (
      <p className={classes['note']} role="status">
        Grouping similar lines…
      </p>
    );
  }
  const { found, firstHeldMs } = answer;
  const fresh = newWords(found, since, firstHeldMs);
  const canTell = since !== null && firstHeldMs !== null && firstHeldMs < since;
  return (
    <div className={classes['patterns']}>
      <div className={classes['bar']}>
        <select
          aria-label="Order of the patterns"
          value={order}
          onChange={({ currentTarget }) =>
            setOrder(patternOrders.find((one) => one === currentTarget.value) ?? 'count')
          }
        >
          {patternOrders.map((one) => (
            <option key={one} value={one}>
              {orderWords[one]}
            </option>
          ))}
        </select>
      </div>
      <div className={classes['list']}>
        {fresh !== null && <p className={classes['note']}>{fresh}</p>}
        <ul>
          {ordered(found.patterns, order).map((pattern) => (
            <PatternLine
              key={`${pattern.template} ${pattern.said.join(' ')}`}
              pattern={pattern}
              share={pattern.count / Math.max(1, found.sample.looked)}
              isNew={canTell && pattern.isNew}
            />
          ))}
        </ul>
        <p className={classes['note']} role="status">
          {found.patterns.length === 0
            ? 'No lines to group.'
            : patternsWords(found.distinct, found.patterns.length, found.sample)}
        </p>
      </div>
    </div>
  );
}

interface LineProps {
  pattern: LogPattern;
  /** Of the lines looked at, 0 to 1. */
  share: number;
  isNew: boolean;
}

function PatternLine({ pattern, share, isNew }: LineProps) {
  const text = usePane((pane) => pane.filterText);
  const setFilterText = usePane((pane) => pane.setFilterText);
  const clause = patternClause(pattern);
  const terms = termsOf(text) ?? [];
  const only = clause !== null && terms.includes(clause);
  const toggle = (wanted: string): void => {
    const others = terms.filter((term) => term !== wanted);
    setFilterText(others.length < terms.length ? others.join(' ') : narrowedBy(text, wanted));
  };
  return (
    <li className={classes['pattern']} data-only={only}>
      <button
        type="button"
        className={classes['template']}
        aria-pressed={only}
        disabled={clause === null}
        title={
          clause === null ? 'The filter cannot name the field that says this.' : 'Only these lines'
        }
        onClick={() => clause !== null && toggle(clause)}
      >
        <Template template={pattern.template} />
      </button>
      <div className={classes['facts']}>
        <b>{pattern.count.toLocaleString('en')}</b>
        <span className={classes['share']} title={`${(share * 100).toFixed(1)} % of the lines`}>
          <i style={{ width: `${Math.max(2, share * 100)}%` }} />
        </span>
        {isNew && <span className={classes['new']}>new</span>}
        <Seen pattern={pattern} />
        <button
          type="button"
          className={classes['hide']}
          disabled={clause === null}
          aria-label={`Hide these lines: ${safeText(pattern.template).slice(0, 80)}`}
          title="Hide these lines"
          onClick={() => clause !== null && toggle(`-${clause}`)}
        >
          hide
        </button>
      </div>
    </li>
  );
}

function Template({ template }: { template: string }) {
  return (
    <>
      {templateParts(template).map(({ text, masked }, i) =>
        masked ? <em key={i}>{`‹${text}›`}</em> : <span key={i}>{safeText(text)}</span>,
      )}
    </>
  );
}

function Seen({ pattern: { firstMs, lastMs } }: { pattern: LogPattern }) {
  const zone = useTimeZone();
  // Within a day the clock says it; the whole times are in the title.
  const oneDay = lastMs - firstMs < DAY;
  const when = (ms: number): string =>
    oneDay ? formatClock(ms, zone) : formatDate(ms, zone).slice(5);
  const title = `first ${formatFull(firstMs, zone)}, last ${formatFull(lastMs, zone)}`;
  return (
    <span className={classes['seen']} title={title}>
      {firstMs === lastMs ? formatClockSeconds(lastMs, zone) : `${when(firstMs)} – ${when(lastMs)}`}
    </span>
  );
}
