import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectionTo, failureOf, never, region, sessionOf, withConfig } from './sessions';
import { answerWell, sendError, startStandIn } from './stand-in';
import type { StandIn } from './stand-in';

let aws: StandIn;
beforeEach(async () => {
  aws = await startStandIn();
});
afterEach(() => aws.close());

const ask = (endpoint = aws.url) =>
  sessionOf(connectionTo(endpoint)).api(region).describeAlarms({ MaxRecords: 1 }, never());

describe('errors of the service', () => {
  const table: [code: string, message: string, status: number, kind: string][] = [
    [
      'ExpiredTokenException',
      'The security token included in the request is expired',
      400,
      'credentials-expired',
    ],
    [
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
      403,
      'credentials-missing',
    ],
    [
      'AccessDeniedException',
      'User: x is not authorized to perform: cloudwatch:DescribeAlarms',
      403,
      'denied',
    ],
    ['ResourceNotFoundException', 'No such thing', 404, 'not-found'],
    ['InvalidNextToken', 'The next token is not valid', 400, 'invalid'],
    ['InvalidParameterValueException', 'MaxRecords must be at most 100', 400, 'invalid'],
    ['SomethingNewException', 'never seen before', 400, 'unknown'],
    ['InternalServiceFault', 'oops', 500, 'unknown'],
  ];
  it.each(table)('%s', async (code, message, status, kind) => {
    aws.respond((asked, response) => sendError(asked, response, code, message, status));
    const failure = await failureOf(ask());
    expect(failure).toMatchObject({
      kind,
      connectionId: 'production',
      operation: 'DescribeAlarms',
    });
    expect(failure.message).toContain('Production');
    expect(failure.advice).not.toBe('');
  });

  it('names the IAM action that is missing', async () => {
    aws.respond((asked, response) => sendError(asked, response, 'AccessDenied', 'no', 403));
    expect((await failureOf(ask())).message).toContain('cloudwatch:DescribeAlarms');
  });

  it('tries once more after a 5xx', async () => {
    aws.respond((asked, response) =>
      aws.asked.length === 1
        ? sendError(asked, response, 'ServiceUnavailable', '', 503)
        : answerWell(asked, response),
    );
    await expect(ask()).resolves.toMatchObject({ MetricAlarms: [] });
    expect(aws.asked).toHaveLength(2);
  });

  it('keeps secrets that a server echoes out of every sentence', async () => {
    aws.respond((asked, response) =>
      sendError(
        asked,
        response,
        'SomethingNew',
        `key AKIADEMONIGHTDESK000 demo-secret-both AKIAIOSFODNN7EXAMPLE ${String(asked.headers['authorization'])}`,
      ),
    );
    const told = JSON.stringify(await failureOf(ask()));
    expect(told).not.toMatch(/AKIADEMONIGHTDESK000|demo-secret-both|AKIAIOSFODNN7EXAMPLE/);
    expect(told).not.toMatch(/Signature=[0-9a-f]/);
  });
});

describe('answers that are not AWS’s', () => {
  const garbage: [name: string, body: string][] = [
    ['a page of HTML', '<html><body>Please sign in to the hotel</body></html>'],
    ['an empty object', '{}'],
    ['a number', '7'],
    ['nothing', ''],
    ['half an answer', '{"MetricAlarms":[{"AlarmNa'],
    ['a list of the wrong things', '{"MetricAlarms":[1,2]}'],
    ['a list that is none', '{"MetricAlarms":"many"}'],
  ];
  it.each(garbage)('%s', async (_name, body) => {
    aws.respond((_asked, response) => void response.end(body));
    expect((await failureOf(ask())).kind).toBe('invalid');
  });

  it('50 MB, with and without a length', async () => {
    const mebibyte = Buffer.alloc(1024 * 1024, 0x20);
    for (const length of [true, false]) {
      aws.respond(async (_asked, response) => {
        response.setMaxListeners(0);
        if (length) response.setHeader('content-length', 50 * mebibyte.length);
        for (let sent = 0; sent < 50 && !response.destroyed; sent += 1) {
          if (!response.write(mebibyte))
            await Promise.race([once(response, 'drain'), once(response, 'close')]);
        }
        response.end();
      });
      const before = process.memoryUsage().rss;
      const failure = await failureOf(ask());
      expect(failure.kind).toBe('invalid');
      expect(failure.message).toContain('too large');
      expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
    }
  });
});

