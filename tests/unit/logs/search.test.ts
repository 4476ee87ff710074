import type {
  FilterLogEventsRequest,
  FilterLogEventsResponse,
} from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import { AwsFailure } from '../../../src/main/aws/aws-api';
import { Searches } from '../../../src/main/logs/search/searches';
import { BACKWARDS_SINCE_MS, slicesOf } from '../../../src/main/logs/search/slices';
import { pageFrames } from '../../../src/main/logs/search/page-frames';
import { Turns } from '../../../src/main/logs/search/turns';
import { systemClock } from '../../../src/shared/clock';
import { decodeBatch } from '../../../src/shared/logs/frame';
import type { SearchProgress } from '../../../src/shared/logs/search';

const HOUR = 3_600_000;
const T = Date.UTC(2026, 0, 1);

type Answer = (input: FilterLogEventsRequest) => FilterLogEventsResponse;

/** Runs one search of one group against answers made up here; resolves when it has ended. */
async function run(answer: Answer, newestFirst = true, append = async () => undefined) {
  const asked: FilterLogEventsRequest[] = [];
  const messages: string[] = [];
  const searches = new Searches({
    apiOf: () => ({
      async filterLogEvents(input) {
        asked.push(input);
        if (asked.length > 200) throw new Error('It asks for ever.');
        return answer(input);
      },
    }),
    sink: {
      open: async () => undefined,
      close: async () => undefined,
      async append(_dataset, frame) {
        await append();
        const batch = decodeBatch(frame);
        messages.push(new TextDecoder().decode(batch.messages));
      },
    },
    clock: systemClock,
  });
  const ended = new Promise<SearchProgress>((resolve) => {
    searches.onProgress((progress) => {
      if (progress.phase !== 'searching') resolve(progress);
    });
  });
  await searches.start({
    searchId: 's',
    targets: [{ connectionId: 'c', region: 'r', groups: ['g', 'g'] }],
    startMs: T,
    endMs: T + HOUR,
    pattern: '',
    newestFirst,
    maxEvents: 1_000,
  });
  return { progress: await ended, asked, messages };
}

const event = (timestamp: number, message = 'm') => ({
  timestamp,
  message,
  eventId: String(timestamp),
  logStreamName: 's',
  ingestionTime: timestamp,
});
const refused = new AwsFailure(
  { kind: 'invalid', connectionId: 'c', operation: 'FilterLogEvents', message: 'no', advice: '' },
  true,
);

describe('search against odd answers', () => {
  it('ends with a word where the same next page is named twice, and starts over when resumed', async () => {
    const { progress, asked } = await run(() => ({ events: [event(T + 5)], nextToken: 'again' }));
    expect(asked).toHaveLength(2);
    expect(progress.groups).toHaveLength(1);
    expect(progress.groups[0]).toMatchObject({ phase: 'failed', failure: { kind: 'invalid' } });
    expect(progress.groups[0]?.failure?.message).toContain('same next page twice');
  });

  it('goes on behind what it has where a token is forgotten', async () => {
    let forgot = false;
    const { progress, asked } = await run(({ nextToken }) => {
      if (nextToken === 'a' && !forgot) {
        forgot = true;
        throw refused;
      }
      if (nextToken === undefined && !forgot)
        return { events: [event(T + 50), event(T + 40)], nextToken: 'a' };
      return { events: [event(T + 40), event(T + 30)] };
    });
    expect(progress.groups[0]).toMatchObject({
      phase: 'done',
      coveredFromMs: T,
      coveredToMs: T + HOUR,
    });
    expect(
      asked.map(({ endTime, nextToken, startFromHead }) => [endTime, nextToken, startFromHead]),
    ).toEqual([
      [T + HOUR, undefined, false],
      [T + HOUR, 'a', undefined],
      // The millisecond it broke off in is read again: a page may end within one.
      [T + 41, undefined, false],
    ]);
  });

  it('does not go round for ever where every next page is refused', async () => {
    const { progress, asked } = await run(({ nextToken }) => {
      if (nextToken !== undefined) throw refused;
      return { events: [event(T + 40)], nextToken: 'a' };
    });
    expect(progress.groups[0]?.phase).toBe('failed');
    expect(asked.length).toBeLessThan(10);
  });

  it('reads over events without time, id or words, and an empty token as the end', async () => {
    const { progress, messages } = await run(() => ({
      events: [
        { message: 'no time' },
        { timestamp: Number.NaN },
        { timestamp: T + 1 },
        event(T + 2, 'whole'),
      ],
      nextToken: '',
    }));
    expect(progress).toMatchObject({ phase: 'done', events: 2 });
    expect(messages).toEqual(['whole']);
    const nothing = await run(() => ({}));
    expect(nothing.progress).toMatchObject({ phase: 'done', events: 0 });
  });

  it('says what is covered only where the order lets it', async () => {
    const pages: FilterLogEventsResponse[] = [
      { events: [event(T + 10), event(T + 30)], nextToken: 'a' },
      { events: [event(T + 50)], nextToken: 'b' },
    ];
    const { progress } = await run(() => {
      const page = pages.shift();
      if (page === undefined) throw refused;
      return page;
    });
    // Asked newest first and answered oldest first: nothing is known to be whole.
    expect(progress.groups[0]).toMatchObject({ coveredFromMs: null, coveredToMs: null });
  });

  it('tells what the engine said when it takes no more', async () => {
    const { progress } = await run(
      () => ({ events: [event(T + 1)] }),
      true,
      () => Promise.reject(new Error('out of memory')),
    );
    expect(progress.groups[0]).toMatchObject({ phase: 'failed', events: 0, coveredFromMs: null });
    expect(progress.groups[0]?.failure?.message).toContain('out of memory');
  });
});

