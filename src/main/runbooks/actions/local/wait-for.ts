/** Waits until an alarm has a state, a metric meets a condition, or a time has come. Ends at once when told to stop. */
import { FailureError } from '../../../../shared/failure';
import { lengthMs } from '../../../../shared/runbooks/step';
import type { ActionOf } from '../../../../shared/runbooks/step-kinds';
import type { StepOutput } from '../../../../shared/runbooks/run';
import { wait } from '../../../aws/wait';
import { invalid } from '../../action-values';
import type { ReadHandler, StepContext, StepPlace } from '../../step-seams';
import { jsonOutput } from './output';
import { cancelled } from './until-abort';
import { alarmLook } from './wait-alarm';
import type { WaitParts } from './wait-alarm';
import { metricLook } from './wait-metric';

/** One look at the world; null while what is waited for has not come. */
export interface Look {
  /** What was found, in words. */
  words: string;
  /** The output once it has come. */
  met: StepOutput | null;
  /** ms until the next one. */
  againMs: number;
}

/** An hour, unless the file says another time. */
const LIMIT_MS = 3_600_000;
const TROUBLE_MS = 30_000;

export function waitFor(parts: WaitParts): ReadHandler<'wait-for'> {
  return {
    kind: 'wait-for',
    mode: 'reads',
    timeoutMs: LIMIT_MS,
    resource: ({ alarm, metric }) => alarm?.name ?? metric?.metric ?? null,
    effect: async (action, { clock }) => {
      checkOne(action);
      const { alarm, metric, time } = action;
      if (alarm !== undefined) return `Waits until ${alarm.name} is ${alarm.state}`;
      if (metric !== undefined) {
        return `Waits until ${metric.metric} is ${metric.operator} ${metric.value}`;
      }
      return `Waits until ${new Date(timeOf(time ?? '', clock.now())).toISOString()}`;
    },
    run: async (action, context) => {
      checkOne(action);
      const { alarm, metric, time } = action;
      if (time !== undefined) return untilTime(time, context);
      const place = placeOf(context);
      if (alarm !== undefined) return untilMet(alarmLook(parts, place, alarm, context), context);
      if (metric !== undefined) return untilMet(metricLook(parts, place, metric, context), context);
      throw oneOf();
    },
  };
}

const oneOf = (): FailureError =>
  new FailureError(invalid('wait-for: one of alarm, metric or time is wanted.'));

function checkOne({ alarm, metric, time }: ActionOf<'wait-for'>): void {
  const said = [alarm, metric, time].filter((one) => one !== undefined);
  if (said.length !== 1) throw oneOf();
}

function placeOf({ place }: StepContext): StepPlace {
  if (place !== null) return place;
  throw new FailureError(invalid('wait-for: it is not known which connection and region to ask.'));
}

async function untilMet(look: () => Promise<Look>, context: StepContext): Promise<StepOutput> {
  const { clock, signal, tell } = context;
  for (;;) {
    let again = TROUBLE_MS;
    try {
      const { words, met, againMs } = await look();
      tell(words);
      if (met !== null) return met;
      again = againMs;
    } catch (error) {
      if (signal.aborted) throw cancelled();
      if (!isPassing(error)) throw error;
      tell(`${error.failure.message} Asked again in ${TROUBLE_MS / 1_000} s.`);
    }
    await pause(again, clock, signal);
  }
}

/** Troubles that waiting outlives. */
const isPassing = (error: unknown): error is FailureError =>
  error instanceof FailureError &&
  ['throttled', 'offline', 'timed-out', 'unknown'].includes(error.failure.kind);

async function untilTime(time: string, context: StepContext): Promise<StepOutput> {
  const { clock, signal, tell } = context;
  const until = timeOf(time, clock.now());
  for (let left = until - clock.now(); left > 0; left = until - clock.now()) {
    tell(`${lengthWords(left)} to go, until ${new Date(until).toISOString()}`);
    await pause(Math.min(left, left > 60_000 ? 10_000 : 1_000), clock, signal);
  }
  return jsonOutput({ until: new Date(until).toISOString() });
}

async function pause(ms: number, clock: StepContext['clock'], signal: AbortSignal): Promise<void> {
  try {
    await wait(clock, ms, signal);
  } catch {
    // Only the signal ends a wait early.
    throw cancelled();
  }
}

/** ms UTC of `5m` from now, or of a time with its zone. */
function timeOf(text: string, now: number): number {
  const said = text.trim();
  if (/^\d{1,5}(ms|s|m|h)$/.test(said)) return now + lengthMs(said);
  const zoned = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(said);
  const at = zoned ? Date.parse(said) : Number.NaN;
  if (Number.isFinite(at)) return at;
  throw new FailureError(
    invalid('time: a length such as 5m, or a time with its zone such as 2030-01-31T04:00Z.'),
  );
}

function lengthWords(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${seconds % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
