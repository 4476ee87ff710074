/** What AWS may answer beyond what the demo plays. */
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/shared/clock';
import { FailureError } from '../../../src/shared/failure';
import type { StepAction } from '../../../src/shared/runbooks/step-kinds';
import type { RunbookChanges, RunbookReads } from '../../../src/main/aws/runbook-api';
import { awsHandlers } from '../../../src/main/runbooks/actions/aws';
import { valueOf } from '../../../src/main/runbooks/run-values';
import { stepContext } from '../../integration/runbooks/local-rig';
import { changesOf, readsOf } from '../../support/runbook-calls';

interface World {
  reads?: Partial<RunbookReads>;
  changes?: Partial<RunbookChanges>;
}

const handlerOf = ({ kind }: StepAction) => {
  const found = Object.entries(awsHandlers()).find(([name]) => name === kind);
  if (found === undefined) throw new Error(`no handler of AWS for ${kind}`);
  return found[1];
};

/** Waits pass at once. */
const context = (reads: Partial<RunbookReads>) =>
  stepContext({
    reads: readsOf(reads),
    clock: { now: systemClock.now, after: (_ms, task) => systemClock.after(0, task) },
  });

const effect = (action: StepAction, { reads = {} }: World) =>
  handlerOf(action).effect(action, context(reads).context);

const run = async (action: StepAction, { reads = {}, changes = {} }: World): Promise<unknown> => {
  const told = context(reads);
  return valueOf(await handlerOf(action).run(action, told.context, changesOf(changes)));
};

const refusal = async (work: Promise<unknown>): Promise<string> => {
  try {
    return `it worked: ${JSON.stringify(await work)}`;
  } catch (error) {
    if (error instanceof FailureError) return error.failure.message;
    throw error;
  }
};

