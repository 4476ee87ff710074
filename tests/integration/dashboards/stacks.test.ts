import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startDemo } from '../../../src/demo';
import type { DemoAws } from '../../../src/demo';
import { demoConnection } from '../../support/alarm-service';
import { never, openLibrary } from './library';
import type { TestLibrary } from './library';

let demo: DemoAws;
let open: TestLibrary;

beforeEach(async () => {
  demo = await startDemo({ evaluateEveryMs: Infinity });
  open = await openLibrary([
    demoConnection(demo.endpoint, { id: 'crm', regions: ['us-east-1'] }),
    demoConnection(demo.endpoint, { id: 'rt', regions: ['us-west-1'] }),
  ]);
});
afterEach(async () => {
  await open.stop();
  await demo.stop();
});

describe('stacks of an account', () => {
  it('are listed by name with their state, page by page', async () => {
    const found = await open.library.stacks('crm', 'us-east-1', never());
    expect(found.map(({ name }) => name)).toEqual(['crm-edge', 'crm-monitoring', 'crm-services']);
    expect(found[1]).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(found[1]?.updatedAt).toBeLessThan(Date.now());
    expect(demo.requests.count('DescribeStacks')).toBe(2);
    const west = await open.library.stacks('rt', 'us-west-1', never());
    expect(west.map(({ name }) => name)).toEqual(['realtechee-monitoring']);
  });

  it('fill what a template leaves open, without what CloudFormation hides', async () => {
    const values = await open.library.stackValues('crm', 'us-east-1', 'crm-monitoring', never());
    expect(values).toMatchObject({
      'AWS::Region': 'us-east-1',
      'AWS::AccountId': '111122223333',
      'AWS::Partition': 'aws',
      'AWS::StackName': 'crm-monitoring',
      DatabaseInstance: 'crm-production',
      'Ref:CriticalAlertsTopic': 'arn:aws:sns:us-east-1:111122223333:crm-critical-alerts',
      'GetAtt:CriticalAlertsTopic.TopicName': 'crm-critical-alerts',
      'Ref:HighErrorRateAlarm': 'CRM-High-Error-Rate',
      'GetAtt:HighErrorRateAlarm.Arn':
        'arn:aws:cloudwatch:us-east-1:111122223333:alarm:CRM-High-Error-Rate',
      'ImportValue:crm-services-LoadBalancerFullName': 'app/crm-production-alb/50dc6c495c0c9188',
    });
    expect(values).not.toHaveProperty('AlertPhone');
    const services = await open.library.stackValues('crm', 'us-east-1', 'crm-services', never());
    expect(services['GetAtt:LoadBalancer.LoadBalancerFullName']).toBe(
      'app/crm-production-alb/50dc6c495c0c9188',
    );
    expect(services['GetAtt:Cluster.Arn']).toBe(
      'arn:aws:ecs:us-east-1:111122223333:cluster/crm-production',
    );
  });

  it('that do not exist, or may not be seen, are told in a sentence', async () => {
    const unknown = open.library.stackValues('crm', 'us-east-1', 'nobody', never());
    await expect(unknown).rejects.toThrow('Stack with id nobody does not exist');
    demo.faults.set({ fault: { kind: 'access-denied' }, operation: 'DescribeStacks' });
    await expect(open.library.stacks('crm', 'us-east-1', never())).rejects.toMatchObject({
      failure: {
        kind: 'denied',
        message: expect.stringContaining('cloudformation:DescribeStacks'),
      },
    });
  });
});
