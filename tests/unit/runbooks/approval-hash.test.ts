/** What was approved is what runs: whatever a person saw changes the hash, and nothing else does. */
import fc from 'fast-check';
import { stringify } from 'yaml';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/shared/clock';
import type { PlanRequest } from '../../../src/shared/runbooks/plan';
import { readRunbook } from '../../../src/shared/runbooks/read-runbook';
import type { LoadedRunbook } from '../../../src/main/runbooks/library-seams';
import { canonical } from '../../../src/main/runbooks/plan-hash';
import { hashOf } from '../../../src/main/runbooks/plan-of';
import { prepare } from '../../../src/main/runbooks/planner';
import { noHandlers } from '../../support/no-handlers';
import type { AnyHandler, StepHandlers } from '../../../src/main/runbooks/step-seams';
import { alarmNamed } from '../../support/alarms';
import { readsOf } from '../../support/runbook-calls';

interface World {
  /** Text of the message, number of the count: inputs as typed. */
  who: string;
  count: number;
  message: string;
  topic: string;
  /** Names of the steps, in order. */
  ids: readonly string[];
  account: string;
  region: string;
  connectionId: string;
  alarmKey: string | null;
  saidClass: 'changes' | 'destroys';
  script: string;
  secret: string;
  nowMs: number;
  effect: string;
}

const loadedOf = (world: World): LoadedRunbook => {
  const steps = world.ids.map((id) => ({
    id,
    class: world.saidClass,
    do: {
      kind: 'sns-publish',
      topic: world.topic,
      message: `${world.message} {% $inputs.who %} {% $inputs.count %}`,
    },
  }));
  const source = stringify({
    nightdesk: 'runbook/1',
    name: 'Test',
    inputs: [
      { name: 'who', type: 'text', required: false },
      { name: 'count', type: 'number' },
      ...(world.secret === '' ? [] : [{ name: 'key', type: 'secret' }]),
    ],
    steps: [...steps, { id: 'last', do: { kind: 'script', command: ['./tool.sh'] } }],
  });
  const read = readRunbook(source);
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join(' '));
  return { id: 'a/a.yaml', fileName: 'a.yaml', folder: '/a', source, runbook: read.runbook };
};

const handler = (more: Partial<AnyHandler>): AnyHandler => ({
  mode: 'changes',
  timeoutMs: 1_000,
  resource: (action) => ('topic' in action ? action.topic : null),
  effect: async () => null,
  run: () => Promise.reject(new Error('A plan runs nothing.')),
  ...more,
});

async function hash(world: World): Promise<string> {
  const handlers: StepHandlers = {
    ...noHandlers,
    'sns-publish': handler({ effect: async () => world.effect }),
    script: handler({
      mode: 'local',
      files: async () => [{ path: 'tool.sh', sha256: world.script }],
    }),
  };
  const request: PlanRequest = {
    runbookId: 'a/a.yaml',
    alarmKey: world.alarmKey,
    connectionId: world.connectionId,
    region: world.region,
    inputs: {
      who: world.who,
      count: world.count,
      ...(world.secret === '' ? {} : { key: world.secret }),
    },
    undoOf: null,
  };
  const prepared = await prepare(
    {
      sibling: () => null,
      alarm: async (key) => alarmNamed(key, { key }),
      incident: async () => null,
      connection: async (id) => ({
        id,
        label: id,
        accountId: world.account,
        regions: [world.region],
        readOnly: false,
      }),
      reads: (connectionId, region) => readsOf({ connectionId, region }),
      handlers,
      clock: systemClock,
    },
    loadedOf(world),
    request,
    new AbortController().signal,
    { nowMs: world.nowMs, done: {} },
  );
  return hashOf(prepared);
}

const word = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme-ascii' }).filter(
  // What the file's own language would read is not the value under test.
  (text) => !text.includes('{%') && text.trim() === text,
);
const worlds: fc.Arbitrary<World> = fc.record({
  who: word,
  count: fc.integer(),
  message: word,
  topic: word,
  ids: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 2, maxLength: 4 }),
  account: fc.stringMatching(/^\d{12}$/),
  region: fc.constantFrom('us-east-1', 'eu-west-1', 'us-west-1'),
  connectionId: fc.constantFrom('c1', 'c2', 'c3'),
  alarmKey: fc.constantFrom(null, 'c|a', 'c|b'),
  saidClass: fc.constantFrom('changes' as const, 'destroys' as const),
  script: fc.stringMatching(/^[0-9a-f]{64}$/),
  secret: fc.constant(''),
  nowMs: fc.integer({ min: 0, max: 2_000_000_000_000 }),
  effect: word,
});
const seen: (keyof World)[] = [
  'who',
  'count',
  'message',
  'topic',
  'ids',
  'account',
  'region',
  'connectionId',
  'alarmKey',
  'saidClass',
  'script',
];

describe('the hash of a plan', () => {
  it.each(seen)('is another when %s is', async (field) => {
    await fc.assert(
      fc.asyncProperty(worlds, worlds, async (world, other) => {
        fc.pre(canonical(world[field]) !== canonical(other[field]));
        const changed: World = { ...world, [field]: other[field] };
        expect(await hash(changed)).not.toBe(await hash(world));
      }),
      { numRuns: 40 },
    );
  });

  it('is another when only the order of the steps is', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const turned = { ...world, ids: [...world.ids].reverse() };
        expect(await hash(turned)).not.toBe(await hash(world));
      }),
      { numRuns: 40 },
    );
  });

  it('is the same for the same, whenever it is looked at and whatever the look tells', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, worlds, async (world, { nowMs, effect }) => {
        expect(await hash({ ...world, nowMs, effect })).toBe(await hash(world));
      }),
      { numRuns: 40 },
    );
  });

  it('is another when a secret is, and does not tell it', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, fc.tuple(word, word), async (world, [one, two]) => {
        fc.pre(one !== two);
        const [first, again, second] = await Promise.all(
          [one, one, two].map((secret) => hash({ ...world, secret: `${secret}-secret` })),
        );
        expect(again).toBe(first);
        expect(second).not.toBe(first);
      }),
      { numRuns: 40 },
    );
  });

  it('never has two values for one text', () => {
    const json = fc.jsonValue();
    fc.assert(
      fc.property(json, json, (one, other) => {
        const same = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
        expect(canonical(one) === canonical(other)).toBe(same);
      }),
      { numRuns: 500 },
    );
  });
});

/** Keys in order, as another would write it. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { entries: entries.map(([key, inner]) => [key, sorted(inner)]) };
}
