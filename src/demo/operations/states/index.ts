import { z } from 'zod';
import type { Execution, StateMachine } from '../../actions/states-model';
import { AwsError } from '../../errors';
import type { RegionStore } from '../../region';
import type { Operation } from '../operation';
import { parseInput } from '../parse';

const statesError = (code: string, message: string): AwsError =>
  new AwsError(code, message, 400, code, 'com.amazonaws.swf.service.v2');

const arn = (region: RegionStore, kind: string, name: string): string =>
  `arn:aws:states:${region.name}:${region.accountId}:${kind}:${name}`;

function findMachine(region: RegionStore, machineArn: string): StateMachine {
  const machine = region.resources.machines.get(machineArn.split(':').at(-1) ?? '');
  if (machine === undefined) {
    throw statesError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${machineArn}'`);
  }
  return machine;
}

function findExecution(region: RegionStore, executionArn: string): Execution {
  const execution = region.resources.executions.get(executionArn);
  if (execution === undefined) {
    throw statesError('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
  }
  return execution;
}

interface Progress {
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';
  endedAt: number | null;
  error: string | null;
  cause: string | null;
  /** States entered so far. */
  entered: { name: string; at: number; leftAt: number | null }[];
}

/** How far an execution is at a demo time. */
function progressOf({ machine, startedAt, stopped }: Execution, now: number): Progress {
  const until = stopped?.at ?? now;
  const entered: Progress['entered'] = [];
  let at = startedAt;
  for (const { name, seconds, fails } of machine.states) {
    if (at > until) break;
    const end = at + seconds * 1000;
    const done = end <= until;
    entered.push({ name, at, leftAt: done && fails === undefined ? end : null });
    if (done && fails !== undefined) return { status: 'FAILED', endedAt: end, ...fails, entered };
    at = end;
    if (!done) break;
  }
  const nothing = { error: null, cause: null };
  const last = entered.at(-1);
  const finished = entered.length === machine.states.length && last?.leftAt !== null;
  if (finished) return { status: 'SUCCEEDED', endedAt: at, ...nothing, entered };
  if (stopped !== null) {
    const { error, cause } = stopped;
    return { status: 'ABORTED', endedAt: stopped.at, error, cause, entered };
  }
  return { status: 'RUNNING', endedAt: null, ...nothing, entered };
}

const listStateMachines: Operation = ({ region }) => ({
  stateMachines: [...region.resources.machines.keys()].map((name) => ({
    stateMachineArn: arn(region, 'stateMachine', name),
    name,
    type: 'STANDARD',
    creationDate: 1_700_000_000,
  })),
});

const describeStateMachine: Operation = ({ region }, body) => {
  const input = parseInput(z.object({ stateMachineArn: z.string() }), body);
  const { name, states } = findMachine(region, input.stateMachineArn);
  const definition = {
    StartAt: states[0]?.name,
    States: Object.fromEntries(
      states.map((state, index) => {
        const next = states[index + 1]?.name;
        return [
          state.name,
          { Type: 'Task', ...(next === undefined ? { End: true } : { Next: next }) },
        ];
      }),
    ),
  };
  return {
    stateMachineArn: arn(region, 'stateMachine', name),
    name,
    status: 'ACTIVE',
    type: 'STANDARD',
    definition: JSON.stringify(definition),
    roleArn: `arn:aws:iam::${region.accountId}:role/${name}`,
    creationDate: 1_700_000_000,
  };
};

const startInput = z.object({
  stateMachineArn: z.string(),
  name: z
    .string()
    .regex(/^[\w-]{1,80}$/)
    .optional(),
  input: z.string().optional(),
});

/** The same name and input while it runs is the same execution. https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
const startExecution: Operation = ({ region, world }, body) => {
  const input = parseInput(startInput, body);
  const machine = findMachine(region, input.stateMachineArn);
  const text = input.input ?? '{}';
  if (!isJson(text))
    throw statesError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${text}'`);
  const name = input.name ?? region.resources.uuid();
  const executionArn = arn(region, 'execution', `${machine.name}:${name}`);
  const now = world.now();
  const known = region.resources.executions.get(executionArn);
  if (known !== undefined) {
    const same = known.input === text && progressOf(known, now).status === 'RUNNING';
    if (same) return { executionArn, startDate: known.startedAt / 1000 };
    throw statesError('ExecutionAlreadyExists', `Execution Already Exists: '${executionArn}'`);
  }
  region.resources.executions.set(executionArn, {
    arn: executionArn,
    name,
    machine,
    input: text,
    startedAt: now,
    stopped: null,
  });
  return { executionArn, startDate: now / 1000 };
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const named = z.object({ executionArn: z.string() });

const describeExecution: Operation = ({ region, world }, body) => {
  const execution = findExecution(region, parseInput(named, body).executionArn);
  const { status, endedAt, error, cause } = progressOf(execution, world.now());
  return {
    executionArn: execution.arn,
    stateMachineArn: arn(region, 'stateMachine', execution.machine.name),
    name: execution.name,
    status,
    startDate: execution.startedAt / 1000,
    stopDate: endedAt === null ? undefined : endedAt / 1000,
    input: execution.input,
    output: status === 'SUCCEEDED' ? JSON.stringify({ records: 412 }) : undefined,
    error: error ?? undefined,
    cause: cause ?? undefined,
  };
};

const historyInput = named.extend({ reverseOrder: z.boolean().optional() });

const getExecutionHistory: Operation = ({ region, world }, body) => {
  const input = parseInput(historyInput, body);
  const execution = findExecution(region, input.executionArn);
  const progress = progressOf(execution, world.now());
  const raw: { type: string; at: number; details?: Record<string, unknown> }[] = [
    {
      type: 'ExecutionStarted',
      at: execution.startedAt,
      details: { executionStartedEventDetails: { input: execution.input } },
    },
  ];
  for (const { name, at, leftAt } of progress.entered) {
    raw.push({ type: 'TaskStateEntered', at, details: { stateEnteredEventDetails: { name } } });
    if (leftAt === null) continue;
    raw.push({
      type: 'TaskStateExited',
      at: leftAt,
      details: { stateExitedEventDetails: { name } },
    });
  }
  if (progress.endedAt !== null) raw.push(endEvent(progress, progress.endedAt));
  const events = raw.map(({ type, at, details }, index) => ({
    id: index + 1,
    previousEventId: index,
    type,
    timestamp: at / 1000,
    ...details,
  }));
  return { events: input.reverseOrder === true ? events.toReversed() : events };
};

function endEvent({ status, error, cause }: Progress, at: number) {
  const why = { error: error ?? undefined, cause: cause ?? undefined };
  switch (status) {
    case 'FAILED':
      return { type: 'ExecutionFailed', at, details: { executionFailedEventDetails: why } };
    case 'ABORTED':
      return { type: 'ExecutionAborted', at, details: { executionAbortedEventDetails: why } };
    case 'SUCCEEDED':
    case 'RUNNING':
      return { type: 'ExecutionSucceeded', at };
  }
}

const stopInput = named.extend({ error: z.string().optional(), cause: z.string().optional() });

const stopExecution: Operation = ({ region, world }, body) => {
  const { executionArn, error, cause } = parseInput(stopInput, body);
  const execution = findExecution(region, executionArn);
  const now = world.now();
  // One that has ended stays as it ended.
  if (progressOf(execution, now).status === 'RUNNING') {
    execution.stopped = { at: now, error: error ?? null, cause: cause ?? null };
  }
  return { stopDate: (execution.stopped?.at ?? now) / 1000 };
};

export const statesOperations = {
  ListStateMachines: listStateMachines,
  DescribeStateMachine: describeStateMachine,
  StartExecution: startExecution,
  DescribeExecution: describeExecution,
  GetExecutionHistory: getExecutionHistory,
  StopExecution: stopExecution,
};
