import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { delayWords } from '../../../src/renderer/logs/detail/delay-words';
import { appOf, groupsToFollow } from '../../../src/renderer/logs/detail/follow';
import { jsonOf, leavesOf, lineTree } from '../../../src/renderer/logs/detail/json-tree';
import { escapedBytes, isBinary } from '../../../src/renderer/logs/detail/line-bytes';
import {
  commandOf,
  consoleLinkOf,
  prettyOf,
  recordOf,
  shellWord,
} from '../../../src/renderer/logs/detail/line-copy';
import { idsIn, patternOf } from '../../../src/renderer/logs/detail/line-ids';
import { blocksOf } from '../../../src/renderer/logs/detail/LongText';
import { canName, toggled } from '../../../src/renderer/logs/filter/clauses';
import { parseFilter } from '../../../src/shared/logs/filter/parse';
import { lineDetail } from '../../../src/shared/logs/line-detail';
import type { LogGroup } from '../../../src/shared/logs/groups';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const source = {
  connectionId: 'c1',
  region: 'us-west-1',
  group: '/aws/lambda/quote-api-prod',
  stream: "2026/01/31/[$LATEST]it's",
};

describe('the tree of a JSON line', () => {
  it('says what parsing says, for any JSON', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue())),
        (value) => {
          const tree = lineTree(JSON.stringify(value));
          expect(tree).not.toBeNull();
          if (tree !== null)
            expect(JSON.parse(jsonOf(tree.root))).toEqual(JSON.parse(JSON.stringify(value)));
        },
      ),
    );
  });

  it('keeps digits that a double would lose, and what stands before', () => {
    const tree = lineTree(
      '2026-01-31 INFO {"id":12345678901234567890,"a":[{"b":1.10}],"t":"x\\ny"}',
    );
    expect(tree?.before).toBe('2026-01-31 INFO');
    expect(leavesOf(tree?.root ?? fail()).map(({ path, text }) => [path, text])).toEqual([
      ['id', '12345678901234567890'],
      ['a.b', '1.10'],
      ['t', 'x\ny'],
    ]);
  });

  it('is none for text, half an object, and what is too deep to walk', () => {
    expect(lineTree('plain')).toBeNull();
    expect(lineTree('{"a":')).toBeNull();
    const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
    const tree = lineTree(deep);
    expect(jsonOf(tree?.root ?? fail())).toBe(deep);
  });

  it('gives every value a clause that means exactly it', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 60 }),
          fc.double({ noNaN: true }),
          fc.boolean(),
          fc.constant(null),
        ),
        (value) => {
          const leaf = lineTree(JSON.stringify({ field: value }))?.root.children[0] ?? fail();
          expect(canName(leaf.path)).toBe(true);
          const parsed = parseFilter(toggled('', leaf.path, leaf.text, 'for'));
          const test = { kind: 'equals', text: leaf.text };
          const clause = { kind: 'field', path: 'field', test };
          expect(parsed).toEqual({ ok: true, filter: clause });
          const without = parseFilter(toggled('', leaf.path, leaf.text, 'out'));
          expect(without).toEqual({ ok: true, filter: { kind: 'not', of: clause } });
        },
      ),
    );
  });
});

describe('a line taken elsewhere', () => {
  const line = {
    seq: 1,
    timestamp: 1_769_824_800_123,
    ingestion: 1_769_824_800_500,
    source,
    raw: bytes('{"a":10000000000000000001}'),
    text: '{"a":10000000000000000001}',
  };

  it('is a record with its place, and JSON with its own digits', () => {
    expect(JSON.parse(recordOf(line))).toMatchObject({
      logGroup: source.group,
      message: line.text,
    });
    expect(recordOf(line)).not.toContain('\n');
    expect(prettyOf(line.text)).toBe('{\n  "a": 10000000000000000001\n}');
    expect(prettyOf('plain')).toBeNull();
  });

  it('is one word for a shell, whatever it holds', () => {
    for (const text of ["it's", '$(id)', '`id`', 'a b', '"', '\\', '', '-x', '!', 'é\n*', "''"]) {
      expect(execFileSync('/bin/sh', ['-c', `printf %s ${shellWord(text)}`]).toString()).toBe(text);
    }
  });

  it('is fetched by a command with every part quoted', () => {
    const words = execFileSync('/bin/sh', ['-c', `printf '%s\\n' ${commandOf(line)}`]).toString();
    expect(words.trimEnd().split('\n')).toEqual([
      'aws',
      'logs',
      'get-log-events',
      '--region=us-west-1',
      `--log-group-name=${source.group}`,
      `--log-stream-name=${source.stream}`,
      '--start-time=1769824800123',
      '--end-time=1769824800124',
      '--start-from-head',
    ]);
  });

  it('has a link to AWS’s own host, its parts encoded as the console wants them', () => {
    const link = new URL(consoleLinkOf(line));
    expect(link.host).toBe('us-west-1.console.aws.amazon.com');
    expect(link.hash).toContain(
      'log-group/$252Faws$252Flambda$252Fquote-api-prod/log-events/2026$252F01',
    );
    expect(link.hash).toContain('$3Fstart$3D1769824740123$26end$3D1769824860123');
    const china = consoleLinkOf({ ...line, source: { ...source, region: 'cn-north-1' } });
    expect(new URL(china).host).toBe('cn-north-1.console.amazonaws.cn');
  });
});

