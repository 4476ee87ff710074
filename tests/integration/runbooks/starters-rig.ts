/** The console at the demo, for the set that ships: time of the demo passes fast while a run goes on. */
import { startDemo } from '../../../src/demo';
import type { DemoAws } from '../../../src/demo';
import type { PlanRequest, RunPlan } from '../../../src/shared/runbooks/plan';
import type { RunState, StepRun } from '../../../src/shared/runbooks/run';
import { valueOf } from '../../../src/main/runbooks/run-values';
import { pass } from '../demo/support/runbook-clients';
import { startConsole } from './console-rig';
import type { ConsoleRig } from './console-rig';

/** Demo seconds, and how often they pass (ms). */
const STEP_S = 5;
const EVERY_MS = 250;
/** The demo begins so far back that its time does not get far ahead of the console's. */
const BACK_MS = 4 * 60_000;

export interface RunOf {
  alarmKey?: string | null;
  inputs?: PlanRequest['inputs'];
  /** What a person says; `yes` otherwise. */
  answer?: string;
  region?: string;
  undoOf?: string;
}

export interface StarterRig {
  demo: DemoAws;
  desk: ConsoleRig;
  /** Starts an incident and waits until the console knows that its alarm fires; the alarm's key. */
  fires(scenario: string, region: string, alarm: string): Promise<string>;
  plan(file: string, of?: RunOf): Promise<{ request: PlanRequest; plan: RunPlan }>;
  /** Plans, approves, answers and waits for the end. */
  run(file: string, of?: RunOf): Promise<RunState>;
  stop(): Promise<void>;
}

export async function starterRig(): Promise<StarterRig> {
  const demo = await startDemo({
    evaluateEveryMs: Infinity,
    logsPerMinute: 20,
    startAt: Date.now() - BACK_MS,
  });
  const desk = await startConsole({ endpoint: demo.endpoint });
  let busy = 0;
  const timer = setInterval(() => {
    if (busy > 0 && demo.now() < Date.now() + BACK_MS) pass(demo, STEP_S);
  }, EVERY_MS);
  /** Time passes fast until it is over. */
  const quickly = async <T>(work: Promise<T>): Promise<T> => {
    busy += 1;
    try {
      return await work;
    } finally {
      busy -= 1;
    }
  };
  const plan: StarterRig['plan'] = async (file, of = {}) => {
    const request: PlanRequest = {
      runbookId: `starter/${file}`,
      alarmKey: of.alarmKey ?? null,
      connectionId: 'demo',
      region: of.region ?? 'us-east-1',
      inputs: of.inputs ?? {},
      undoOf: of.undoOf ?? null,
    };
    return { request, plan: await desk.plan(request) };
  };
  return {
    demo,
    desk,
    plan,
    async fires(scenario, region, name) {
      const key = await desk.alarmKey(region, name);
      demo.run(scenario);
      await quickly(
        desk.until(() => (desk.alarms.alarms.get(key)?.state === 'ALARM' ? true : null)),
      );
      return key;
    },
    async run(file, of = {}) {
      const { request, plan: made } = await plan(file, of);
      if (made.problems.length > 0) throw new Error(`${file}: ${made.problems.join(' ')}`);
      // Another run may begin a second after the one before.
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      const typed = made.approval.kind === 'type' ? made.approval.text : null;
      const { runId } = await desk.start(request, made, typed);
      const answered = new Set<string>();
      const answer = (stepId: string): void => {
        answered.add(stepId);
        const said = { runId, stepId, answer: of.answer ?? 'yes' };
        // A person takes a moment.
        setTimeout(() => void desk.runbooks.act({ action: 'answer', ...said }), 50);
      };
      const ended = desk.until(() => {
        const state = desk.states.get(runId);
        if (state === undefined) return null;
        const asking = state.steps.find(({ status }) => status === 'asking');
        if (asking !== undefined && !answered.has(asking.id)) answer(asking.id);
        return state.endedAt === null && state.status !== 'failed' ? null : state;
      });
      return quickly(ended);
    },
    async stop() {
      clearInterval(timer);
      await desk.stop();
      await demo.stop();
    },
  };
}

export function stepOf(state: RunState, id: string): StepRun {
  const step = state.steps.find((one) => one.id === id);
  if (step === undefined)
    throw new Error(`no step ${id} in ${state.steps.map((one) => one.id).join(', ')}`);
  return step;
}

/** What expressions see of a step's output. */
export function outputOf(state: RunState, id: string): unknown {
  const { output } = stepOf(state, id);
  return output === null ? null : valueOf(output);
}

/** What went wrong, for the message of a test that fails. */
export const troubleOf = ({ status, steps }: RunState): string =>
  [
    status,
    ...steps.flatMap(({ id, failure }) => (failure === null ? [] : [`${id}: ${failure.message}`])),
  ].join(' — ');
