import { beforeEach, describe, expect, it } from 'vitest';
import { IpcDoor } from '../../../src/main/shell/ipc-door';
import type { DoorEvent, DoorHandlers, DoorSender } from '../../../src/main/shell/ipc-door';
import { AwsFailure } from '../../../src/main/aws/aws-api';
import { createLog } from '../../../src/main/shell/log';
import { requestNames } from '../../../src/shared/ipc';

const ORIGIN = 'nightdesk-app://app';

type Listener = (event: DoorEvent, ...args: unknown[]) => Promise<unknown>;

/** Every call that got as far as a handler. */
let calls: { name: string; args: unknown; signal: AbortSignal }[] = [];
let lines: string[] = [];
let behaviour: (name: string, signal: AbortSignal) => unknown = () => null;

/** Handlers for every name, made from the contract's list so that none is forgotten. */
function recordingHandlers(): DoorHandlers {
  return new Proxy<DoorHandlers>(Object.create(null), {
    get: (_target, name) => (args: unknown, signal: AbortSignal) => {
      calls.push({ name: String(name), args, signal });
      return behaviour(String(name), signal);
    },
  });
}

class FakeSender implements DoorSender {
  mainFrame = { origin: ORIGIN, frameTreeNodeId: 1 };
  destroyed = false;
  sent: [string, unknown][] = [];
  constructor(readonly id: number) {}
  isDestroyed(): boolean {
    return this.destroyed;
  }
  send(channel: string, payload: unknown): void {
    this.sent.push([channel, payload]);
  }
}

let listener: Listener;
let door: IpcDoor;
let sender: FakeSender;
let forget: () => void;

const from = (who: FakeSender, frame: DoorEvent['senderFrame'] = who.mainFrame): DoorEvent => ({
  sender: who,
  senderFrame: frame,
});
const ask = (name: unknown, args?: unknown): Promise<unknown> => listener(from(sender), name, args);

beforeEach(() => {
  calls = [];
  lines = [];
  behaviour = () => null;
  door = new IpcDoor({
    transport: {
      handle: (_channel, handler) => {
        listener = handler;
      },
    },
    trustedOrigin: ORIGIN,
    log: createLog((line) => lines.push(line)),
  });
  door.registerHandlers(recordingHandlers());
  sender = new FakeSender(7);
  forget = door.admit(sender);
});

/** Arguments every schema accepts, by name, so that a refusal is the sender's fault alone. */
const acceptable: Partial<Record<string, unknown>> = { 'alarms.detail': 'k', 'demo.run': 'k' };

describe('who may ask (S4)', () => {
  it.each(requestNames)(
    '%s is refused to subframes, foreign origins, strangers and the gone',
    async (name) => {
      const stranger = new FakeSender(8);
      const impostor = new FakeSender(7);
      const navigated = new FakeSender(9);
      door.admit(navigated);
      navigated.mainFrame = { origin: 'https://example.com', frameTreeNodeId: 1 };
      const destroyed = new FakeSender(10);
      door.admit(destroyed);
      destroyed.destroyed = true;
      const events: DoorEvent[] = [
        from(sender, { origin: ORIGIN, frameTreeNodeId: 2 }),
        from(sender, { origin: 'null', frameTreeNodeId: 1 }),
        from(sender, null),
        from(stranger),
        from(impostor),
        from(navigated),
        from(destroyed),
      ];
      for (const event of events) {
        const reply = await listener(event, name, acceptable[name]);
        expect(reply).toMatchObject({ ok: false, failure: { kind: 'denied' } });
      }
      expect(calls).toEqual([]);
    },
  );

  it('answers our own main frame, and no longer once its window has gone', async () => {
    expect(await ask('alarms.detail', 'k')).toEqual({ ok: true, value: null });
    forget();
    expect(await ask('alarms.detail', 'k')).toMatchObject({ ok: false });
    expect(calls).toHaveLength(1);
  });
});

describe('what may be asked', () => {
  it.each([
    'constructor',
    '__proto__',
    'toString',
    'hasOwnProperty',
    '',
    42,
    null,
    undefined,
    {},
    ['app.cancel'],
  ])('refuses the name %j', async (name) => {
    expect(await ask(name)).toMatchObject({ ok: false, failure: { kind: 'invalid' } });
    expect(calls).toEqual([]);
  });

  it('never lets an error, its stack or a secret out', async () => {
    behaviour = () => {
      throw new Error('boom AKIAIOSFODNN7EXAMPLE at /home/someone/x.ts');
    };
    const reply = JSON.stringify(await ask('alarms.detail', 'k'));
    expect(reply).toContain('unknown');
    expect(reply).not.toMatch(/boom|AKIA|home/);
    expect(lines.join()).toContain('boom [removed]');
  });

  it('passes an AWS failure on as it is', async () => {
    const failure = {
      kind: 'throttled' as const,
      connectionId: 'c',
      operation: 'DescribeAlarms',
      message: 'm',
      advice: 'a',
    };
    behaviour = () => {
      throw new AwsFailure(failure);
    };
    expect(await ask('alarms.detail', 'k')).toEqual({ ok: false, failure });
  });
});

