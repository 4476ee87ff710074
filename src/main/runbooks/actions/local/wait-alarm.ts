/** The state of an alarm: what the console knows says when to ask, CloudWatch's answer decides. */
import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { AlarmState } from '../../../../shared/alarms/alarm';
import { FailureError } from '../../../../shared/failure';
import type { ActionOf } from '../../../../shared/runbooks/step-kinds';
import type { AlarmApi } from '../../../aws/aws-api';
import { invalid } from '../../action-values';
import type { StepContext, StepPlace } from '../../step-seams';
import { jsonOutput } from './output';
import type { Look } from './wait-for';

export interface WaitParts {
  /** Metric queries made by it should count like any other. */
  apiOf: (
    connectionId: string,
    region: string,
  ) => Pick<AlarmApi, 'describeAlarms' | 'getMetricData'>;
  /** The state an alarm of this name has as far as the console knows; null for one it does not know. */
  knownState: (connectionId: string, region: string, name: string) => AlarmState | null;
}

type Wanted = NonNullable<ActionOf<'wait-for'>['alarm']>;

const ASK_MS = 30_000;
/** What the console knows costs nothing to look at. */
const KNOWN_MS = 2_000;
/** CloudWatch is not asked more often, whatever the console has heard. */
const LEAST_MS = 5_000;

export function alarmLook(
  { apiOf, knownState }: WaitParts,
  { connectionId, region }: StepPlace,
  { name, state }: Wanted,
  { clock, signal }: StepContext,
): () => Promise<Look> {
  let askedAt: number | null = null;
  let words = '';
  return async () => {
    const known = knownState(connectionId, region, name);
    const since = askedAt === null ? Infinity : clock.now() - askedAt;
    if (since < (known === state ? LEAST_MS : ASK_MS))
      return { words, met: null, againMs: KNOWN_MS };
    askedAt = clock.now();
    const found = await described(apiOf(connectionId, region), name, signal);
    const is = found?.StateValue;
    if (is === undefined) throw gone(name, region);
    const met = is === state;
    const at = found?.StateUpdatedTimestamp;
    words = met ? `${name} is ${state}` : `${name} is ${is}, waiting for ${state}`;
    const output = {
      alarm: name,
      state: is,
      reason: found?.StateReason ?? '',
      since: at === undefined ? null : at.toISOString(),
    };
    return { words, met: met ? jsonOutput(output) : null, againMs: KNOWN_MS };
  };
}

type Described = Pick<MetricAlarm, 'StateValue' | 'StateReason' | 'StateUpdatedTimestamp'>;

async function described(
  api: ReturnType<WaitParts['apiOf']>,
  name: string,
  signal: AbortSignal,
): Promise<Described | undefined> {
  const { MetricAlarms = [], CompositeAlarms = [] } = await api.describeAlarms(
    { AlarmNames: [name], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] },
    signal,
  );
  return MetricAlarms[0] ?? CompositeAlarms[0];
}

const gone = (name: string, region: string): FailureError =>
  new FailureError({
    ...invalid(`There is no alarm ${name} in ${region}.`),
    kind: 'not-found',
    advice: 'Check its name, and the step’s connection and region.',
  });
