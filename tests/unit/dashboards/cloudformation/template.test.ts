import { describe, expect, it } from 'vitest';
import { readTemplate } from '../../../../src/shared/dashboards/cloudformation/template';
import type { ReadResult } from '../../../../src/shared/dashboards/read-result';

type Read = Extract<ReadResult, { kind: 'read' }>;

function read(text: string, values: Record<string, string> = {}): Read {
  const result = readTemplate(text, 'template.yaml', values);
  if (result.kind === 'failed') throw new Error(JSON.stringify(result.problem));
  return result;
}

/** A template whose only alarm has this description, so that a function's result can be read there. */
const describing = (expression: string, rest = ''): string => `
Resources:
  A:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmName: a
      AlarmDescription: ${expression}
${rest}`;

const described = (expression: string, rest = '', values: Record<string, string> = {}): string =>
  read(describing(expression, rest), values).alarms[0]?.description ?? '';

const open = (result: Read): string[] =>
  result.inputs.filter((input) => input.value === null).map(({ id }) => id);

describe('functions of a template', () => {
  const rest = `
  Fn:
    Type: AWS::Lambda::Function
    Properties: { FunctionName: !Sub "\${AWS::StackName}-fn" }
  Queue:
    Type: AWS::SQS::Queue
    Properties: { QueueName: Jobs }
  Db:
    Type: AWS::RDS::DBInstance
    Properties: { DBInstanceIdentifier: CRM-Main }
  Topic:
    Type: AWS::SNS::Topic
    Properties: { TopicName: crit }
  Nameless:
    Type: AWS::SQS::Queue
Parameters:
  Env: { Type: String, Default: prod, AllowedValues: [prod, test] }
  Zones: { Type: CommaDelimitedList, Default: "a, b,c" }
  Secret: { Type: String, NoEcho: true }
  Stored: { Type: "AWS::SSM::Parameter::Value<String>", Default: /crm/x }
Mappings:
  Sizes: { prod: { cpu: 80 }, test: { cpu: 95 } }
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  Both: !And [!Condition IsProd, !Not [!Equals [a, b]]]
  Either: !Or [!Equals [a, b], { Condition: IsProd }]
`;
  const values = { 'AWS::StackName': 'crm', 'AWS::Region': 'us-east-1', 'AWS::AccountId': '1234' };

  it.each([
    ['!Ref Env', 'prod'],
    ['!Ref AWS::Region', 'us-east-1'],
    ['!Ref AWS::Partition', 'aws'],
    ['!Ref Fn', 'crm-fn'],
    ['!Ref Db', 'crm-main'],
    ['!Ref Topic', 'arn:aws:sns:us-east-1:1234:crit'],
    ['!Ref Queue', 'https://sqs.us-east-1.amazonaws.com/1234/Jobs'],
    ['!GetAtt Queue.QueueName', 'Jobs'],
    ['{ "Fn::GetAtt": [Queue, QueueName] }', 'Jobs'],
    ['!GetAtt Fn.Arn', 'arn:aws:lambda:us-east-1:1234:function:crm-fn'],
    [
      '!Sub "${Env}/${Queue.QueueName}/${!Literal}/${AWS::Region}"',
      'prod/Jobs/${Literal}/us-east-1',
    ],
    ['!Sub ["${x}-${Env}", { x: !Join ["+", [1, 2]] }]', '1+2-prod'],
    ['!Join ["-", [a, !Ref Env, !Ref AWS::NoValue, c]]', 'a-prod-c'],
    ['!Join ["|", !Ref Zones]', 'a|b|c'],
    ['!FindInMap [Sizes, !Ref Env, cpu]', '80'],
    ['{ "Fn::FindInMap": [Sizes, none, cpu, { DefaultValue: 7 }] }', '7'],
    ['!If [IsProd, yes please, no]', 'yes please'],
    ['!If [Both, 1, 2]', '1'],
    ['!If [Either, 1, 2]', '1'],
    ['!Select [1, !Ref Zones]', 'b'],
    ['!Select [2, !Split [":", "a:b:c"]]', 'c'],
    ['{ "Fn::Length": !Ref Zones }', '3'],
    ['{ "Fn::ToJsonString": { a: !Ref Env, b: [1, true] } }', '{"a":"prod","b":[1,true]}'],
    ['!Base64 grün', 'Z3LDvG4='],
    ['!If [IsProd, !Ref AWS::NoValue, x]', ''],
  ])('%s', (expression, expected) => {
    expect(described(`${expression}`, rest, values)).toBe(expected);
  });

  it.each([
    ['!Ref Nameless', '‹Nameless›', 'Ref:Nameless'],
    ['!GetAtt Nameless.QueueName', '‹Nameless.QueueName›', 'GetAtt:Nameless.QueueName'],
    ['!Ref Elsewhere', '‹Elsewhere›', 'Ref:Elsewhere'],
    ['!ImportValue vpc-id', '‹vpc-id›', 'ImportValue:vpc-id'],
    ['!Sub "x-${AWS::StackId}"', 'x-‹AWS::StackId›', 'AWS::StackId'],
    ['"{{resolve:ssm:/a/b:3}}"', '‹/a/b:3›', '{{resolve:ssm:/a/b:3}}'],
    ['!Sub "{{resolve:ssm:/${Env}/b}}"', '‹/prod/b›', '{{resolve:ssm:/prod/b}}'],
    ['!Ref Stored', '‹Stored›', 'Stored'],
    ['"${self:service}-x"', '‹self:service›-x', 'self:service'],
    ['!GetAZs ""', '‹AvailabilityZones›', 'Fn::GetAZs'],
  ])('%s stays open as %s', (expression, text, id) => {
    const result = read(describing(expression, rest), values);
    expect(result.alarms[0]?.description).toBe(text);
    expect(open(result)).toEqual([id]);
    expect(result.alarms[0]?.openInputs).toEqual([id]);
    const picked = read(describing(expression, rest), { ...values, [id]: 'picked' });
    expect(picked.alarms[0]?.description).toBe(text.replace(/‹.*›/, 'picked'));
    expect(picked.alarms[0]?.openInputs).toEqual([]);
  });

  it('a value picked for Ref tells the attributes that can be told from it', () => {
    const url = 'https://sqs.us-east-1.amazonaws.com/1234/made-up';
    expect(described('!GetAtt Nameless.QueueName', rest, { 'Ref:Nameless': url })).toBe('made-up');
  });

  it('never asks for a secret', () => {
    const secrets = '!Sub "${Secret} {{resolve:secretsmanager:db:SecretString:password}}"';
    const result = read(describing(secrets, rest), values);
    expect(result.inputs).toEqual([]);
    expect(result.alarms[0]?.description).toBe('‹Secret› ‹db:SecretString:password›');
  });

  it('a name inside an open import is asked first', () => {
    const text = describing('!ImportValue { "Fn::Sub": "${Other}-vpc" }');
    expect(open(read(text))).toEqual(['Ref:Other']);
    expect(open(read(text, { 'Ref:Other': 'net' }))).toEqual(['ImportValue:net-vpc']);
  });

  it('offers what a parameter allows, and says when the picked value is not allowed', () => {
    const [input] = read(describing('!Ref Env', rest), { Env: 'dev' }).inputs;
    expect(input).toMatchObject({
      id: 'Env',
      kind: 'parameter',
      control: 'radio',
      defaultValue: 'prod',
      value: 'dev',
      choices: [
        { value: 'prod', label: 'prod' },
        { value: 'test', label: 'test' },
      ],
    });
    expect(read(describing('!Ref Env', rest), { Env: 'dev' }).problems[0]?.message).toBe(
      'The template does not allow “dev” for Env.',
    );
  });

  it('an unknown function and a missing mapping are named with their line', () => {
    expect(read(describing('!Frobnicate x')).problems[0]).toMatchObject({
      message: 'Fn::Frobnicate is not a function of CloudFormation.',
      line: 7,
    });
    expect(read(describing('!FindInMap [No, such, key]')).problems[0]?.message).toMatch(
      /“No” has no entry/,
    );
  });
});

