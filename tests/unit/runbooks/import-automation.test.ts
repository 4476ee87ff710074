import { describe, expect, it } from 'vitest';
import { importAutomation } from '../../../src/shared/runbooks/import/automation';
import { lengthOf, secondsOf } from '../../../src/shared/runbooks/import/automation-actions';
import { formatOf } from '../../../src/shared/runbooks/import/import-runbook';
import { readRunbook } from '../../../src/shared/runbooks/read-runbook';
import { stringify } from 'yaml';

/** The runbook a document becomes; it must be one without mistakes. */
function made(document: object | string) {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  const imported = importAutomation(text, 'Restart.yaml');
  if (!imported.ok) throw new Error(imported.problems[0]?.message);
  const read = readRunbook(imported.text);
  expect(read.problems).toEqual([]);
  if (!read.ok) throw new Error('It cannot be read.');
  return { ...read.runbook, lost: imported.lost.map(({ message }) => message) };
}

const steps = (...mainSteps: object[]): object => ({ schemaVersion: '0.3', mainSteps });
const api = (Service: string, Api: string, inputs: object): object =>
  steps({ name: 'one', action: 'aws:executeAwsApi', inputs: { Service, Api, ...inputs } });
const first = (document: object): unknown => made(document).steps[0]?.do;

const restart = `description: Restarts a service and waits.
schemaVersion: '0.3'
assumeRole: '{{ AutomationAssumeRole }}'
parameters:
  AutomationAssumeRole: { type: String, default: '' }
  Cluster: { type: String, description: Which cluster }
  Service: { type: String, allowedPattern: '^[a-z-]+$' }
  Size: { type: String, allowedValues: [small, large], default: small }
  Count: { type: Integer, default: 2 }
mainSteps:
  - name: look-first
    action: aws:executeAwsApi
    inputs: { Service: ecs, Api: DescribeServices, cluster: '{{ Cluster }}', services: ['{{ Service }}'] }
    outputs: [{ Name: Status, Selector: '$.services[0].status', Type: String }]
  - name: sure
    action: aws:approve
    inputs: { Message: 'Restart {{ Service }}?', Approvers: ['arn:aws:iam::123456789012:user/x'] }
  - name: update
    action: aws:executeAwsApi
    maxAttempts: 3
    timeoutSeconds: 600
    onFailure: Continue
    inputs: { Service: ecs, Api: UpdateService, cluster: '{{ Cluster }}', service: '{{ Service }}', desiredCount: '{{ Count }}', forceNewDeployment: true }
  - name: rest
    action: aws:sleep
    inputs: { Duration: PT1M30S }
  - name: tell
    action: aws:invokeLambdaFunction
    inputs: { FunctionName: tell, InputPayload: { service: '{{ Service }}', was: '{{ look-first.Status }}', region: '{{ global:REGION }}' } }
`;

