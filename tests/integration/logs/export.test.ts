import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { until } from './sessions';
import {
  AMPLIFY,
  AUTH,
  MINUTE,
  asExpected,
  closeRig,
  crm,
  ended,
  expected,
  exporter,
  files,
  linesOf,
  openRig,
  order,
  rig,
  rt,
  search,
  text,
} from './export-rig';

afterEach(closeRig);

describe('export of everything found', () => {
  it.each([true, false])(
    'writes all of a range over two accounts by time (newest first: %s)',
    async (newestFirst) => {
      await openRig();
      const asked = search({ newestFirst });
      const first = await exporter().start(order(asked));
      expect(first).toMatchObject({ phase: 'running', path: rig.target, kind: 'search' });
      const progress = await ended();
      const lines = linesOf(text());
      expect(asExpected(lines)).toEqual(expected(asked));
      const times = lines.map(({ timestamp }) => timestamp);
      expect(times).toEqual(times.toSorted((a, b) => (newestFirst ? b - a : a - b)));
      expect(progress).toMatchObject({
        rows: lines.length,
        bytes: Buffer.byteLength(text()),
        fraction: 1,
        leftOut: [],
        resumable: false,
      });
      expect(files()).toEqual(['found.ndjson']);
    },
  );

  it('goes on after a stop and after a restart to the very same bytes', async () => {
    await openRig(3_000);
    const asked = search({ startMs: rig.endMs - 25 * MINUTE });
    await exporter().start(order(asked));
    await ended();
    const whole = text();
    rmSync(rig.target ?? '');
    rig.told = [];

    const first = exporter({ stateDir: join(rig.dir, 'state') });
    // At once, as soon as it tells of rows: a look from outside may come too late.
    const stopTook = new Promise<number>((resolve, reject) => {
      let since: number | null = null;
      first.onProgress(({ rows, phase }) => {
        if (rows === 0 || phase !== 'running' || since !== null) return;
        const before = performance.now();
        since = before;
        first.stop('e2').then(() => resolve(performance.now() - before), reject);
      });
    });
    await first.start({ ...order(asked), exportId: 'e2' });
    expect(await stopTook).toBeLessThan(500);
    const stopped = rig.told.at(-1);
    expect(stopped).toMatchObject({ phase: 'stopped', resumable: true, failure: null });
    expect(stopped?.fraction).toBeLessThan(1);
    expect(files()).toEqual(['.found.ndjson.e2.part', '.found.ndjson.e2.part.json']);
    // What was cut off in the middle of a line is thrown away.
    writeFileSync(join(rig.dir, 'out', '.found.ndjson.e2.part'), '{"half', { flag: 'a' });

    const next = exporter();
    expect(await next.list()).toMatchObject([
      { exportId: 'e2', phase: 'stopped', path: rig.target, resumable: true, rows: stopped?.rows },
    ]);
    rig.told = [];
    expect(await next.resume('e2')).toBe(true);
    expect(await next.resume('e2')).toBe(true);
    const done = await ended();
    expect(text()).toBe(whole);
    expect(done?.rows).toBe(linesOf(whole).length);
    expect(files()).toEqual(['found.ndjson']);
    expect(await exporter().list()).toEqual([]);
    expect(await next.resume('other')).toBe(false);
  });

  it('fails in words when AWS does, and goes on to the very same bytes', async () => {
    await openRig();
    const asked = search();
    await exporter().start(order(asked));
    await ended();
    const whole = text();
    rmSync(rig.target ?? '');
    rig.told = [];
    const exports = exporter();
    rig.demo.faults.set({
      fault: { kind: 'expired-token' },
      operation: 'FilterLogEvents',
      region: 'us-west-1',
    });
    await exports.start({ ...order(asked), exportId: 'e2' });
    const failed = await ended('failed');
    expect(failed?.failure?.kind).toBe('credentials-expired');
    expect(failed).toMatchObject({ resumable: true, rows: 0 });
    rig.demo.faults.clear();
    await exports.resume('e2');
    await ended();
    expect(text()).toBe(whole);
  });

  it('leaves out groups that are denied or gone, and says which', async () => {
    await openRig();
    rig.demo.faults.set({
      fault: { kind: 'access-denied' },
      operation: 'FilterLogEvents',
      region: 'us-west-1',
    });
    const gone = { ...crm, groups: [AUTH, '/gone'] };
    const asked = search({ targets: [gone, rt] });
    await exporter().start(order(asked));
    const progress = await ended();
    expect(progress?.leftOut.map(({ group }) => group).sort()).toEqual([AMPLIFY, '/gone']);
    expect(progress?.leftOut.every(({ reason }) => reason !== '')).toBe(true);
    expect(asExpected(linesOf(text()))).toEqual(
      expected({ ...asked, targets: [{ ...crm, groups: [AUTH] }] }),
    );
  });

  it('is no file where none of its groups can be read', async () => {
    await openRig();
    const exports = exporter();
    await exports.start(order(search({ targets: [{ ...crm, groups: ['/gone'] }] })));
    const progress = await ended('failed');
    expect(progress?.failure?.message).toContain('None of the log groups');
    await exports.discard('e1');
    expect(files()).toEqual([]);
    expect(await exports.list()).toEqual([]);
  });

  it('counts throttles and survives doubled and reversed answers', async () => {
    await openRig();
    const operation = 'FilterLogEvents';
    rig.demo.faults.set({ fault: { kind: 'duplicate' }, operation });
    rig.demo.faults.set({ fault: { kind: 'reorder' }, operation });
    rig.demo.faults.set({ fault: { kind: 'throttle', perSecond: 0 }, operation, times: 2 });
    const asked = search();
    await exporter().start(order(asked));
    const progress = await ended();
    expect(progress?.throttles).toBe(2);
    expect(asExpected(linesOf(text()))).toEqual(expected(asked));
  });

  it('holds a little of a week at a time', async () => {
    await openRig(60);
    const asked = search({
      startMs: rig.endMs - 7 * 24 * 60 * MINUTE,
      targets: [{ ...crm, groups: ['/ecs/crm/scheduler'] }],
    });
    await exporter().start(order(asked, 'text'));
    await until(
      () => rig.told.at(-1),
      (progress) => progress?.phase === 'done',
    );
    const slices = new Set(rig.told.map(({ fraction }) => fraction));
    // Told four times a second at most: a quick machine sees few of the slices.
    expect(slices.size).toBeGreaterThan(2);
    expect(text().trimEnd().split('\n').length).toBeGreaterThanOrEqual(
      rig.told.at(-1)?.rows ?? Infinity,
    );
    expect(rig.told.at(-1)?.rows).toBe(expected(asked).length);
  });
});