describe('alarms of a template', () => {
  it('are not created where their condition does not hold, and then ask nothing', () => {
    const text = `
Parameters: { Env: { Type: String, Default: test } }
Conditions: { IsProd: !Equals [!Ref Env, prod] }
Resources:
  A:
    Type: AWS::CloudWatch::Alarm
    Condition: IsProd
    Properties: { AlarmName: !Ref Unknown, MetricName: m }
`;
    const off = read(text);
    expect(off.alarms[0]).toMatchObject({ created: false, line: 5, name: '‹Unknown›' });
    expect(off.inputs.map(({ id }) => id)).toEqual(['Env']);
    const on = read(text, { Env: 'prod' });
    expect(on.alarms[0]).toMatchObject({ created: true, openInputs: ['Ref:Unknown'] });
  });

  it('reads numbers and switches written as text, and leaves open ones null', () => {
    const text = `
Resources:
  A:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Threshold: "12.5"
      EvaluationPeriods: "3"
      Period: !Ref Period
      ActionsEnabled: "no"
      ExtendedStatistic: p99
      TreatMissingData: breaching
      AlarmActions: !Ref Topics
Parameters:
  Topics: { Type: CommaDelimitedList, Default: "t1,t2" }
`;
    expect(read(text).alarms[0]).toMatchObject({
      actionsEnabled: false,
      alarmActions: ['t1', 't2'],
      openInputs: ['Ref:Period'],
      metric: {
        threshold: 12.5,
        evaluationPeriods: 3,
        datapointsToAlarm: 3,
        treatMissingData: 'breaching',
        queries: [{ stat: 'p99', periodSeconds: null }],
      },
    });
  });

  it('writes loops out, the names they make included', () => {
    const text = `
Transform: AWS::LanguageExtensions
Parameters: { Services: { Type: CommaDelimitedList, Default: "auth-api,crm" } }
Resources:
  Fn::ForEach::Services:
    - Service
    - !Ref Services
    - Queue&{Service}:
        Type: AWS::SQS::Queue
        Properties: { QueueName: !Sub "\${Service}-jobs" }
      Alarm&{Service}:
        Type: AWS::CloudWatch::Alarm
        Properties:
          AlarmName: !Sub "\${Service}-errors"
          Namespace: { Ref: Service }
          AlarmDescription: !GetAtt Queueauthapi.QueueName
`
      .replace('    - Queue&{Service}:\n', '    - "Queue&{Service}":\n')
      .replace('      Alarm&{Service}:', '      "Alarm&{Service}":');
    const { alarms } = read(text);
    expect(alarms.map(({ logicalId, name }) => [logicalId, name])).toEqual([
      ['Alarmauthapi', 'auth-api-errors'],
      ['Alarmcrm', 'crm-errors'],
    ]);
    expect(alarms[1]?.description).toBe('auth-api-jobs');
    expect(alarms[1]?.metric?.queries[0]?.namespace).toBe('crm');
  });

  it('knows YAML’s anchors and merge keys', () => {
    const text = `
Resources:
  A: &a
    Type: AWS::CloudWatch::Alarm
    Properties: &p { AlarmName: one, Period: 60, MetricName: m }
  B:
    <<: *a
    Properties: { <<: *p, AlarmName: two }
`;
    expect(read(text).alarms.map(({ name, metric }) => [name, metric?.periodSeconds])).toEqual([
      ['one', 60],
      ['two', 60],
    ]);
  });

  it('says what it does not compare, and what stands in other files', () => {
    const text = `
Resources:
  C:
    Type: AWS::CloudWatch::CompositeAlarm
    Properties: { AlarmRule: 'ALARM("x")', ActionsSuppressor: s }
  N: { Type: AWS::CloudFormation::Stack }
`;
    const result = read(text);
    expect(result.alarms[0]).toMatchObject({ kind: 'composite', compositeRule: 'ALARM("x")' });
    expect(result.problems.map(({ message }) => message)).toEqual([
      'C sets ActionsSuppressor, which is not compared with the account.',
      'What the nested stack N may declare stands in files of their own.',
    ]);
  });
});

