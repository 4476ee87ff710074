import { describe, expect, it } from 'vitest';
import { AwsFailure } from '../../../src/main/aws/aws-api';
import { pages } from '../../../src/main/aws/paging';

async function walk(tokenAfter: (page: number) => string | undefined, maxPages?: number) {
  let fetched = 0;
  const seen: (string | undefined)[] = [];
  let failure: unknown = null;
  try {
    const walking = pages(
      async (token) => {
        seen.push(token);
        fetched += 1;
        return { NextToken: tokenAfter(fetched) };
      },
      {
        operation: 'DescribeAlarms',
        connectionId: 'c',
        ...(maxPages === undefined ? {} : { maxPages }),
      },
    );
    for await (const page of walking) expect(page).toBeDefined();
  } catch (error) {
    failure = error instanceof AwsFailure ? error.failure : error;
  }
  return { fetched, seen, failure };
}

describe('pages', () => {
  it('follows tokens to the end, an empty one included', async () => {
    expect(await walk((n) => (n < 3 ? `t${n}` : undefined))).toMatchObject({
      fetched: 3,
      seen: [undefined, 't1', 't2'],
      failure: null,
    });
    expect(await walk((n) => (n < 3 ? `t${n}` : ''))).toMatchObject({ fetched: 3, failure: null });
  });
  it('R8: ends when a token repeats at once or in a ring', async () => {
    expect(await walk(() => 'same')).toMatchObject({
      fetched: 2,
      failure: { kind: 'invalid', connectionId: 'c' },
    });
    expect(await walk((n) => `t${n % 3}`)).toMatchObject({
      fetched: 4,
      failure: { kind: 'invalid' },
    });
  });
  it('R8: ends when there is always a new one', async () => {
    expect(await walk((n) => `t${n}`, 50)).toMatchObject({
      fetched: 50,
      failure: { kind: 'invalid' },
    });
    expect((await walk((n) => `t${n}`)).fetched).toBe(2_000);
  });
});