describe('an Automation document', () => {
  it('becomes the steps that do the same, with expressions for its references', () => {
    const runbook = made(restart);
    expect(runbook.name).toBe('Restart');
    expect(runbook.approval).toBe('second-person');
    expect(runbook.inputs).toEqual([
      { name: 'Cluster', type: 'text', description: 'Which cluster' },
      { name: 'Service', type: 'text', pattern: '^[a-z-]+$' },
      { name: 'Size', type: 'choice', choices: ['small', 'large'], default: 'small' },
      { name: 'Count', type: 'number', default: 2 },
    ]);
    expect(runbook.steps.map((step) => step.do)).toEqual([
      {
        kind: 'describe',
        what: 'ecs-service',
        name: '{% $inputs.Service %}',
        cluster: '{% $inputs.Cluster %}',
      },
      { kind: 'ask', question: 'Restart {% $inputs.Service %}?', answer: 'confirm' },
      {
        kind: 'ecs-update',
        cluster: '{% $inputs.Cluster %}',
        service: '{% $inputs.Service %}',
        desiredCount: '{% $inputs.Count %}',
        forceNewDeployment: true,
        follow: false,
      },
      { kind: 'wait-for', time: '90s' },
      {
        kind: 'lambda-invoke',
        function: 'tell',
        payload: {
          service: '{% $inputs.Service %}',
          was: '{% $steps.look_first.output.Status %}',
          region: '{% $connection.region %}',
        },
      },
    ]);
    expect(runbook.steps[2]).toMatchObject({
      timeout: '600s',
      retry: { attempts: 3 },
      onFailure: 'continue',
    });
    expect(runbook.lost).toEqual([
      expect.stringContaining('assumeRole'),
      expect.stringContaining('Who approves'),
      expect.stringContaining('{{ look-first.Status }}'),
    ]);
  });

  it.each<[string, string, object, object]>([
    [
      'lambda',
      'Invoke',
      { FunctionName: 'f', Payload: '{"a":1}' },
      { kind: 'lambda-invoke', payload: { a: 1 } },
    ],
    [
      'lambda',
      'UpdateAlias',
      { FunctionName: 'f', Name: 'live', FunctionVersion: '4' },
      { kind: 'lambda-alias', version: '4' },
    ],
    ['sns', 'Publish', { TopicArn: 't', Message: 'm' }, { kind: 'sns-publish', message: 'm' }],
    ['sqs', 'SendMessage', { QueueUrl: 'q', MessageBody: 'm' }, { kind: 'sqs-send', queue: 'q' }],
    ['stepfunctions', 'StartExecution', { stateMachineArn: 'a' }, { kind: 'step-functions' }],
    [
      'rds',
      'RebootDBInstance',
      { DBInstanceIdentifier: 'd', ForceFailover: true },
      { kind: 'rds-reboot', failover: true },
    ],
    [
      'dynamodb',
      'UpdateTable',
      { TableName: 't', ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 6 } },
      { kind: 'dynamodb-capacity', writeUnits: 6 },
    ],
    [
      'cloudwatch',
      'DisableAlarmActions',
      { AlarmNames: ['a'] },
      { kind: 'alarm-actions', enabled: false },
    ],
    [
      'cloudwatch',
      'SetAlarmState',
      { AlarmName: 'a', StateValue: 'OK', StateReason: 'r' },
      { kind: 'alarm-state', state: 'OK' },
    ],
    [
      'logs',
      'PutRetentionPolicy',
      { logGroupName: 'g', retentionInDays: 30 },
      { kind: 'retention', days: 30 },
    ],
    ['logs', 'DeleteRetentionPolicy', { logGroupName: 'g' }, { kind: 'retention', days: null }],
    ['cloudformation', 'DescribeStacks', { StackName: 's' }, { kind: 'describe', what: 'stack' }],
  ])('knows the call %s %s', (service, name, inputs, expected) => {
    expect(first(api(service, name, inputs))).toMatchObject(expected);
  });

  it('runs commands and automations', () => {
    const command = {
      DocumentName: 'AWS-RunShellScript',
      InstanceIds: ['i-1'],
      Parameters: { commands: ['uptime'] },
    };
    expect(first(steps({ name: 'a', action: 'aws:runCommand', inputs: command }))).toEqual({
      kind: 'ssm-command',
      document: 'AWS-RunShellScript',
      instances: ['i-1'],
      parameters: { commands: ['uptime'] },
    });
    const inner = { DocumentName: 'D', RuntimeParameters: { A: ['b'] } };
    expect(first(steps({ name: 'a', action: 'aws:executeAutomation', inputs: inner }))).toEqual({
      kind: 'ssm-automation',
      document: 'D',
      parameters: { A: ['b'] },
    });
  });

  it('waits for an alarm by itself, for other properties by a person', () => {
    const wait = (Service: string, Api: string, more: object) =>
      made(
        steps({
          name: 'a',
          action: 'aws:waitForAwsResourceProperty',
          inputs: { Service, Api, DesiredValues: ['OK'], ...more },
        }),
      );
    const alarm = wait('cloudwatch', 'DescribeAlarms', {
      AlarmNames: ['x'],
      PropertySelector: '$.MetricAlarms[0].StateValue',
    });
    expect(alarm.steps[0]?.do).toEqual({ kind: 'wait-for', alarm: { name: 'x', state: 'OK' } });
    const other = wait('ec2', 'DescribeInstanceStatus', { PropertySelector: '$.State' });
    expect(other.steps[0]?.do).toMatchObject({
      kind: 'ask',
      question: expect.stringContaining('$.State of ec2 DescribeInstanceStatus is OK'),
    });
    expect(other.lost).toHaveLength(1);
  });

  it('asks a person for what it cannot say, and names it', () => {
    const runbook = made(
      steps(
        {
          name: 'Script',
          action: 'aws:executeScript',
          inputs: { Runtime: 'python3.11', Script: 'print("{% $x %}")' },
        },
        {
          name: 'stop',
          action: 'aws:executeAwsApi',
          inputs: { Service: 'ec2', Api: 'StopInstances', InstanceIds: ['i-1'] },
        },
        { name: 'odd', action: 'aws:createStack', inputs: { StackName: 'x' } },
        {
          name: 'more',
          action: 'aws:executeAwsApi',
          inputs: { Service: 'sns', Api: 'Publish', TopicArn: 't', Message: 'm', PhoneNumber: '1' },
        },
      ),
    );
    expect(runbook.steps.map((step) => step.do.kind)).toEqual(['ask', 'ask', 'ask', 'ask']);
    expect(runbook.steps[0]?.do).toMatchObject({
      question: expect.stringContaining('print("{ % $x %}")'),
    });
    expect(runbook.steps[1]?.do).toMatchObject({
      question: expect.stringContaining('StopInstances'),
    });
    expect(runbook.lost).toHaveLength(4);
  });

  it('lets a person decide at a branch, and passes over the steps that are not on the way', () => {
    const note = (name: string, more: object = {}): object => ({
      name,
      action: 'aws:sleep',
      inputs: { Duration: 'PT5S' },
      ...more,
    });
    const runbook = made(
      steps(
        note('begin'),
        {
          name: 'which',
          action: 'aws:branch',
          inputs: {
            Choices: [
              { NextStep: 'left', Variable: '{{ begin.x }}', StringEquals: 'l' },
              { NextStep: 'right', Variable: '{{ begin.x }}', StringEquals: 'r' },
            ],
            Default: 'last',
          },
        },
        note('left'),
        note('leftMore', { nextStep: 'last' }),
        note('right', { isEnd: true }),
        note('lonely', { nextStep: 'begin' }),
        note('last'),
      ),
    );
    expect(runbook.steps.map((step) => [step.id, step.if])).toEqual([
      ['begin', undefined],
      ['which', undefined],
      ['left', '$steps.which.output = "left"'],
      ['leftMore', '$steps.left.status != "skipped"'],
      ['right', '$steps.which.output = "right"'],
      ['lonely', 'false'],
      ['last', '$steps.which.output = "last" or $steps.leftMore.status != "skipped"'],
    ]);
    expect(runbook.steps[1]?.do).toMatchObject({
      answer: 'choose',
      choices: ['left', 'right', 'last', 'None of these: end here'],
    });
    expect(runbook.lost.some((message) => message.includes('goes forward only'))).toBe(true);
    expect(runbook.lost.some((message) => message.includes('Nothing leads to lonely'))).toBe(true);
  });

  it('is read as YAML and as JSON alike', () => {
    const document = api('sns', 'Publish', { TopicArn: 't', Message: 'm' });
    expect(made(stringify(document)).steps).toEqual(made(document).steps);
  });
});