describe('a table', () => {
  const action = { kind: 'dynamodb-capacity', table: 't', readUnits: 20, writeUnits: 5 } as const;

  test('that is paid by the request has no capacity to set', async () => {
    const describeTable = async () => ({
      Table: { TableName: 't', BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' as const } },
    });
    expect(await refusal(effect(action, { reads: { describeTable } }))).toContain(
      'paid by the request',
    );
  });

  test('has its index set alone', async () => {
    let units = { ReadCapacityUnits: 10, WriteCapacityUnits: 5 };
    const asked: unknown[] = [];
    const describeTable = async () => ({
      Table: {
        TableName: 't',
        TableStatus: 'ACTIVE' as const,
        ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
        GlobalSecondaryIndexes: [
          { IndexName: 'i', IndexStatus: 'ACTIVE' as const, ProvisionedThroughput: units },
        ],
      },
    });
    const updateTable: RunbookChanges['updateTable'] = async (input) => {
      asked.push(input);
      units = { ReadCapacityUnits: 20, WriteCapacityUnits: 5 };
      return {};
    };
    const index = { ...action, index: 'i' };
    expect(await run(index, { reads: { describeTable }, changes: { updateTable } })).toMatchObject({
      index: 'i',
      before: { readUnits: 10, writeUnits: 5 },
    });
    expect(asked).toEqual([
      {
        TableName: 't',
        GlobalSecondaryIndexUpdates: [
          {
            Update: {
              IndexName: 'i',
              ProvisionedThroughput: { ReadCapacityUnits: 20, WriteCapacityUnits: 5 },
            },
          },
        ],
      },
    ]);
  });
});

test('a database of a cluster is not failed over by itself', async () => {
  const describeDatabases = async () => ({
    DBInstances: [
      {
        DBInstanceIdentifier: 'd',
        DBInstanceStatus: 'available',
        DBClusterIdentifier: 'c',
        MultiAZ: true,
      },
    ],
  });
  const action = { kind: 'rds-reboot', instance: 'd', failover: true } as const;
  expect(await refusal(effect(action, { reads: { describeDatabases } }))).toContain('cluster c');
});

test('a queue that keeps its order takes a message of a step once', async () => {
  const asked: unknown[] = [];
  const sendMessage: RunbookChanges['sendMessage'] = async (input) => {
    asked.push(input);
    return { MessageId: 'm' };
  };
  const getQueueUrl = async () => ({ QueueUrl: 'https://sqs.us-east-1.amazonaws.com/1/q.fifo' });
  const action = { kind: 'sqs-send', queue: 'q.fifo', message: 'x', group: 'g' } as const;
  for (let attempt = 0; attempt < 2; attempt += 1) {
    await run(action, { reads: { getQueueUrl }, changes: { sendMessage } });
  }
  expect(asked[0]).toMatchObject({
    MessageGroupId: 'g',
    MessageDeduplicationId: expect.stringMatching(/^nightdesk-[0-9a-f]{40}$/),
  });
  expect(asked[1]).toEqual(asked[0]);
});

test('an express state machine is started and not followed', async () => {
  const reads: Partial<RunbookReads> = {
    describeStateMachine: async () => ({
      stateMachineArn: 'a',
      name: 'm',
      definition: '{}',
      roleArn: 'r',
      type: 'EXPRESS',
      creationDate: new Date(0),
    }),
  };
  const action = {
    kind: 'step-functions',
    stateMachine: 'arn:aws:states:r:1:stateMachine:m',
  } as const;
  expect(await effect(action, { reads })).toBe('starts m and does not wait');
  const startExecution = async () => ({ executionArn: 'e', existed: false });
  expect(await run(action, { reads, changes: { startExecution } })).toMatchObject({
    execution: 'e',
  });
});

describe('metrics', () => {
  const action: StepAction = {
    kind: 'metric-query',
    metrics: [{ id: 'm1', namespace: 'N', metric: 'M' }],
  };
  const at = (minute: number) => new Date(minute * 60_000);

  test('that come in pages and out of order are put together', async () => {
    const getMetricData: RunbookReads['getMetricData'] = async ({ NextToken }) =>
      NextToken === undefined
        ? {
            MetricDataResults: [
              {
                Id: 'm1',
                Label: 'L',
                Timestamps: [at(3), at(2)],
                Values: [3, 2],
                StatusCode: 'PartialData',
              },
            ],
            NextToken: 'more',
          }
        : {
            MetricDataResults: [
              { Id: 'm1', Label: 'L', Timestamps: [at(1)], Values: [1], StatusCode: 'Complete' },
            ],
            Messages: [{ Code: 'c', Value: 'One metric was left out.' }],
          };
    expect(await run(action, { reads: { getMetricData } })).toMatchObject({
      series: [
        {
          points: [
            [60_000, 1],
            [120_000, 2],
            [180_000, 3],
          ],
        },
      ],
      last: { m1: 3 },
      remarks: ['One metric was left out.'],
    });
  });

  test('that CloudWatch may not give fail the step', async () => {
    const getMetricData: RunbookReads['getMetricData'] = async () => ({
      MetricDataResults: [{ Id: 'm1', Label: 'L', StatusCode: 'Forbidden' }],
    });
    expect(await refusal(run(action, { reads: { getMetricData } }))).toContain('Forbidden');
  });
});

describe('a support case', () => {
  const action = { kind: 'support-case', subject: 's', body: 'b', severity: 'urgent' } as const;
  const reads = (...codes: string[]): Partial<RunbookReads> => ({
    severityLevels: async () => ({ severityLevels: codes.map((code) => ({ code })) }),
  });

  test('is opened with what the plan has', async () => {
    const asked: unknown[] = [];
    const createCase: RunbookChanges['createCase'] = async (input) => {
      asked.push(input);
      return { caseId: 'case-1' };
    };
    const world = { reads: reads('low', 'urgent'), changes: { createCase } };
    expect(await effect(action, world)).toBe('opens a case of the severity urgent');
    expect(await run(action, world)).toEqual({ caseId: 'case-1', severity: 'urgent' });
    expect(asked).toMatchObject([{ severityCode: 'urgent', communicationBody: 'b' }]);
  });

  test('of a severity that the plan has not is refused before', async () => {
    expect(await refusal(effect(action, { reads: reads('low', 'normal') }))).toContain(
      'low, normal',
    );
  });
});

test('a command that reached no instance failed', async () => {
  const reads: Partial<RunbookReads> = {
    getDocument: async () => ({ Name: 'D', DocumentType: 'Command', Content: '{}' }),
    command: async () => ({
      Commands: [{ Status: 'Success', StatusDetails: 'NoInstancesInTag', TargetCount: 0 }],
    }),
    commandInvocations: async () => ({ CommandInvocations: [] }),
  };
  const sendCommand = async () => ({ Command: { CommandId: 'c' } });
  const action: StepAction = {
    kind: 'ssm-command',
    document: 'D',
    targets: [{ key: 'tag:Name', values: ['nobody'] }],
  };
  expect(await refusal(run(action, { reads, changes: { sendCommand } }))).toBe(
    'The command reached no instance (NoInstancesInTag).',
  );
});

describe('a query of logs', () => {
  test('that is led to the same page again and again ends', async () => {
    let pages = 0;
    const said = await refusal(
      run(
        { kind: 'logs-query', groups: ['g'], query: 'fields @message' },
        {
          reads: {
            startQuery: async () => ({ queryId: 'q', malformed: null }),
            stopQuery: async () => ({ $metadata: {}, success: true }),
            getQueryResults: async () => {
              pages += 1;
              if (pages > 20) throw new Error('It goes on and on.');
              return { $metadata: {}, status: 'Complete', results: [], nextToken: 'same' };
            },
          },
        },
      ),
    );
    expect(said).toMatch(/the same page of rows again/);
  });
});
