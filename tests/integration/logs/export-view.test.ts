import { afterEach, describe, expect, it } from 'vitest';
import { Searches } from '../../../src/main/logs/search/searches';
import { systemClock } from '../../../src/shared/clock';
import type { ExportFormat } from '../../../src/shared/logs/engine-protocol';
import type { LogExport } from '../../../src/shared/logs/export';
import type { LogSearch } from '../../../src/shared/logs/search';
import { until } from './sessions';
import {
  asExpected,
  closeRig,
  ended,
  expected,
  exporter,
  files,
  linesOf,
  openRig,
  rig,
  search,
  text,
} from './export-rig';

afterEach(closeRig);

describe('export of what is shown', () => {
  async function shown(): Promise<LogSearch> {
    await openRig();
    const searches = new Searches({
      apiOf: rig.sessions.apiOf,
      sink: rig.local.engine,
      clock: systemClock,
    });
    const asked = search({ maxEvents: 1_000_000 });
    let phase = '';
    searches.onProgress((progress) => void ({ phase } = progress));
    await searches.start(asked);
    await until(
      () => phase,
      (now) => now === 'done',
    );
    return asked;
  }
  const look = (filter: 'all' | 'errors', newestFirst = true) =>
    rig.local.client().ask('look', {
      dataset: 's1',
      view: 'main',
      filter:
        filter === 'all'
          ? { kind: 'all' }
          : { kind: 'text', text: '"level":"error"', exactCase: true },
      newestFirst,
    });
  const view = (format: ExportFormat): LogExport => ({
    exportId: 'v1',
    what: { kind: 'view', dataset: 's1', view: 'main' },
    format,
    columns: [],
  });

  it('writes the rows of the view in its order', async () => {
    const asked = await shown();
    await look('all');
    await exporter().start(view('ndjson'));
    const progress = await ended();
    const lines = linesOf(text());
    expect(asExpected(lines)).toEqual(expected(asked));
    const times = lines.map(({ timestamp }) => timestamp);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(progress).toMatchObject({
      kind: 'view',
      rows: lines.length,
      of: lines.length,
      fraction: 1,
    });
    expect(files()).toEqual(['found.ndjson']);
  });

  it('leaves nothing behind when it is stopped, the view is gone, or the engine dies', async () => {
    await shown();
    await look('all');
    const slow = {
      async *exportView(what: Parameters<typeof rig.local.engine.exportView>[0]) {
        for await (const chunk of rig.local.engine.exportView(what)) {
          yield chunk;
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      },
    };
    const exports = exporter({ engine: slow });
    await exports.start(view('ndjson'));
    await until(
      () => rig.told.at(-1)?.rows ?? 0,
      (rows) => rows > 0,
    );
    await exports.stop('v1');
    expect(rig.told.at(-1)).toMatchObject({ phase: 'stopped', resumable: false });
    expect(files()).toEqual([]);

    await exports.start({ ...view('ndjson'), exportId: 'v2' });
    await until(
      () => rig.told.at(-1),
      (progress) => progress?.exportId === 'v2' && progress.rows > 0,
    );
    rig.local.kill();
    const failed = await ended('failed');
    expect(failed?.failure?.message).toContain('log engine');
    expect(files()).toEqual([]);

    await exports.start({ ...view('ndjson'), exportId: 'v3' });
    await until(
      () => rig.told.at(-1),
      (progress) => progress?.exportId === 'v3' && progress.phase === 'failed',
    );
    expect(files()).toEqual([]);
  });
});