describe('slices of a window', () => {
  const all = (from: number, to: number, newest: boolean) => [...slicesOf(from, to, newest)];

  it('is one piece where CloudWatch can read it in that direction', () => {
    expect(all(T, T + HOUR, true)).toEqual([{ fromMs: T, toMs: T + HOUR, backwards: true }]);
    expect(all(0, T, false)).toEqual([{ fromMs: 0, toMs: T, backwards: false }]);
  });

  it('covers older times in growing pieces, newest first, without a gap', () => {
    const from = BACKWARDS_SINCE_MS - 100 * 24 * HOUR;
    const slices = all(from, BACKWARDS_SINCE_MS + HOUR, true);
    expect(slices[0]).toMatchObject({ backwards: true, fromMs: BACKWARDS_SINCE_MS });
    expect(slices.at(-1)?.fromMs).toBe(from);
    for (const [i, slice] of slices.entries()) {
      if (i > 0) expect(slice.toMs).toBe(slices[i - 1]?.fromMs);
      expect(slice.backwards).toBe(i === 0);
    }
    expect(slices.length).toBeLessThan(20);
  });
});

describe('frames of a page', () => {
  it('are of a megabyte at most, but of one event at least', () => {
    const found = ['a'.repeat(900_000), 'b'.repeat(200_000), 'c'.repeat(3_000_000), 'd'].map(
      (message, i) => ({
        stream: `s${i % 2}`,
        timestamp: T + i,
        ingestion: T + i,
        id: String(i),
        message,
      }),
    );
    const batches = [...pageFrames({ connectionId: 'c', region: 'r', group: 'g' }, found)].map(
      decodeBatch,
    );
    expect(batches.map(({ count }) => count)).toEqual([1, 1, 1, 1]);
    expect(batches.map(({ sources }) => sources[0]?.stream)).toEqual(['s0', 's1', 's0', 's1']);
    const small = [
      ...pageFrames(
        { connectionId: 'c', region: 'r', group: 'g' },
        found.slice(1, 2).concat(found.slice(3)),
      ),
    ];
    expect(small).toHaveLength(1);
  });
});

describe('turns', () => {
  it('lets so many run, in the order they came', async () => {
    const turns = new Turns(2);
    const order: number[] = [];
    const first = await turns.take();
    const second = await turns.take();
    const third = turns.take().then((give) => (order.push(3), give));
    const fourth = turns.take().then((give) => (order.push(4), give));
    await Promise.resolve();
    expect(order).toEqual([]);
    first();
    first();
    await third;
    expect(order).toEqual([3]);
    second();
    await fourth;
    expect(order).toEqual([3, 4]);
  });
});
