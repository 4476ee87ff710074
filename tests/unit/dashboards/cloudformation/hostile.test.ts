import { describe, expect, it } from 'vitest';
import { readTemplate } from '../../../../src/shared/dashboards/cloudformation/template';

function read(text: string) {
  const result = readTemplate(text, 'template.yaml', {});
  if (result.kind === 'failed') throw new Error(JSON.stringify(result.problem));
  return result;
}

function refused(text: string) {
  const result = readTemplate(text, 'template.yaml', {});
  if (result.kind === 'read') throw new Error('was read');
  return result.problem;
}

describe('hostile templates', () => {
  const bomb = (): string => {
    const lines = ['Resources:', '  a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 12; i += 1) {
      lines.push(
        `  a${i}: &a${i} [${Array(9)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    }
    return lines.join('\n');
  };

  it.each([
    ['more than 5 MB', `Resources:\n${' '.repeat(5_000_001)}`, /at most 5,000,000/],
    ['brackets without end', '['.repeat(100_000), /nests deeper/],
    ['spread brackets', `Resources: ${'[a,'.repeat(5_000)}`, /nests deeper|flow/i],
    ['a deep block', '- '.repeat(20_000), /nests deeper/],
    ['an alias bomb', bomb(), /anchors repeat/],
    ['a list that contains itself', 'Resources: &r [*r]', /nests deeper/],
    ['an alias of nothing', 'Resources: *nothing', /no anchor|Unresolved alias/i],
    ['__proto__', 'Resources:\n  A:\n    __proto__: { Type: x }', /“__proto__” is not allowed/],
    ['broken YAML', 'Resources:\n  A: [1, 2\n  B: 3', /./],
    ['a list at the top', '- a', /no template/],
    ['no resources', 'Parameters: {}', /has no resources/],
    ['only text', 'hello', /no template/],
    ['two documents', 'Resources: {}\n---\nResources: {}', /multiple documents/],
  ])('%s is refused with a line and a reason', (_name, text, reason) => {
    const started = performance.now();
    const problem = refused(text);
    expect(problem.message).toMatch(reason);
    if (text.length < 5_000_000) expect(problem.line).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('circles end: resources, conditions and mappings', () => {
    const text = `
Conditions: { A: !Condition B, B: !Not [!Condition A] }
Resources:
  X: { Type: AWS::SQS::Queue, Properties: { QueueName: !GetAtt Y.QueueName } }
  Y: { Type: AWS::SQS::Queue, Properties: { QueueName: !GetAtt X.QueueName } }
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Condition: A
    Properties: { AlarmName: !GetAtt X.QueueName }
`;
    const { problems } = read(text);
    expect(problems.map(({ message }) => message).join(' ')).toMatch(/depends on itself/);
  });

  it('texts that double each other are refused', () => {
    const resources = Array.from(
      { length: 60 },
      (_, i) =>
        `  R${i}: { Type: AWS::SQS::Queue, Properties: { QueueName: !Sub "\${R${i + 1}.QueueName}\${R${i + 1}.QueueName}" } }`,
    );
    const text = `Resources:\n${resources.join('\n')}\n  R60: { Type: AWS::SQS::Queue, Properties: { QueueName: xxxxxxxx } }\n  A: { Type: AWS::CloudWatch::Alarm, Properties: { AlarmName: !GetAtt R0.QueueName } }`;
    expect(refused(text).message).toMatch(/multiply each other/);
  });

  it('keys of objects mean nothing', () => {
    const text = `
Resources:
  constructor: { Type: AWS::CloudWatch::Alarm, Properties: { AlarmName: !Ref toString } }
  hasOwnProperty: { Type: AWS::CloudWatch::Alarm, Properties: { AlarmName: !If [valueOf, a, b] } }
`;
    const result = read(text);
    expect(result.alarms.map(({ logicalId, name }) => [logicalId, name])).toEqual([
      ['constructor', '‹toString›'],
      ['hasOwnProperty', 'a'],
    ]);
    expect(Object.hasOwn(Object.prototype, 'Type')).toBe(false);
  });
});
