import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DemoAws, startDemo } from '../../../src/demo';
import { demoConnection } from '../../support/alarm-service';
import { sendJson, startStandIn } from '../aws/stand-in';
import type { StandIn } from '../aws/stand-in';
import { groupOf, headsOf, HOUR, mathQuery, metricQuery, never, startService } from './service';
import { valuesOf } from './service';

const END = Math.floor(Date.now() / 300_000) * 300_000;
const cpu = metricQuery('m1', 'AWS/RDS', 'CPUUtilization');
const group = groupOf([cpu], END - HOUR, END);

describe('a service that answers anything', () => {
  let aws: StandIn;
  let started: Awaited<ReturnType<typeof startService>>;
  beforeEach(async () => {
    aws = await startStandIn();
    started = await startService(aws.url);
  });
  afterEach(async () => {
    await started.stop();
    await aws.close();
  });

  const answer = (...pages: object[]): void => {
    let page = 0;
    aws.respond((_asked, response) => {
      sendJson(response, pages[Math.min(page, pages.length - 1)] ?? {});
      page += 1;
    });
  };
  const idOf = (n = 0) => `nd0q${n}`;
  const at = (index: number): number => (END - HOUR + index * 300_000) / 1000;

  it('has its points snapped, sorted and cleaned', async () => {
    answer({
      MetricDataResults: [
        {
          Id: idOf(),
          Label: 'x',
          Timestamps: [at(3) + 17, at(1), at(1), at(5), at(6), 4e11, -1],
          Values: [3, 9, 1, 'Infinity', 'NaN', 7, 7],
          StatusCode: 'Complete',
        },
        { Id: 'somebody-else', Timestamps: [at(1)], Values: [66] },
      ],
      Messages: [{ Code: 'C', Value: 'over the whole' }],
    });
    const set = await started.service.query(group, 'due', never());
    expect(valuesOf(set, 'm1')).toEqual([NaN, 1, NaN, 3, ...Array.from({ length: 8 }, () => NaN)]);
  });

  it('ends when tokens repeat, with what was read', async () => {
    answer({
      MetricDataResults: [
        { Id: idOf(), Label: 'x', Timestamps: [at(2)], Values: [2], StatusCode: 'PartialData' },
      ],
      NextToken: 'again',
    });
    const set = await started.service.query(group, 'due', never());
    expect(valuesOf(set, 'm1')[2]).toBe(2);
    expect(headsOf(set)[0]?.status).toBe('partial');
    expect(aws.asked.length).toBeLessThanOrEqual(3);
  });

  it('joins the pages of a series and tells its own words', async () => {
    const part = (index: number, StatusCode: string) => ({
      Id: idOf(),
      Label: 'x',
      Timestamps: [at(index)],
      Values: [index],
      StatusCode,
      Messages: [{ Code: 'MultipleUnits', Value: 'Several units' }],
    });
    answer(
      { MetricDataResults: [part(4, 'PartialData')], NextToken: 'more' },
      { MetricDataResults: [part(2, 'Complete')], Messages: [{ Code: 'A', Value: 'a word' }] },
    );
    const set = await started.service.query(group, 'due', never());
    expect(valuesOf(set, 'm1').filter((value) => !Number.isNaN(value))).toEqual([2, 4]);
    expect(headsOf(set)[0]).toMatchObject({ status: 'complete', messages: ['Several units'] });
    expect(set.messages).toEqual(['a word']);
  });

  it('gives several series of one query keys that stay, whatever order they come in', async () => {
    const line = (Label: string, value: number) => ({
      Id: idOf(),
      Label,
      Timestamps: [at(1)],
      Values: [value],
      StatusCode: 'Complete',
    });
    const search = mathQuery('s', "SEARCH('{AWS/EC2,InstanceId} CPU', 'Average', 300)");
    answer({ MetricDataResults: [line('b', 2), line('a', 1), line('c', 3)] });
    const set = await started.service.query(groupOf([search], END - HOUR, END), 'due', never());
    expect(headsOf(set).map(({ key, label }) => [key, label])).toEqual([
      ['s', 'a'],
      ['s#2', 'b'],
      ['s#3', 'c'],
    ]);
    // A SEARCH is billed by what it found.
    expect(started.service.budget().spentUsd).toBeCloseTo(0.00003, 9);
  });

  it('is called broken when it is, once, and does not hang', async () => {
    aws.respond((_asked, response) => {
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
      response.end('{"MetricDataResults": [[[');
    });
    const two = groupOf([cpu, metricQuery('m2', 'A', 'B')], END - HOUR, END);
    await expect(started.service.query(two, 'due', never())).rejects.toMatchObject({
      failure: { operation: 'GetMetricData' },
    });
    expect(aws.asked.length).toBeLessThanOrEqual(2);
  });
});

describe('an account that hangs', () => {
  let demo: DemoAws;
  beforeEach(async () => {
    demo = await startDemo({ evaluateEveryMs: Infinity });
  });
  afterEach(() => demo.stop());

  it('delays nobody else', async () => {
    demo.faults.set({ fault: { kind: 'hang' }, region: 'us-west-1' });
    const started = await startService(demo.endpoint, {
      connections: [demoConnection(demo.endpoint)],
    });
    const stop = new AbortController();
    const hung = started.service.query({ ...group, region: 'us-west-1' }, 'due', stop.signal);
    const settled = hung.then(
      () => 'answered',
      () => 'rejected',
    );
    const begun = performance.now();
    const healthy = await started.service.query(group, 'due', never());
    expect(performance.now() - begun).toBeLessThan(2_000);
    expect(healthy.state).toBe('fresh');
    stop.abort();
    expect(await settled).toBe('rejected');
    await started.stop();
  });

  it.each(['duplicate', 'reorder'] as const)(
    'answers the same when lists come %s',
    async (kind) => {
      const plain = await startService(demo.endpoint);
      const right = await plain.service.query(group, 'due', never());
      demo.faults.set({ fault: { kind }, operation: 'GetMetricData' });
      const odd = await startService(demo.endpoint);
      const set = await odd.service.query(group, 'due', never());
      expect(valuesOf(set, 'm1')).toEqual(valuesOf(right, 'm1'));
      await plain.stop();
      await odd.stop();
    },
  );
});