describe('cancelling', () => {
  const untilAborted = (_name: string, signal: AbortSignal): Promise<null> =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('aborted')));
    });

  it('aborts the named request of the same window only', async () => {
    behaviour = untilAborted;
    const other = new FakeSender(8);
    door.admit(other);
    const pending = ask('alarms.history', { key: 'k', requestId: 'r-1' });
    await listener(from(other), 'app.cancel', 'r-1');
    expect(calls[0]?.signal.aborted).toBe(false);
    await ask('app.cancel', 'r-1');
    expect(await pending).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  });

  it('aborts everything of a window that goes', async () => {
    behaviour = untilAborted;
    const pending = [
      ask('alarms.detail', 'k'),
      ask('alarms.history', { key: 'k', requestId: 'r' }),
    ];
    forget();
    for (const reply of await Promise.all(pending)) {
      expect(reply).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
    }
  });
});

describe('pushes', () => {
  it('reach live windows that show our page, and no other', () => {
    const navigated = new FakeSender(8);
    door.admit(navigated);
    navigated.mainFrame = { origin: 'https://example.com', frameTreeNodeId: 1 };
    const destroyed = new FakeSender(9);
    door.admit(destroyed);
    destroyed.destroyed = true;
    door.push('notify.sound', { severity: 'critical' });
    expect(sender.sent).toEqual([['nightdesk:push:notify.sound', { severity: 'critical' }]]);
    expect([...navigated.sent, ...destroyed.sent]).toEqual([]);
  });
});

describe('10,000 fuzzed payloads (S4)', () => {
  /** Deterministic: a failure can be run again. */
  function generator(seed: number): () => number {
    let state = seed;
    return () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
  }
  const huge = 'x'.repeat(10_000_000);
  const cycle: { self?: unknown } = {};
  cycle.self = cycle;
  let deep: unknown = 0;
  for (let level = 0; level < 5_000; level += 1) deep = [deep];
  const hostile: unknown[] = [
    undefined,
    null,
    true,
    -0,
    Number.NaN,
    Infinity,
    2 ** 53,
    '',
    'k',
    '\0',
    '../..',
    huge,
    [],
    [huge],
    {},
    { key: huge },
    new Array(1_000_000).fill('k'),
    cycle,
    deep,
    JSON.parse('{"__proto__":{"polluted":true},"key":"k","requestId":"r"}'),
    JSON.parse('{"constructor":{"prototype":{"polluted":true}}}'),
    JSON.parse('{"alarmKeys":["k"],"note":null,"expiresInMs":null,"__proto__":{"polluted":1}}'),
    new Map([['key', 'k']]),
    new Set(['k']),
    new Date(0),
    /x/,
    new Uint8Array(8),
    new Error('x'),
    10n,
    Symbol.iterator,
    () => 'k',
    { toString: () => 'k' },
    new Array(3),
    'a'.repeat(2049),
    { key: 'k', requestId: '../../x' },
    { key: 'k', startMs: '0', endMs: {}, requestId: 'r' },
    { alarmKeys: [], note: 1, expiresInMs: -1 },
    { alarmKeys: 'k', until: 0 },
    { theme: 'pink' },
  ];

  it('neither crash the door nor pollute, and reach no handler unparsed', async () => {
    const random = generator(20_260_101);
    const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
    const startedAt = performance.now();
    let refused = 0;
    for (let round = 0; round < 10_000; round += 1) {
      const name = pick(requestNames);
      const value = pick(hostile);
      const args =
        random() < 0.3 ? { key: value, requestId: pick(hostile), alarmKeys: value } : value;
      const before = calls.length;
      const reply = await ask(name, args);
      expect(reply).toHaveProperty('ok');
      if (calls.length === before && name !== 'app.cancel') refused += 1;
    }
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    for (const { args } of calls) {
      expect(['string', 'undefined', 'object']).toContain(typeof args);
      if (typeof args === 'string') expect(args.length).toBeLessThanOrEqual(5_000_000);
    }
    expect(refused).toBeGreaterThan(7_000);
    console.log(
      `S4: 10,000 payloads, ${refused} refused, ${calls.length} well-formed, ` +
        `${(performance.now() - startedAt).toFixed(0)} ms`,
    );
  }, 60_000);
});