describe('dashboards of a template', () => {
  const body = (text: string): string => `
Conditions: { Never: !Equals [a, b] }
Resources:
  D:
    Type: AWS::CloudWatch::Dashboard
    Properties:
      DashboardName: !Sub "\${AWS::StackName}-main"
      DashboardBody: ${text}`;
  const widget = (period: string): string =>
    `{"type":"metric","properties":{"region":"\${AWS::Region}","period":${period},"metrics":[["AWS/SQS","Age","QueueName","\${Q}"]]}}`;

  it.each([
    ['Sub', `!Sub '{"widgets":[${widget('60')}]}'`],
    ['Sub of a list', `!Sub ['{"widgets":[${widget('60')}]}', { Q: !Ref Q }]`],
    [
      'Join',
      `!Join ["", ['{"widgets":[{"type":"metric","properties":{"period":60,"metrics":[["AWS/SQS","Age","QueueName","', !Ref Q, '"]]}}]}']]`,
    ],
    [
      'a map',
      `{ widgets: [{ type: metric, properties: { period: 60, metrics: [[AWS/SQS, Age, QueueName, !Ref Q]] } }] }`,
    ],
    [
      'JSON of a map',
      `{ "Fn::ToJsonString": { widgets: [{ type: metric, properties: { period: 60, metrics: [[AWS/SQS, Age, QueueName, !Ref Q]] } }] } }`,
    ],
  ])('the body as %s', (_name, text) => {
    const openOnes = read(body(text));
    const [dashboard] = openOnes.dashboards;
    expect(dashboard?.name).toBe('‹AWS::StackName›-main');
    expect(open(openOnes)).toContain('Ref:Q');
    const picked = read(body(text), { 'Ref:Q': 'jobs', 'AWS::StackName': 'crm' });
    expect(picked.dashboards[0]?.name).toBe('crm-main');
    expect(picked.dashboards[0]?.widgets).toMatchObject([
      {
        kind: 'metric',
        periodSeconds: 60,
        series: [{ metric: { dimensions: [{ name: 'QueueName', value: 'jobs' }] } }],
      },
    ]);
    expect(picked.problems).toEqual([]);
  });

  it('an open number without quotes does not spoil the body', () => {
    const result = read(body(`!Sub '{"widgets":[${widget('${Period}')}]}'`));
    expect(result.dashboards[0]?.widgets[0]?.kind).toBe('metric');
    expect(open(result)).toContain('Ref:Period');
  });

  it('a body that is no JSON is explained at its line', () => {
    const result = read(
      body('!Sub |\n        {\n          "widgets": [\n            oops\n          ]\n        }'),
    );
    expect(result.dashboards[0]?.widgets).toMatchObject([{ kind: 'explained' }]);
    expect(result.problems).toMatchObject([{ level: 'error', line: 11 }]);
  });

  it('problems inside the body stand at the template’s line', () => {
    const text =
      '|\n        {\n          "widgets": [\n            { "type": "metric", "properties": { "metrics": 7 } }\n          ]\n        }';
    expect(read(body(text)).problems[0]?.line).toBe(11);
    const map =
      '\n        widgets:\n          - type: text\n            properties: { markdown: x }\n          - type: metric\n            properties: { metrics: 7 }';
    expect(read(body(map)).problems[0]?.line).toBe(13);
  });

  it('is left out with a word where its condition does not hold', () => {
    const text = body('"{}"').replace('    Properties:', '    Condition: Never\n    Properties:');
    const result = read(text);
    expect(result.dashboards).toEqual([]);
    expect(result.problems[0]?.message).toMatch(/left out: its condition Never/);
  });
});