describe('network', () => {
  it('a name that does not exist', async () => {
    const files = await withConfig({
      credentials:
        '[p]\naws_access_key_id = AKIATESTTESTTESTTEST\naws_secret_access_key = s3cret\n',
    });
    try {
      const session = sessionOf(
        connectionTo('http://no-such-host.invalid', {
          credentials: { kind: 'profile', profile: 'p' },
        }),
      );
      expect(await failureOf(session.api(region).describeAlarms({}, never()))).toMatchObject({
        kind: 'offline',
        message: expect.stringContaining('cannot be resolved'),
      });
    } finally {
      await files.undo();
    }
  });

  it('nobody listens', async () => {
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
    const address = gone.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await new Promise((resolve) => gone.close(resolve));
    expect(await failureOf(ask(`http://127.0.0.1:${port}`))).toMatchObject({ kind: 'offline' });
  });

  it('a connection that is cut', async () => {
    aws.respond((_asked, response) => void response.socket?.destroy());
    expect((await failureOf(ask())).kind).toBe('offline');
  });

  it('a hang ends with the caller’s signal at once', async () => {
    aws.respond(() => undefined);
    const stop = new AbortController();
    const session = sessionOf(connectionTo(aws.url));
    const asking = failureOf(session.api(region).describeAlarms({}, stop.signal));
    await expect.poll(() => aws.asked.length).toBe(1);
    const start = Date.now();
    stop.abort();
    expect((await asking).kind).toBe('cancelled');
    expect(Date.now() - start).toBeLessThan(200);
  });

  it('a hang in the middle of an answer ends with the time limit', async () => {
    const { DeadlinePassed, withDeadline } = await import('../../../src/main/aws/deadline');
    aws.respond((_asked, response) => void response.write('{"MetricAlarms":['));
    const session = sessionOf(connectionTo(aws.url));
    const limited = withDeadline(300, never(), (signal) =>
      session.api(region).describeAlarms({}, signal),
    );
    await expect(limited).rejects.toBeInstanceOf(DeadlinePassed);
  });

  it('a closed session ends its calls', async () => {
    aws.respond(() => undefined);
    const session = sessionOf(connectionTo(aws.url));
    const asking = failureOf(session.api(region).describeAlarms({}, never()));
    await expect.poll(() => aws.asked.length).toBe(1);
    session.destroy();
    expect((await asking).kind).toBe('cancelled');
  });
});

describe('R8: a wrong clock', () => {
  /** AWS's side of a computer whose clock is off: refuses signatures more than 5 min from its own time. */
  const clockOff = (offMs: number, correctable: boolean) => {
    aws.respond((asked, response) => {
      const now = Date.now() + offMs;
      const stamp = String(asked.headers['x-amz-date']).replace(
        /(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/,
        '$1-$2-$3T$4:$5:$6Z',
      );
      if (correctable) response.setHeader('date', new Date(now).toUTCString());
      else response.sendDate = false;
      if (correctable && Math.abs(Date.parse(stamp) - now) < 300_000)
        return answerWell(asked, response);
      sendError(
        asked,
        response,
        'InvalidSignatureException',
        `Signature ${offMs > 0 ? 'expired' : 'not yet current'}: ${stamp}`,
        403,
      );
    });
  };

  it.each([20, -20])('%i minutes: corrected', async (minutes) => {
    clockOff(minutes * 60_000, true);
    const session = sessionOf(connectionTo(aws.url));
    await expect(session.api(region).describeAlarms({}, never())).resolves.toMatchObject({
      MetricAlarms: [],
    });
    expect(Math.abs((session.clockSkewMs() ?? 0) - minutes * 60_000)).toBeLessThan(2_000);
    expect(aws.asked).toHaveLength(2);
    await session.api(region).describeAlarms({}, never());
    expect(aws.asked).toHaveLength(3);
  });

  it.each([20, -20])('%i minutes without a date to correct by: named', async (minutes) => {
    clockOff(minutes * 60_000, false);
    const failure = await failureOf(ask());
    expect(failure.kind).toBe('clock-wrong');
    expect(failure.message).toContain('clock');
  });

  it('RequestTimeTooSkewed says how wrong', async () => {
    aws.respond((asked, response) => {
      response.setHeader('date', new Date(Date.now() + 20 * 60_000).toUTCString());
      sendError(asked, response, 'RequestTimeTooSkewed', 'too different', 403);
    });
    expect(await failureOf(ask())).toMatchObject({
      kind: 'clock-wrong',
      message: expect.stringContaining('20 min behind'),
    });
  });
});

it('meters what was asked', async () => {
  const session = sessionOf(connectionTo(aws.url));
  const api = session.api(region);
  await api.describeAlarms({}, never());
  await api.getMetricData(
    {
      StartTime: new Date(0),
      EndTime: new Date(60_000),
      MetricDataQueries: Array.from({ length: 3 }, (_, i) => ({
        Id: `m${i}`,
        MetricStat: { Metric: { Namespace: 'N', MetricName: 'M' }, Period: 60, Stat: 'Sum' },
      })),
    },
    never(),
  );
  expect(session.usage()).toMatchObject({ calls: 2, throttles: 0 });
  expect(session.usage().costUsd).toBeCloseTo(0.00004, 8);
});
