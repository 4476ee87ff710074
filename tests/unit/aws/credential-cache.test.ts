import { expect, it } from 'vitest';
import { CredentialCache } from '../../../src/main/aws/credential-cache';
import type { LoaderInit } from '../../../src/main/aws/credential-loader';
import { connectionTo } from '../../integration/aws/sessions';
import { TestClock } from './test-clock';

const never = new AbortController().signal;

function cacheOf(lifetimeMs: number | null, skewMs: number | null = null) {
  const clock = new TestClock();
  let loads = 0;
  const init: LoaderInit = {
    connection: connectionTo('http://127.0.0.1:1'),
    askMfa: async () => '000000',
    clock,
    skewMs: () => skewMs,
    onDate: () => undefined,
  };
  const cache = new CredentialCache(init, async () => {
    loads += 1;
    const expiration =
      lifetimeMs === null ? undefined : new Date(clock.now() + (skewMs ?? 0) + lifetimeMs);
    return {
      accessKeyId: `key-${loads}`,
      secretAccessKey: 's',
      ...(expiration === undefined ? {} : { expiration }),
    };
  });
  return { cache, clock, loads: () => loads };
}

it('loads once for many, and again five minutes before the end', async () => {
  const { cache, clock, loads } = cacheOf(3_600_000);
  const many = await Promise.all(Array.from({ length: 20 }, () => cache.get(never)));
  expect(new Set(many.map(({ accessKeyId }) => accessKeyId))).toEqual(new Set(['key-1']));
  await clock.advance(54 * 60_000);
  expect((await cache.get(never)).accessKeyId).toBe('key-1');
  await clock.advance(61_000);
  expect((await cache.get(never)).accessKeyId).toBe('key-2');
  expect(loads()).toBe(2);
});

it('keeps what never ends, until it is dropped', async () => {
  const { cache, clock } = cacheOf(null);
  await cache.get(never);
  await clock.advance(30 * 86_400_000);
  expect((await cache.get(never)).accessKeyId).toBe('key-1');
  cache.drop();
  expect((await cache.get(never)).accessKeyId).toBe('key-2');
});

it('counts by AWS’s clock: one 20 minutes fast does not renew fifteen-minute credentials at every call', async () => {
  const { cache, loads } = cacheOf(15 * 60_000, -20 * 60_000);
  for (let i = 0; i < 5; i += 1) await cache.get(never);
  expect(loads()).toBe(1);
});

it('a load that a drop overtook is not kept', async () => {
  const { cache } = cacheOf(null);
  const first = cache.get(never);
  cache.drop();
  expect((await first).accessKeyId).toBe('key-1');
  expect((await cache.get(never)).accessKeyId).toBe('key-2');
});

it('gives nothing once closed', async () => {
  const { cache } = cacheOf(null);
  cache.close();
  await expect(cache.get(never)).rejects.toThrow('closed');
});

it('keeps newer credentials when AWS turns older ones down', async () => {
  const { cache } = cacheOf(null);
  const old = await cache.get(never);
  cache.drop(old);
  expect((await cache.get(never)).accessKeyId).toBe('key-2');
  cache.drop(old);
  expect((await cache.get(never)).accessKeyId).toBe('key-2');
});
