import { describe, expect, it } from 'vitest';
import { exportFileName } from '../../../src/main/logs/export/file-name';
import { SlicePlan } from '../../../src/main/logs/export/slice-plan';
import {
  doneText,
  exportSentence,
  leftOutText,
} from '../../../src/renderer/logs/export/export-words';
import type { ExportProgress, LogExport } from '../../../src/shared/logs/export';
import { exportHead, exportLine } from '../../../src/shared/logs/export-text';

const progress = (change: Partial<ExportProgress> = {}): ExportProgress => ({
  exportId: 'e',
  kind: 'search',
  format: 'csv',
  path: 'C:\\logs\\found\u202e.csv',
  phase: 'running',
  rows: 12_345,
  of: null,
  bytes: 3_250_586,
  fraction: 0.429,
  throttles: 0,
  leftOut: [],
  resumable: true,
  failure: null,
  ...change,
});
const left = { connectionId: 'c', region: 'r', group: 'g', reason: 'denied' };

describe('words of exports', () => {
  it('say how far one is, what is kept and what is missing', () => {
    expect(exportSentence(progress())).toBe('42 % — 12,345 events, 3.10 MB so far');
    expect(exportSentence(progress({ throttles: 2 }))).toContain('AWS slowed it 2 times');
    expect(exportSentence(progress({ phase: 'stopped' }))).toContain('are kept');
    expect(exportSentence(progress({ phase: 'stopped', resumable: false }))).toContain('nothing');
    expect(doneText(progress({ rows: 1 }))).toBe('1 event exported to found⟨202E⟩.csv');
    expect(leftOutText(progress())).toBe(null);
    expect(leftOutText(progress({ leftOut: [left, left] }))).toBe(
      'Not in the file: g and 1 more — denied',
    );
  });

  it('suggest names that can neither leave the folder nor hide', () => {
    const order = (...groups: string[]): LogExport => ({
      exportId: 'e',
      format: 'text',
      columns: [],
      what: {
        kind: 'search',
        search: {
          searchId: 's',
          targets: [{ connectionId: 'c', region: 'r', groups }],
          startMs: 0,
          endMs: 1,
          pattern: '',
          newestFirst: true,
          maxEvents: 1,
        },
      },
    });
    const at = Date.UTC(2026, 10, 22, 23, 15);
    expect(exportFileName(order('/ecs/crm/core'), at)).toBe('logs-core-20261122-2315.log');
    expect(exportFileName(order('a', 'b'), at)).toBe('logs-20261122-2315.log');
    expect(exportFileName(order('/x/..\\..\u202e'), at)).toBe('logs-20261122-2315.log');
  });
});

describe('lines of a file', () => {
  const row = {
    timestamp: 0,
    ingestion: 1,
    connectionId: 'c',
    region: 'r',
    group: 'g',
    stream: 's',
    message: '{"a":{"b":[1,"x"]},"t":"=1"}',
  };
  it('are NDJSON, CSV with fields, or the mere message', () => {
    expect(JSON.parse(exportLine('ndjson', [], row))).toEqual({
      timestamp: 0,
      ingestionTime: 1,
      connection: 'c',
      region: 'r',
      logGroup: 'g',
      logStream: 's',
      message: row.message,
    });
    expect(exportLine('text', [], row)).toBe(`${row.message}\n`);
    expect(exportHead('csv', ['t'])).toBe('time,region,group,stream,t,message\r\n');
    expect(exportHead('ndjson', ['t'])).toBe('');
    expect(exportLine('csv', ['t', 'none'], row)).toBe(
      `1970-01-01T00:00:00.000Z,r,g,s,'=1,,"{""a"":{""b"":[1,""x""]},""t"":""=1""}"\r\n`,
    );
    expect(exportLine('csv', [], { ...row, timestamp: 9e15 }).startsWith('9000000000000000,')).toBe(
      true,
    );
  });
});

describe('plan of slices', () => {
  it.each([true, false])(
    'covers every millisecond once, at any density (newest first: %s)',
    (newestFirst) => {
      const startMs = 1_000;
      const endMs = startMs + 7 * 86_400_000;
      const plan = new SlicePlan({ startMs, endMs, newestFirst });
      let covered = 0;
      let edge = newestFirst ? endMs + 1 : startMs;
      let count = 0;
      for (let slice = plan.next(); slice !== null; slice = plan.next()) {
        count += 1;
        const length = slice.toMs - slice.fromMs;
        if (count % 7 === 0 && length > 1) {
          plan.again(slice);
          continue;
        }
        expect(newestFirst ? slice.toMs : slice.fromMs).toBe(edge);
        edge = plan.after(slice);
        covered += length;
        plan.held(slice, length * 2);
      }
      expect(covered).toBe(endMs + 1 - startMs);
      expect(count).toBeLessThan(2_000);
      expect(plan.fraction(edge)).toBe(1);
    },
  );

  it('goes on where it was, and grows where nothing is logged', () => {
    const plan = new SlicePlan({
      startMs: 0,
      endMs: 1e9,
      newestFirst: false,
      atMs: 500,
      sliceMs: 10,
    });
    const slice = plan.next();
    expect(slice).toEqual({ fromMs: 500, toMs: 510 });
    if (slice !== null) plan.held(slice, 0);
    expect(plan.next()).toEqual({ fromMs: 510, toMs: 550 });
  });
});
