/** Runs a command on instances and gives what each of them wrote. */
import type { Command, CommandInvocation, SendCommandRequest } from '@aws-sdk/client-ssm';
import type { StepOutput } from '../../../../shared/runbooks/run';
import type { ActionOf } from '../../../../shared/runbooks/step-kinds';
import type { RunbookReads } from '../../../aws/runbook-api';
import { FailureError } from '../../../../shared/failure';
import { namesIn } from '../../action-values';
import type { ChangeHandler, StepContext } from '../../step-seams';
import { begin, counted, failed, follow, readsOf, refusedValue, shortName } from './common';
import type { Seen } from './common';
import { checkedParameters, findDocument } from './ssm-document';
import { reachedNow } from './ssm-instances';
import { tableOutput } from './table';

type Action = ActionOf<'ssm-command'>;

const LIMIT_MS = 3_600_000;
const MAX_PAGES = 40;
/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_SendCommand.html */
const MOST_INSTANCES = 50;
/** Instances whose whole output is asked for; of the others the first 2,500 characters are told. */
const MOST_WHOLE = 25;

export const ssmCommand: ChangeHandler<'ssm-command'> = {
  kind: 'ssm-command',
  mode: 'changes',
  timeoutMs: LIMIT_MS,
  resource: (action) => (typeof action.instances === 'string' ? null : targetWords(action)),
  async effect(action, context) {
    const reads = readsOf(context);
    const input = await inputOf(action, reads, context.signal);
    const where = await reachedNow(input, targetWords(action), reads, context.signal);
    return `runs ${shortName(action.document)} on ${where}`;
  },
  async run(action, context, changes) {
    const { reads, signal, show } = context;
    const input = await inputOf(action, reads, signal);
    const { Command: sent } = await begin((own) => changes.sendCommand(input, own));
    const id = sent?.CommandId ?? '';
    return follow(
      context,
      async () => {
        const command = (await reads.command(id, signal)).Commands?.[0] ?? sent ?? {};
        const invocations = await invocationsOf(id, reads, signal);
        show(rows(invocations.map((one) => ({ one, ...shortOutput(one) }))));
        return seen(command, invocations, context);
      },
      async (late) => {
        await changes.cancelCommand(id, late);
        return 'The command was cancelled where it had not begun. Where it ran already it may end.';
      },
    );
  },
};

const targetWords = ({ instances, targets = [] }: Action): string =>
  instances === undefined
    ? targets.map(({ key, values }) => `${key}=${String(values)}`).join(', ')
    : String(instances);

async function inputOf(
  action: Action,
  reads: RunbookReads,
  signal: AbortSignal,
): Promise<SendCommandRequest> {
  const { document: name, parameters = {}, targets = [] } = action;
  const instances = action.instances === undefined ? [] : namesIn(action.instances, 'instances');
  if ((instances.length === 0) === (targets.length === 0)) {
    throw refusedValue('Either instances or targets are wanted.');
  }
  if (instances.length > MOST_INSTANCES) {
    throw refusedValue(`instances: ${MOST_INSTANCES} at most. Name targets instead.`);
  }
  const wrong = instances.find((id) => !/^m?i-[0-9a-f]{8,17}$/.test(id));
  if (wrong !== undefined) throw refusedValue(`instances: “${wrong}” is no instance’s id.`);
  const document = await findDocument(reads, { name, kind: 'Command' }, signal);
  return {
    DocumentName: name,
    Parameters: checkedParameters(document, parameters),
    ...(instances.length === 0
      ? {
          Targets: targets.map(({ key, values }) => ({
            Key: key,
            Values: namesIn(values, 'values'),
          })),
        }
      : { InstanceIds: instances }),
  };
}

async function invocationsOf(
  id: string,
  reads: RunbookReads,
  signal: AbortSignal,
): Promise<CommandInvocation[]> {
  const all: CommandInvocation[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await reads.commandInvocations({ id, nextToken }, signal);
    all.push(...(answer.CommandInvocations ?? []));
    nextToken = answer.NextToken;
    if (nextToken === undefined || nextToken === '') break;
  }
  return all;
}

const going = ['Pending', 'InProgress', 'Delayed', 'Cancelling'];

async function seen(
  command: Command,
  invocations: CommandInvocation[],
  { reads, signal, show }: StepContext & { reads: RunbookReads },
): Promise<Seen> {
  const ended = invocations.filter(({ Status = 'Pending' }) => !going.includes(Status));
  const { Status = 'Pending', StatusDetails = Status, TargetCount = invocations.length } = command;
  const words = `${ended.length} of ${counted(TargetCount, 'instance')} through`;
  // The list of instances may come later than the command's own state.
  const expected =
    Status === 'Success' ? Math.max(TargetCount, invocations.length) : invocations.length;
  if (going.includes(Status) || ended.length < expected) return { words, done: null };
  const output = await wholeOutput(invocations, reads, signal);
  show(output);
  const wrong = invocations.filter((one) => one.Status !== 'Success');
  if (Status === 'Success' && invocations.length > 0 && wrong.length === 0)
    return { words: `Done: ${words}`, done: output };
  const named = wrong
    .slice(0, 5)
    .map(
      (one) =>
        `${one.InstanceName || one.InstanceId || '?'} (${one.StatusDetails ?? one.Status ?? '?'})`,
    );
  throw failed(
    invocations.length === 0
      ? `The command reached no instance (${StatusDetails}).`
      : `The command ended with ${StatusDetails}: ${wrong.length} of ${counted(invocations.length, 'instance')} failed, ${named.join(', ')}${wrong.length > 5 ? '…' : ''}.`,
    'What each instance wrote is in the output.',
  );
}

interface Row {
  one: CommandInvocation;
  code: number | null;
  out: string;
  error: string;
}

const shortOutput = ({ CommandPlugins = [] }: CommandInvocation): Omit<Row, 'one'> => {
  const code = CommandPlugins.at(-1)?.ResponseCode;
  // AWS says -1 while there is none.
  const told = code === undefined || code < 0 ? null : code;
  return { code: told, out: CommandPlugins.map(({ Output = '' }) => Output).join('\n'), error: '' };
};

/** Up to 24,000 characters of what an instance wrote and of what went wrong, each for itself. */
async function wholeOutput(
  invocations: CommandInvocation[],
  reads: RunbookReads,
  signal: AbortSignal,
): Promise<StepOutput> {
  const all: Row[] = [];
  for (const [i, one] of invocations.entries()) {
    const whole = i < MOST_WHOLE ? await outputOf(one, reads, signal) : null;
    all.push({ one, ...shortOutput(one), ...whole });
  }
  return rows(all);
}

async function outputOf(
  { CommandId = '', InstanceId = '' }: CommandInvocation,
  reads: RunbookReads,
  signal: AbortSignal,
): Promise<Pick<Row, 'out' | 'error'> | null> {
  try {
    const found = await reads.commandOutput({ CommandId, InstanceId }, signal);
    return { out: found.StandardOutputContent ?? '', error: found.StandardErrorContent ?? '' };
  } catch (error) {
    // A command of several plugins has none of its own; what the list told is left.
    if (error instanceof FailureError && !signal.aborted) return null;
    throw error;
  }
}

const rows = (all: readonly Row[]): StepOutput =>
  tableOutput(
    ['instance', 'name', 'status', 'code', 'output', 'error'],
    all.map(({ one, code, out, error }) => [
      one.InstanceId,
      one.InstanceName,
      one.StatusDetails ?? one.Status,
      code,
      out,
      error,
    ]),
  );
