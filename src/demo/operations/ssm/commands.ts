import { z } from 'zod';
import type { SsmCommand, SsmInstance } from '../../actions/ssm-model';
import type { RegionStore } from '../../region';
import type { Operation } from '../operation';
import { parseInput } from '../parse';
import { findDocument, ssmError } from './documents';
import { wrongParameter } from './parameters';

const target = z.object({ Key: z.string(), Values: z.array(z.string()) });
const sendInput = z.object({
  DocumentName: z.string(),
  InstanceIds: z.array(z.string()).max(50).optional(),
  Targets: z.array(target).max(5).optional(),
  Parameters: z.record(z.string(), z.array(z.string())).optional(),
});

function fits({ id, name }: SsmInstance, { Key, Values }: z.infer<typeof target>): boolean {
  if (Key === 'InstanceIds') return Values.includes(id);
  return Key === 'tag:Name' && Values.includes(name);
}

function instancesOf(region: RegionStore, input: z.infer<typeof sendInput>): string[] {
  const { managed } = region.resources;
  const named = input.InstanceIds ?? [];
  const wrong = named.filter((id) => managed.get(id)?.online !== true);
  if (wrong.length > 0) {
    throw ssmError(
      'InvalidInstanceId',
      `Instances [[${wrong.join(', ')}]] not in a valid state for account ${region.accountId}`,
    );
  }
  const targets = input.Targets ?? [];
  if (named.length === 0 && targets.length === 0) {
    throw ssmError('ValidationException', 'Either InstanceIds or Targets must be specified.');
  }
  const matched = [...managed.values()].filter(
    (one) => targets.length > 0 && targets.every((wanted) => fits(one, wanted)),
  );
  return [...new Set([...named, ...matched.map(({ id }) => id)])];
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_SendCommand.html */
export const sendCommand: Operation = ({ region, world }, body) => {
  const input = parseInput(sendInput, body);
  const document = findDocument(region, input.DocumentName, 'Command');
  const given = input.Parameters ?? {};
  const wrong = wrongParameter(document, given);
  if (wrong !== null) throw ssmError('InvalidParameters', wrong);
  const command: SsmCommand = {
    id: region.resources.uuid(),
    document: document.name,
    instances: instancesOf(region, input),
    parameters: given,
    requestedAt: world.now(),
    cancelledAt: null,
  };
  region.resources.commands.set(command.id, command);
  return { Command: commandShape(region, command, world.now()) };
};

interface Outcome {
  status: 'InProgress' | 'Success' | 'Failed' | 'Cancelled' | 'Undeliverable';
  code: number;
  out: string;
  error: string;
  endedAt: number | null;
}

/** What a script of plain lines writes: `echo` and `hostname` do as they do, `exit` ends it, the rest is silent. */
function runScript(
  lines: readonly string[],
  host: string,
): Pick<Outcome, 'code' | 'out' | 'error'> {
  let out = '';
  for (const line of lines) {
    const [word = '', ...rest] = line.trim().split(/\s+/);
    if (word === 'echo') out += `${rest.join(' ').replace(/^["']|["']$/g, '')}\n`;
    else if (word === 'hostname') out += `${host}\n`;
    else if (word === 'exit') {
      const code = Number(rest[0] ?? 0);
      return { code, out, error: code === 0 ? '' : `failed to run commands: exit status ${code}` };
    }
  }
  return { code: 0, out, error: '' };
}

function outcomeOf(region: RegionStore, command: SsmCommand, id: string, now: number): Outcome {
  const instance = region.resources.managed.get(id);
  const nothing = { code: -1, out: '', error: '' };
  if (instance?.online !== true) {
    return { ...nothing, status: 'Undeliverable', endedAt: command.requestedAt };
  }
  // One instance after the other gets to it.
  const endsAt = command.requestedAt + 4000 + 3000 * command.instances.indexOf(id);
  if (command.cancelledAt !== null && command.cancelledAt < endsAt) {
    return { ...nothing, status: 'Cancelled', endedAt: command.cancelledAt };
  }
  if (now < endsAt) return { ...nothing, status: 'InProgress', endedAt: null };
  const result = runScript(command.parameters['commands'] ?? [], instance.name);
  return { ...result, status: result.code === 0 ? 'Success' : 'Failed', endedAt: endsAt };
}

function commandShape(region: RegionStore, command: SsmCommand, now: number) {
  const outcomes = command.instances.map((id) => outcomeOf(region, command, id, now));
  const count = (status: Outcome['status']): number =>
    outcomes.filter((outcome) => outcome.status === status).length;
  const running = count('InProgress') > 0;
  const ended = count('Success') === outcomes.length ? 'Success' : 'Failed';
  const status = command.cancelledAt !== null && !running ? 'Cancelled' : ended;
  return {
    CommandId: command.id,
    DocumentName: command.document,
    DocumentVersion: '1',
    Parameters: command.parameters,
    InstanceIds: command.instances,
    RequestedDateTime: command.requestedAt / 1000,
    Status: running ? 'InProgress' : status,
    StatusDetails: running ? 'InProgress' : status,
    TargetCount: outcomes.length,
    CompletedCount: outcomes.length - count('InProgress'),
    ErrorCount: count('Failed'),
    DeliveryTimedOutCount: 0,
  };
}

function findCommand(region: RegionStore, id: string): SsmCommand {
  const command = region.resources.commands.get(id);
  if (command === undefined) {
    throw ssmError('InvalidCommandId', `The command ID ${id} is not valid.`);
  }
  return command;
}

const invocationInput = z.object({ CommandId: z.string(), InstanceId: z.string() });

export const getCommandInvocation: Operation = ({ region, world }, body) => {
  const input = parseInput(invocationInput, body);
  const command = region.resources.commands.get(input.CommandId);
  if (command === undefined || !command.instances.includes(input.InstanceId)) {
    throw ssmError(
      'InvocationDoesNotExist',
      'The command ID and managed node ID you specified did not match any invocations. Verify the command ID and the managed node ID and try again.',
    );
  }
  const outcome = outcomeOf(region, command, input.InstanceId, world.now());
  const iso = (at: number | null): string => (at === null ? '' : new Date(at).toISOString());
  return {
    CommandId: command.id,
    InstanceId: input.InstanceId,
    DocumentName: command.document,
    DocumentVersion: '1',
    PluginName: 'aws:runShellScript',
    ResponseCode: outcome.code,
    ExecutionStartDateTime: iso(command.requestedAt),
    ExecutionEndDateTime: iso(outcome.endedAt),
    Status: outcome.status === 'Undeliverable' ? 'Failed' : outcome.status,
    StatusDetails: outcome.status,
    StandardOutputContent: outcome.out,
    StandardErrorContent: outcome.error,
  };
};

const listInput = z.object({ CommandId: z.string().optional(), Details: z.boolean().optional() });

export const listInvocations: Operation = ({ region, world }, body) => {
  const input = parseInput(listInput, body);
  const commands =
    input.CommandId === undefined
      ? [...region.resources.commands.values()]
      : [findCommand(region, input.CommandId)];
  return {
    CommandInvocations: commands.flatMap((command) =>
      command.instances.map((id) => {
        const outcome = outcomeOf(region, command, id, world.now());
        const status = outcome.status === 'Undeliverable' ? 'Failed' : outcome.status;
        return {
          CommandId: command.id,
          InstanceId: id,
          InstanceName: region.resources.managed.get(id)?.name,
          DocumentName: command.document,
          RequestedDateTime: command.requestedAt / 1000,
          Status: status,
          StatusDetails: outcome.status,
          CommandPlugins:
            input.Details === true
              ? [
                  {
                    Name: 'aws:runShellScript',
                    Status: status,
                    StatusDetails: outcome.status,
                    ResponseCode: outcome.code,
                    Output: outcome.out + outcome.error,
                  },
                ]
              : undefined,
        };
      }),
    ),
  };
};

export const listCommands: Operation = ({ region, world }, body) => {
  const { CommandId } = parseInput(z.object({ CommandId: z.string().optional() }), body);
  const commands = [...region.resources.commands.values()].filter(
    ({ id }) => CommandId === undefined || id === CommandId,
  );
  return { Commands: commands.map((command) => commandShape(region, command, world.now())) };
};

export const cancelCommand: Operation = ({ region, world }, body) => {
  const { CommandId } = parseInput(z.object({ CommandId: z.string() }), body);
  const command = findCommand(region, CommandId);
  command.cancelledAt ??= world.now();
  return {};
};

const describeInput = z.object({
  Filters: z.array(target).optional(),
  MaxResults: z.number().int().min(5).max(50).optional(),
});

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeInstanceInformation.html */
export const describeInstances: Operation = ({ region, world }, body) => {
  const { Filters = [] } = parseInput(describeInput, body);
  const found = [...region.resources.managed.values()].filter((one) =>
    Filters.every((wanted) => fits(one, wanted)),
  );
  return {
    InstanceInformationList: found.map(({ id, name, online }) => ({
      InstanceId: id,
      ComputerName: name,
      PingStatus: online ? 'Online' : 'ConnectionLost',
      LastPingDateTime: (world.now() - (online ? 60_000 : 7_200_000)) / 1000,
      PlatformType: 'Linux',
      PlatformName: 'Amazon Linux',
      PlatformVersion: '2023',
      AgentVersion: '3.3.1345.0',
    })),
  };
};
