import { describe, expect, test } from 'vitest';
import type { MetricIdentity } from '../../../src/demo/metrics/metric-source';
import { findMetrics } from '../../../src/demo/metrics/search/find-metrics';
import { parseSearch } from '../../../src/demo/metrics/search/parse-search';
import { tokensOf } from '../../../src/demo/metrics/search/tokens';
import { runNow } from '../../../src/demo/metrics/steps';

/** The examples of AWS's guide. */
test.each([
  ['CustomCount1', ['custom', 'count', '1']],
  ['SDBFailure', ['sdb', 'failure']],
  ['Project2-trial333', ['project', '2', 'trial', '333']],
  ['Network-Errors_2', ['network', 'errors', '2']],
  ['couNT', ['cou', 'nt']],
])('tokens of %s', (text, tokens) => expect(tokensOf(text)).toEqual(tokens));

const metric = (
  namespace: string,
  metricName: string,
  dimensions: Record<string, string> = {},
): MetricIdentity => ({
  namespace,
  metricName,
  dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
});
const metrics = [
  metric('My', 'CustomCount1'),
  metric('My', 'SDBFailure'),
  metric('My', 'Network-Errors-2'),
  metric('My', 'NetworkErrors2'),
  metric('My', 'Europe\\France Traffic(Network)'),
  metric('AWS/EC2', 'CPUUtilization', { InstanceId: 'i-1' }),
  metric('AWS/EC2', 'CPUUtilization', { InstanceType: 't2.micro' }),
  metric('AWS/EC2', 'DiskReadOps', { InstanceId: 'i-2' }),
  metric('AWS/Lambda', 'Errors', { FunctionName: 'ProjectA-in' }),
  metric('AWS/Lambda', 'Invocations', { FunctionName: 'ProjectA-in' }),
  metric('AWS/Lambda', 'Invocations', { FunctionName: 'other' }),
  metric('AWS/Lambda', 'Errors'),
];
const found = (text: string): string[] =>
  runNow(findMetrics(metrics, parseSearch(text), '111122223333')).map((each) =>
    [each.metricName, ...each.dimensions.map((dimension) => dimension.Value)].join(' '),
  );

describe('what a search finds', () => {
  test.each([
    ['count', ['CustomCount1']],
    ['COUNT', ['CustomCount1']],
    ['couNT', []],
    ['CustomCount', ['CustomCount1']],
    ['Count1', ['CustomCount1']],
    ['customcount', []],
    ['count1', []],
    ['sdbfailure', ['SDBFailure']],
    ['"CustomCount1"', ['CustomCount1']],
    ['"customcount1"', []],
    ['"Custom"', []],
    ['network/errors', ['Network-Errors-2', 'NetworkErrors2']],
    ['network+errors', ['Network-Errors-2', 'NetworkErrors2']],
    ['"Network-Errors-2"', ['Network-Errors-2']],
    ['"Network_Errors_2"', []],
    [String.raw`"Europe\\France Traffic\(Network\)"`, ['Europe\\France Traffic(Network)']],
    ['{AWS/EC2,InstanceId} MetricName="CPUUtilization"', ['CPUUtilization i-1']],
    ['{AWS/EC2, InstanceId}, CPU', ['CPUUtilization i-1']],
    ['{AWS/EC2} CPUUtilization', ['CPUUtilization i-1', 'CPUUtilization t2.micro']],
    ['InstanceType=micro', ['CPUUtilization t2.micro']],
    ['InstanceType="t2.micro" Namespace="AWS/EC2"', ['CPUUtilization t2.micro']],
    ['{AWS/EC2,InstanceId} NOT i-1', ['DiskReadOps i-2']],
    ['{"AWS/EC2", "InstanceId"} (CPU OR Disk) NOT "i-2"', ['CPUUtilization i-1']],
    [
      '{AWS/Lambda,FunctionName} MetricName="Errors" OR (MetricName="Invocations" AND (ProjectA OR ProjectB))',
      ['Errors ProjectA-in', 'Invocations ProjectA-in'],
    ],
    ['{AWS/Lambda,FunctionName} FunctionName=("other" OR ProjectB)', ['Invocations other']],
    ['NOT Namespace=AWS', metrics.slice(0, 5).map((each) => each.metricName)],
    [':aws.AccountId="111122223333" SDBFailure', ['SDBFailure']],
    [':aws.AccountId="444455556666" SDBFailure', []],
  ])('%s', (text, expected) => expect(found(text)).toEqual(expected));
});

test.each([
  '',
  '{',
  '{AWS/EC2',
  '{}',
  'a AND',
  '(a',
  'a)',
  '"a',
  'MetricName=',
  'NOT',
  'x'.repeat(1025),
  `${'('.repeat(400)}a${')'.repeat(400)}`,
])('%s is refused', (text) => expect(() => parseSearch(text)).toThrow('Invalid search expression'));
