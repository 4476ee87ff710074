import { statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { open as openHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { until } from './sessions';
import {
  MINUTE,
  asExpected,
  closeRig,
  ended,
  expected,
  exporter,
  files,
  linesOf,
  openRig,
  order,
  put,
  rig,
  search,
  text,
} from './export-rig';

afterEach(closeRig);

describe('export to a disk and a spreadsheet', () => {
  it('keeps spreadsheets from running what a log says', async () => {
    await openRig();
    const payloads = [
      "=cmd|'/c calc'!A1",
      '+1+1',
      '-2+3',
      '@SUM(A1)',
      '\tTAB',
      'a,"b"\nc',
      '{"note":"=HYPERLINK(\\"http://x\\")","n":-5,"deep":{"a":"@x"}}',
    ];
    rig.target = join(rig.dir, 'out', 'found.csv');
    await exporter().start(order(put(payloads), 'csv', ['note', 'n', 'deep.a', '=bad']));
    await ended();
    const csv = text();
    expect(csv.startsWith("time,region,group,stream,note,n,deep.a,'=bad,message\r\n")).toBe(true);
    const cells = csv.split(/\r\n/).flatMap((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/));
    for (const cell of cells) expect(cell).not.toMatch(/^"?[=+\-@\t\r]/);
    expect(csv).toContain("'=cmd|'/c calc'!A1");
    expect(csv).toContain('"a,""b""\nc"');
    expect(csv).toContain("'=cmd|calc");
    expect(csv).toContain("'-5");
    expect(csv).toContain("'@x");
  });

  it('says that the disk is full, keeps what is written for good, and goes on when there is room', async () => {
    await openRig(3_000);
    let room = 2_000_000;
    const exports = exporter({
      async openFile(path, flags, mode) {
        const handle = await openHandle(path, flags, mode);
        const write = handle.write.bind(handle);
        Reflect.set(handle, 'write', (bytes: Buffer, from: number, length: number, at: number) => {
          if (at + length > room) {
            return Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
          }
          return write(bytes, from, length, at);
        });
        return handle;
      },
    });
    const asked = search();
    await exports.start(order(asked));
    const full = await ended('failed');
    expect(full?.failure?.message).toMatch(/disk .* is full/);
    expect(full?.resumable).toBe(true);
    expect(files()).not.toContain('found.ndjson');
    room = Infinity;
    await exports.resume('e1');
    await ended();
    expect(asExpected(linesOf(text()))).toEqual(expected(asked));
  });

  it('says that a folder is gone, and that what is unfinished was cut', async () => {
    await openRig();
    rig.target = join(rig.dir, 'nowhere', 'found.ndjson');
    const exports = exporter();
    await exports.start(order(search()));
    const failed = await ended('failed');
    expect(failed?.failure?.message).toContain('is gone');
    expect(failed?.resumable).toBe(false);

    rig.target = join(rig.dir, 'out', 'found.ndjson');
    rig.demo.faults.set({ fault: { kind: 'latency', ms: 400 }, operation: 'FilterLogEvents' });
    rig.told = [];
    await exports.start({ ...order(search()), exportId: 'e2' });
    await until(
      () => rig.told.at(-1),
      (progress) => (progress?.rows ?? 0) > 0,
    );
    await exports.stop('e2');
    truncateSync(join(rig.dir, 'out', '.found.ndjson.e2.part'), 3);
    await exports.resume('e2');
    const cut = await until(
      () => rig.told.at(-1),
      (progress) => progress?.phase === 'failed',
    );
    expect(cut?.failure?.message).toContain('shorter');
  });

  it('writes nothing when the dialog is closed, follows links, and is for its owner only', async () => {
    await openRig();
    rig.target = null;
    const exports = exporter();
    expect(await exports.start(order(search()))).toBe(null);
    expect(await exports.list()).toEqual([]);
    writeFileSync(join(rig.dir, 'real.ndjson'), 'old');
    rig.target = join(rig.dir, 'out', 'link.ndjson');
    symlinkSync(join(rig.dir, 'real.ndjson'), rig.target);
    const asked = search({ startMs: rig.endMs - MINUTE });
    await exports.start(order(asked));
    await expect(exports.start(order(asked))).rejects.toMatchObject({
      failure: { kind: 'invalid' },
    });
    await ended();
    expect(asExpected(linesOf(text(join(rig.dir, 'real.ndjson'))))).toEqual(expected(asked));
    expect(statSync(join(rig.dir, 'real.ndjson')).mode & 0o077).toBe(0);
    expect(rig.problems).toEqual([]);
  });
});
