/** The run service over handlers that write down what they are asked, a journal in memory and files in a folder. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Alarm } from '../../../src/shared/alarms/alarm';
import { FailureError } from '../../../src/shared/failure';
import { systemClock } from '../../../src/shared/clock';
import type { Clock } from '../../../src/shared/clock';
import type { JournalEvent } from '../../../src/shared/incidents/journal-events';
import type { PlanRequest, RunPlan } from '../../../src/shared/runbooks/plan';
import type { RunState } from '../../../src/shared/runbooks/run';
import { stepKinds } from '../../../src/shared/runbooks/step-kinds';
import type { StepAction, StepKind } from '../../../src/shared/runbooks/step-kinds';
import { RunbookLibrary } from '../../../src/main/runbooks/library';
import { RunService } from '../../../src/main/runbooks/run-service';
import type { AnyHandler, StepContext, StepHandlers } from '../../../src/main/runbooks/step-seams';
import type { Journal } from '../../../src/main/seams';
import { changesOf, readsOf } from '../../support/runbook-calls';

export interface Called {
  kind: StepKind;
  action: StepAction;
  token: string;
}

type Answer = (action: StepAction, context: StepContext) => Promise<unknown>;

export function startRig(files: Record<string, string>, clock: Clock = systemClock) {
  const folder = mkdtempSync(join(tmpdir(), 'nightdesk-runbooks-'));
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  for (const [name, text] of Object.entries(files)) write(name, text);
  const calls: Called[] = [];
  const reports: string[] = [];
  const events: JournalEvent[] = [];
  const answers = new Map<StepKind, Answer>();
  const alarms = new Map<string, Alarm>();
  const readOnly = new Set<string>();
  const journal: Journal & { problem: string | null } = {
    problem: null,
    append: async (more) => {
      if (journal.problem !== null) throw new Error(journal.problem);
      events.push(...structuredClone(more));
      return [];
    },
    async *read() {},
  };
  const states = new Map<string, RunState>();
  const waiting = new Set<() => void>();
  const library = new RunbookLibrary({
    starterDir: folder,
    folders: () => [],
    clock: systemClock,
    changed: () => undefined,
    report: (problem) => {
      throw new Error(problem);
    },
  });
  const kinds = handlers(calls, answers);
  const service = new RunService({
    load: (id) => library.load(id),
    sibling: (loaded, fileName) => library.sibling(loaded, fileName),
    alarm: async (key) => alarms.get(key) ?? null,
    incident: async () => null,
    connection: async (id) =>
      id === 'c1' || id === 'c2'
        ? {
            id,
            label: id,
            accountId: '111122223333',
            regions: ['us-east-1'],
            readOnly: readOnly.has(id),
          }
        : null,
    reads: (connectionId, region) => readsOf({ connectionId, region }),
    changes: (connectionId, region) =>
      readOnly.has(connectionId) ? null : changesOf({ connectionId, region }),
    handlers: kinds,
    clock,
    journal: async () => journal,
    operator: () => 'first',
    running: (state) => {
      states.set(state.runId, state);
      for (const look of waiting) look();
    },
    report: (problem) => void reports.push(problem),
  });
  const request = (name: string, inputs: PlanRequest['inputs'] = {}): PlanRequest => ({
    runbookId: `starter/${name}`,
    alarmKey: null,
    connectionId: 'c1',
    region: 'us-east-1',
    inputs,
    undoOf: null,
  });
  const plan = (name: string, inputs: PlanRequest['inputs'] = {}): Promise<RunPlan> =>
    service.plan(request(name, inputs), new AbortController().signal);
  let commands = 0;
  const start = (
    name: string,
    { hash }: RunPlan,
    inputs: PlanRequest['inputs'] = {},
    typed: string | null = null,
  ) => {
    commands += 1;
    const commandId = `command-${commands}`;
    return service.start({ ...request(name, inputs), commandId, hash, typed, secondPerson: null });
  };
  /** The state once it fits. */
  const until = (runId: string, fits: (state: RunState) => boolean): Promise<RunState> =>
    new Promise((resolve) => {
      const look = (): void => {
        const state = states.get(runId);
        if (state === undefined || !fits(state)) return;
        waiting.delete(look);
        resolve(state);
      };
      waiting.add(look);
      look();
    });
  const ended = (runId: string): Promise<RunState> =>
    until(runId, ({ endedAt }) => endedAt !== null);
  /** A kind of step that waits to be let go. */
  const held = (kind: StepKind): { release: () => Promise<void> } => {
    const waits: ((value: unknown) => void)[] = [];
    answers.set(
      kind,
      (_action, { signal }) =>
        new Promise((resolve, reject) => {
          waits.push(resolve);
          signal.addEventListener('abort', () => reject(new Error('Told to stop.')));
        }),
    );
    return {
      release: async () => {
        // It is on record before it is asked.
        while (waits.length === 0) await new Promise((resolve) => setImmediate(resolve));
        waits.shift()?.(null);
      },
    };
  };
  return {
    folder,
    held,
    write,
    calls,
    reports,
    events,
    answers,
    /** May be replaced by the real ones. */
    handlers: kinds,
    readOnly,
    /** By key: what plans look at. */
    alarms,
    journal,
    library,
    service,
    request,
    plan,
    start,
    until,
    ended,
    /** Plans, approves and waits for the end. */
    async run(name: string, inputs: PlanRequest['inputs'] = {}): Promise<RunState> {
      const { runId } = await start(name, await plan(name, inputs), inputs);
      return ended(runId);
    },
    remove(): void {
      library.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type Rig = ReturnType<typeof startRig>;

function handlers(calls: Called[], answers: Map<StepKind, Answer>): StepHandlers {
  const make = (kind: StepKind): AnyHandler => ({
    mode: stepKinds[kind].class === 'reads' ? 'reads' : stepKinds[kind].onAws ? 'changes' : 'local',
    timeoutMs: 2_000,
    resource: (action) =>
      'service' in action && typeof action.service === 'string'
        ? action.service
        : 'instance' in action
          ? action.instance
          : null,
    effect: async () => null,
    run: async (action, context, changes) => {
      if (stepKinds[kind].class !== 'reads' && stepKinds[kind].onAws && changes === null) {
        throw new FailureError({
          kind: 'read-only',
          connectionId: null,
          operation: kind,
          message: 'read-only',
          advice: '',
        });
      }
      calls.push({ kind, action, token: context.token });
      const value = await answers.get(kind)?.(action, context);
      return { kind: 'json', json: JSON.stringify(value ?? null) };
    },
  });
  return {
    'lambda-invoke': make('lambda-invoke'),
    'ssm-automation': make('ssm-automation'),
    'ssm-command': make('ssm-command'),
    'sns-publish': make('sns-publish'),
    'sqs-send': make('sqs-send'),
    'step-functions': make('step-functions'),
    'eventbridge-put': make('eventbridge-put'),
    'ecs-update': make('ecs-update'),
    'lambda-alias': make('lambda-alias'),
    'rds-reboot': make('rds-reboot'),
    'dynamodb-capacity': make('dynamodb-capacity'),
    'waf-block': make('waf-block'),
    'alarm-actions': make('alarm-actions'),
    'alarm-state': make('alarm-state'),
    'metric-data': make('metric-data'),
    'dashboard-mark': make('dashboard-mark'),
    retention: make('retention'),
    'support-case': make('support-case'),
    describe: make('describe'),
    'logs-query': make('logs-query'),
    'metric-query': make('metric-query'),
    'http-request': make('http-request'),
    script: make('script'),
    check: make('check'),
    'wait-for': make('wait-for'),
    ask: make('ask'),
    note: make('note'),
    open: make('open'),
    notify: make('notify'),
    'page-someone': make('page-someone'),
  };
}
