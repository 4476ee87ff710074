/** Every group of a change, from and to, and its outcome; only those in sight are drawn. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { RetentionChange } from '../../../shared/logs/retention';
import { useConnections } from '../../stores/connections';
import { safeText } from '../../ui/safe-text';
import { whereText } from './audit-rows';
import { changeKey } from './change-key';
import { isShorter } from './changes';
import { fromToText } from './preview-words';
import classes from './retention.module.css';
import type { Applying } from './use-apply';

const ROW_PX = 44;

interface Props {
  changes: readonly RetentionChange[];
  /** Null before they are begun. */
  applying: Applying | null;
}

export function PlanList({ changes, applying }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const labels = useConnections((state) => state.labels);
  const virtual = useVirtualizer({
    count: changes.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 6,
  });
  return (
    <div
      ref={scroller}
      className={classes['plan']}
      style={{ height: Math.min(changes.length * ROW_PX + 2, window.innerHeight * 0.4) }}
      tabIndex={0}
      role="region"
      aria-label="Groups, from and to"
    >
      <div role="list" style={{ position: 'relative', height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const change = changes[index];
          if (change === undefined) return null;
          return (
            <div
              key={key}
              role="listitem"
              aria-posinset={index + 1}
              aria-setsize={changes.length}
              className={classes['planRow']}
              style={{ transform: `translateY(${start}px)` }}
            >
              <span className={classes['planName']} title={safeText(change.group)}>
                {safeText(change.group)}
              </span>
              <span className={classes['planMore']}>
                {safeText(whereText(change, labels))} · {fromToText(change)}
                {isShorter(change.fromDays, change.toDays) ? ', deletes older events' : ''}
                {applying !== null && <Outcome change={change} applying={applying} />}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Outcome({ change, applying }: { change: RetentionChange; applying: Applying }) {
  const outcome = applying.outcomes.get(changeKey(change));
  if (outcome === undefined) {
    const left = applying.phase === 'ended' || applying.stopped;
    return <span> · {left ? 'left as it was' : 'waiting'}</span>;
  }
  if (outcome.failure === null) return <span data-done> · set</span>;
  const text = safeText(`${outcome.failure.message} ${outcome.failure.advice}`);
  return (
    <span data-bad title={text}>
      {' '}
      · not set: {text}
    </span>
  );
}
