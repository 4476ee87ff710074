/** Steps that call AWS, as the runner holds them: the SDK over HTTP to the demo, whose time passes when a step waits. */
import { systemClock } from '../../../src/shared/clock';
import type { Clock } from '../../../src/shared/clock';
import type { StepOutput } from '../../../src/shared/runbooks/run';
import type { StepAction } from '../../../src/shared/runbooks/step-kinds';
import { createConnectionSession } from '../../../src/main/aws/connection-session';
import type { ConnectionSession } from '../../../src/main/aws/connection-session';
import { RateBudget } from '../../../src/main/aws/rate-budget';
import { FailureError } from '../../../src/shared/failure';
import type { Failure } from '../../../src/shared/failure';
import { awsHandlers } from '../../../src/main/runbooks/actions/aws';
import type { LookContext, StepContext } from '../../../src/main/runbooks/step-seams';
import type { RunbookChanges, RunbookReads } from '../../../src/main/aws/runbook-api';
import type { DemoAws } from '../../../src/demo';
import { quietDemo } from '../demo/support/runbook-clients';
import { stepContext } from './local-rig';
import { valueOf } from '../../../src/main/runbooks/run-values';
import { expectShape } from '../../support/step-outputs';
import type { Told } from './local-rig';

export const CRM = 'us-east-1';
export const REALTECHEE = 'us-west-1';

export interface AwsRig {
  demo: DemoAws;
  reads(region: string): RunbookReads;
  changes(region: string): RunbookChanges;
  told(region: string, more?: Partial<StepContext>): Told;
  resource(action: StepAction): string | null;
  effect(action: StepAction, region?: string): Promise<string | null>;
  run(action: StepAction, region?: string, told?: Told): Promise<StepOutput>;
  /** What expressions see of a step's output. */
  value(action: StepAction, region?: string, told?: Told): Promise<unknown>;
  stop(): Promise<void>;
}

const handlerFor = ({ kind }: StepAction) => {
  const found = Object.entries(awsHandlers()).find(([name]) => name === kind);
  if (found === undefined) throw new Error(`no handler of AWS for ${kind}`);
  return found[1];
};

export async function awsRig(): Promise<AwsRig> {
  const demo = await quietDemo();
  const session = sessionTo(demo);
  const clock: Clock = {
    now: () => demo.now(),
    after(delayMs, task) {
      return systemClock.after(5, () => {
        demo.advance(delayMs);
        task();
      });
    },
  };
  const reads = (region: string) => session.api(region).runbookReads;
  const changes = (region: string): RunbookChanges => {
    const found = session.api(region).runbookChanges;
    if (found === null) throw new Error('the connection is read-only');
    return found;
  };
  const told = (region: string, more: Partial<StepContext> = {}): Told =>
    stepContext({
      clock,
      reads: reads(region),
      place: { connectionId: 'production', region, accountId: null },
      ...more,
    });
  const look = (region: string): LookContext => told(region).context;
  const run: AwsRig['run'] = async (action, region = CRM, with_ = told(region)) => {
    const handler = handlerFor(action);
    const allowed = handler.mode === 'changes' ? changes(region) : null;
    const output = await handler.run(action, with_.context, allowed);
    expectShape(action, output);
    return output;
  };
  return {
    demo,
    reads,
    changes,
    told,
    resource: (action) => handlerFor(action).resource(action),
    effect: (action, region = CRM) => handlerFor(action).effect(action, look(region)),
    run,
    value: async (...args) => valueOf(await run(...args)),
    async stop() {
      session.destroy();
      await demo.stop();
    },
  };
}

const sessionTo = (demo: DemoAws): ConnectionSession =>
  createConnectionSession({
    connection: {
      id: 'production',
      label: 'Production',
      color: '#3366ff',
      credentials: { kind: 'demo' },
      regions: [CRM, REALTECHEE],
      roleArn: null,
      endpoint: demo.endpoint,
      readOnly: false,
      paused: false,
      pushQueueUrl: null,
    },
    clock: systemClock,
    budget: new RateBudget(systemClock),
    askMfa: () => Promise.reject(new Error('no code expected')),
  });

/** The failure a step ends with; throws if it does not end with one. */
export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  try {
    await work;
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
  throw new Error('It worked, but a failure was expected.');
}
