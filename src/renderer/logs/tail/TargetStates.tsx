/** How each account's tail is doing: live, by polling, sampled, reconnecting or failed. */
import { assertNever } from '../../../shared/assert-never';
import type { TailTarget } from '../../../shared/logs/tail';
import { connectionLabel, useConnections } from '../../stores/connections';
import { safeText } from '../../ui/safe-text';
import classes from './tail.module.css';
import { isFollowing } from './tail-run';
import type { Tail } from './tail-run';

export function TargetStates({ tail }: { tail: Tail }) {
  const byId = useConnections((state) => state.byId);
  const { state, failure } = tail;
  if (failure !== null) {
    return (
      <p className={classes['states']} role="status" data-bad>
        {safeText(failure)}
      </p>
    );
  }
  if (state === null) {
    return (
      <p className={classes['states']} role="status">
        Connecting…
      </p>
    );
  }
  const rate = `${state.rate.toLocaleString('en', { maximumFractionDigits: 1 })} events/s`;
  return (
    <div className={classes['states']} role="status">
      <span>{isFollowing(tail) ? rate : 'Stopped'}</span>
      {state.targets.map((target) => (
        <span
          key={`${target.connectionId}|${target.region}`}
          data-bad={target.phase === 'failed' || target.sampled}
        >
          {safeText(connectionLabel(byId, target.connectionId))} {target.region}:{' '}
          {safeText(words(target))}
        </span>
      ))}
    </div>
  );
}

function words({ phase, events, sampled, failure }: TailTarget): string {
  const count = `${events.toLocaleString('en')} ${events === 1 ? 'event' : 'events'}`;
  const why = failure === null ? '' : ` (${failure.message})`;
  switch (phase) {
    case 'connecting':
      return `connecting${why}`;
    case 'live':
      return `live, ${count}${sampled ? '; sampled: AWS leaves some out, there are more than it sends' : ''}`;
    case 'polling':
      return `asking every few seconds, ${count}${why}`;
    case 'failed':
      return failure === null ? 'failed' : `${failure.message} ${failure.advice}`;
    case 'ended':
      return `ended, ${count}`;
    default:
      return assertNever(phase);
  }
}