describe('ids to follow', () => {
  it('finds those of fields, of text and of X-Ray, a request’s first', () => {
    const line =
      '{"traceId":"1-5f84c7a1-0123456789abcdef01234567","ctx":{"requestId":"7f3a-1000"},"msg":"job 3f2504e0-4f89-41d3-9a0c-0305e82c3301 done"}';
    expect(idsIn(line).map(({ name, value }) => [name, value])).toEqual([
      ['ctx.requestId', '7f3a-1000'],
      ['traceId', '1-5f84c7a1-0123456789abcdef01234567'],
      ['id in the text', '3f2504e0-4f89-41d3-9a0c-0305e82c3301'],
    ]);
    expect(idsIn('START RequestId: 3f2504e0-4f89-41d3-9a0c-0305e82c3301 Version: 1')).toEqual([
      { name: 'RequestId', value: '3f2504e0-4f89-41d3-9a0c-0305e82c3301' },
    ]);
    expect(idsIn('X-Amzn-Trace-Id: Root=1-5f84c7a1-0123456789abcdef01234567;Parent=ab')).toEqual([
      { name: 'X-Amzn-Trace-Id', value: '1-5f84c7a1-0123456789abcdef01234567' },
    ]);
    expect(idsIn('a plain line of 20 words, request id: none')).toEqual([]);
  });

  it('are looked through quickly in long lines', () => {
    const started = performance.now();
    idsIn(`{"a":"${'request_id='.repeat(25_000)}"}`);
    expect(performance.now() - started).toBeLessThan(500);
  });

  it('are quoted for CloudWatch', () => {
    expect(patternOf('a"b\\c')).toBe('"a\\"b\\\\c"');
  });

  it('are followed over what was searched and the same application', () => {
    expect(appOf('/aws/lambda/quote-api-prod')).toBe('quote');
    expect(appOf('/aws/amplify/RealTechee-Gen2/errors')).toBe('realtechee');
    expect(appOf('/aws/rds/instance/crm-production/postgresql')).toBe('crm');
    expect(appOf('/aws/lambda')).toBeNull();
    const group = (
      name: string,
      connectionId = 'c1',
      logClass: LogGroup['logClass'] = 'STANDARD',
    ): LogGroup => ({
      connectionId,
      region: 'us-west-1',
      name,
      arn: '',
      storedBytes: null,
      retentionDays: null,
      createdAt: null,
      logClass,
    });
    const chosen = { connectionId: 'c1', region: 'us-west-1', name: '/app/other' };
    const found = groupsToFollow(
      source,
      [chosen],
      [
        group('/ecs/quote-worker'),
        group('/ecs/billing'),
        group('/ecs/quote-elsewhere', 'c2'),
        group('/ecs/quote-archive', 'c1', 'INFREQUENT_ACCESS'),
      ],
    );
    expect(found.map(({ name }) => name)).toEqual([
      source.group,
      '/app/other',
      '/ecs/quote-worker',
    ]);
  });
});

describe('lines that are no text', () => {
  it('are told by their bytes', () => {
    expect(isBinary(bytes('plain \u001b[31mred\u001b[0m\ttab\r\n tiếng Việt'))).toBe(false);
    expect(isBinary(bytes('nul \u0000'))).toBe(true);
    expect(isBinary(Uint8Array.of(0xff, 0xfe, 0x41))).toBe(true);
    expect(isBinary(new Uint8Array())).toBe(false);
  });

  it('are escaped without loss', () => {
    expect(escapedBytes(Uint8Array.of(0x41, 0, 0x5c, 0xff, 0x0a, 0x1b))).toBe(
      'A\\x00\\\\\\xff\\n\n\\x1b',
    );
  });
});

describe('long text', () => {
  it('is cut into blocks that are together the text, never within a letter', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('😀', 'a', '\n', 'xyz'), { minLength: 1, maxLength: 400 }),
        (parts) => {
          const text = parts.join('').repeat(60);
          const blocks = blocksOf(text);
          expect(blocks.join('')).toBe(text);
          for (const block of blocks) expect(block).not.toMatch(/^[\uDC00-\uDFFF]/);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('a line of 256 KB', () => {
  it('is read for the detail without a stall', () => {
    const entry = JSON.stringify({
      id: 'a',
      n: 1.5,
      text: 'tiếng Việt '.repeat(8),
      deep: { ok: true },
    });
    const line = `{"requestId":"7f3a-1","list":[${Array.from({ length: 1_900 }, () => entry).join(',')}]}`;
    expect(bytes(line).length).toBeGreaterThan(256 * 1_024);
    const started = performance.now();
    expect(isBinary(bytes(line))).toBe(false);
    expect(lineDetail(line).stacks).toEqual([]);
    expect(lineTree(line)?.root.children).toHaveLength(2);
    expect(idsIn(line)[0]?.value).toBe('7f3a-1');
    // Far above what it takes, far below what is felt as standing still.
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

describe('how late the service took a line in', () => {
  it('is said in words, a clock ahead too', () => {
    expect(delayWords(1_000, 1_377)).toBe('taken in 377 ms later');
    expect(delayWords(1_000, 91_000)).toBe('taken in 1 min later');
    expect(delayWords(2_000, 1_000)).toContain('ahead');
    expect(delayWords(2_000, 0)).toBeNull();
  });
});

function fail(): never {
  throw new Error('There is no tree.');
}
