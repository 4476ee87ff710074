/** What steps of runbooks change, as the SDK's clients ask for it. Made only for connections that allow changes. */
import type { RegionChanges } from './aws-api';
import type { Caller } from './caller';
import { queueRegion } from './queue-region';
import type { RunbookChanges, StartedExecution } from './runbook-api';
import { askingOf, changingOf } from './runbook-ask';
import { LONGEST_FUNCTION_MS } from './service-clients';

type Own = Pick<RegionChanges, 'putDashboard' | 'putRetentionPolicy' | 'deleteRetentionPolicy'>;

export function runbookChanges(
  caller: Caller,
  connectionId: string,
  region: string,
  own: Own,
): RunbookChanges {
  const ask = changingOf(caller);
  /** For what may be sent twice and is done once. */
  const again = askingOf(caller);
  return {
    connectionId,
    region,
    putRetention: own.putRetentionPolicy,
    deleteRetention: own.deleteRetentionPolicy,
    putDashboard: own.putDashboard,
    invoke: (input, signal) =>
      ask(
        'Invoke',
        signal,
        async (clients, options) => {
          const { sdk, client } = await clients.lambda();
          return client.send(new sdk.InvokeCommand(input), options);
        },
        LONGEST_FUNCTION_MS,
      ),
    updateAlias: (input, signal) =>
      ask('UpdateAlias', signal, async (clients, options) => {
        const { sdk, client } = await clients.lambda();
        return client.send(new sdk.UpdateAliasCommand(input), options);
      }),
    startAutomation: async (input, signal) => {
      // Its token makes it once, however often it is sent.
      const answer = await again('StartAutomationExecution', signal, async (clients, options) => {
        const { sdk, client } = await clients.ssm();
        return client.send(new sdk.StartAutomationExecutionCommand(input), options);
      });
      return answer.AutomationExecutionId ?? '';
    },
    stopAutomation: async (AutomationExecutionId, signal) => {
      await again('StopAutomationExecution', signal, async (clients, options) => {
        const { sdk, client } = await clients.ssm();
        const input = { AutomationExecutionId, Type: 'Cancel' as const };
        return client.send(new sdk.StopAutomationExecutionCommand(input), options);
      });
    },
    sendCommand: (input, signal) =>
      ask('SendCommand', signal, async (clients, options) => {
        const { sdk, client } = await clients.ssm();
        return client.send(new sdk.SendCommandCommand(input), options);
      }),
    cancelCommand: async (CommandId, signal) => {
      await again('CancelCommand', signal, async (clients, options) => {
        const { sdk, client } = await clients.ssm();
        return client.send(new sdk.CancelCommandCommand({ CommandId }), options);
      });
    },
    publish: (input, signal) =>
      ask('Publish', signal, async (clients, options) => {
        const { sdk, client } = await clients.sns();
        return client.send(new sdk.PublishCommand(input), options);
      }),
    sendMessage: (input, signal) =>
      ask('SendMessage', signal, (clients, options, sdk) =>
        clients
          .sqs(queueRegion(input.QueueUrl ?? '', region))
          .send(new sdk.SendMessageCommand(input), options),
      ),
    startExecution: (input, signal) =>
      // Its name makes it once, however often it is sent.
      again<StartedExecution>('StartExecution', signal, async (clients, options) => {
        const { sdk, client } = await clients.sfn();
        try {
          const answer = await client.send(new sdk.StartExecutionCommand(input), options);
          return { executionArn: answer.executionArn ?? '', existed: false };
        } catch (error) {
          if (!(error instanceof sdk.ExecutionAlreadyExists)) throw error;
          const executionArn = `${input.stateMachineArn?.replace(':stateMachine:', ':execution:')}:${input.name}`;
          return { executionArn, existed: true };
        }
      }),
    stopExecution: async (input, signal) => {
      await again('StopExecution', signal, async (clients, options) => {
        const { sdk, client } = await clients.sfn();
        return client.send(new sdk.StopExecutionCommand(input), options);
      });
    },
    putEvents: (input, signal) =>
      ask('PutEvents', signal, async (clients, options) => {
        const { sdk, client } = await clients.eventbridge();
        return client.send(new sdk.PutEventsCommand(input), options);
      }),
    updateService: (input, signal) =>
      ask('UpdateService', signal, async (clients, options) => {
        const { sdk, client } = await clients.ecs();
        return client.send(new sdk.UpdateServiceCommand(input), options);
      }),
    rebootDatabase: (input, signal) =>
      ask('RebootDBInstance', signal, async (clients, options) => {
        const { sdk, client } = await clients.rds();
        return client.send(new sdk.RebootDBInstanceCommand(input), options);
      }),
    updateTable: (input, signal) =>
      ask('UpdateTable', signal, async (clients, options) => {
        const { sdk, client } = await clients.dynamodb();
        return client.send(new sdk.UpdateTableCommand(input), options);
      }),
    updateIpSet: async (input, signal) => {
      const { done } = await ask('UpdateIPSet', signal, async (clients, options) => {
        const { sdk, client } = await clients.wafv2(input.Scope === 'CLOUDFRONT');
        try {
          const { NextLockToken } = await client.send(new sdk.UpdateIPSetCommand(input), options);
          return { done: true, NextLockToken: NextLockToken ?? '' };
        } catch (error) {
          if (!(error instanceof sdk.WAFOptimisticLockException)) throw error;
          return { done: false, NextLockToken: '' };
        }
      });
      return done;
    },
    setAlarmState: async (input, signal) => {
      await again('SetAlarmState', signal, ({ cloudwatch }, options, sdk) =>
        cloudwatch.send(new sdk.SetAlarmStateCommand(input), options),
      );
    },
    setAlarmActions: async ({ names, enabled }, signal) => {
      const AlarmNames = names;
      if (enabled) {
        await again('EnableAlarmActions', signal, ({ cloudwatch }, options, sdk) =>
          cloudwatch.send(new sdk.EnableAlarmActionsCommand({ AlarmNames }), options),
        );
        return;
      }
      await again('DisableAlarmActions', signal, ({ cloudwatch }, options, sdk) =>
        cloudwatch.send(new sdk.DisableAlarmActionsCommand({ AlarmNames }), options),
      );
    },
    putMetricData: async (input, signal) => {
      await ask('PutMetricData', signal, ({ cloudwatch }, options, sdk) =>
        cloudwatch.send(new sdk.PutMetricDataCommand(input), options),
      );
    },
    createCase: (input, signal) =>
      ask('CreateCase', signal, async (clients, options) => {
        const { sdk, client } = await clients.support();
        return client.send(new sdk.CreateCaseCommand(input), options);
      }),
  };
}