describe('lengths of time', () => {
  it.each([
    ['PT10M', 600],
    ['PT1H30M5S', 5_405],
    ['P1DT1S', 86_401],
    ['P', null],
    ['PT', null],
    ['10m', null],
  ])('%s', (text, seconds) => expect(secondsOf(text)).toBe(seconds));
  it('are written as a runbook takes them', () => {
    expect(lengthOf(90)).toBe('90s');
    expect(lengthOf(604_800)).toBe('10080m');
  });
});

describe('a document that is none', () => {
  const problem = (text: string): unknown => {
    const found = importAutomation(text);
    return found.ok ? null : found.problems[0];
  };
  it('is told with its place', () => {
    expect(problem('schemaVersion: "0.3"\nmainSteps:\n  - name: [x\n')).toMatchObject({
      line: expect.any(Number),
      column: expect.any(Number),
    });
    expect(problem('a: 1\na: 2\n')).toMatchObject({ line: 2, column: 1 });
    expect(problem('schemaVersion: "2.2"\nmainSteps: []\n')).toMatchObject({
      line: 1,
      message: expect.stringContaining('ssm-command'),
    });
    expect(problem('schemaVersion: "0.3"\nmainSteps:\n  - name: x\n')).toMatchObject({ line: 3 });
    expect(problem('- a\n')).toMatchObject({
      line: 1,
      message: expect.stringContaining('no object'),
    });
    expect(problem('')).toMatchObject({ message: 'There is no text.' });
  });
  it('is refused when it is huge, deep, or a bomb of aliases', () => {
    expect(problem('x'.repeat(300_000))).toMatchObject({ message: expect.stringContaining('KB') });
    expect(problem(`a:\n${'['.repeat(100_000)}`)).toMatchObject({
      line: 2,
      message: 'This is nested too deeply.',
    });
    const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 12; i += 1) {
      bomb.push(`a${i}: &a${i} [${Array.from({ length: 9 }, () => `*a${i - 1}`).join(', ')}]`);
    }
    const began = performance.now();
    expect(problem(`${bomb.join('\n')}\nmainSteps: *a11\n`)).toMatchObject({
      message: expect.stringMatching(/alias/i),
    });
    expect(performance.now() - began).toBeLessThan(2_000);
  });
  it('may have anything of the wrong type without harm', () => {
    const wrong: unknown[] = [null, 1, 'x', true, [], {}, [null], { a: [1] }];
    for (const value of wrong) {
      for (const field of [
        'name',
        'inputs',
        'nextStep',
        'isEnd',
        'onFailure',
        'maxAttempts',
        'timeoutSeconds',
      ]) {
        for (const action of [
          'aws:branch',
          'aws:executeAwsApi',
          'aws:runCommand',
          'aws:sleep',
          'aws:approve',
          'x',
        ]) {
          const one = { name: 'one', action, inputs: {}, [field]: value };
          const runbook = made({
            schemaVersion: '0.3',
            description: value,
            parameters: { p: value, q: { type: value, default: value } },
            mainSteps: [one],
          });
          expect(runbook.steps).toHaveLength(1);
        }
      }
    }
  });
  it('never reaches a prototype', () => {
    const text =
      '{"schemaVersion":"0.3","mainSteps":[{"name":"__proto__","action":"constructor","inputs":{"constructor":1,"Service":"constructor","Api":"toString"}}]}';
    expect(made(text).steps).toHaveLength(1);
    expect(Reflect.get({}, 'Service')).toBeUndefined();
  });
});

describe('what a text looks like', () => {
  it.each([
    ['{"schemaVersion":"0.3"}', '', 'automation'],
    ['description: x\nmainSteps:\n', '', 'automation'],
    ['# Title\n- [ ] a\n', '', 'markdown'],
    ['{"a":1}', 'x.md', 'markdown'],
    ['# comment\n', 'x.yaml', 'automation'],
  ])('%s', (text, fileName, format) => expect(formatOf(text, fileName)).toBe(format));
});
