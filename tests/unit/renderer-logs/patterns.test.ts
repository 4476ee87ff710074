import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { narrowedBy } from '../../../src/renderer/logs/filter/clauses';
import { patternClause, templateParts } from '../../../src/renderer/logs/patterns/pattern-clause';
import { startEngine } from '../log-engine/engine-rig';

const said: readonly ((i: number) => string)[] = [
  (i) => `TypeError: cannot read 'email' of undefined at line ${i}`,
  (i) => `timeout after ${2_900 + i} ms POST /quotes`,
  (i) => `user u${i * 7}x logged in from 10.0.0.${i} at 2026-01-0${(i % 9) + 1} 10:00:0${i % 10}`,
  (i) => `{"level":"error","message":"refused (code ${i}) [a|b] C:\\\\1temp\\\\${i} $^"}`,
  (i) => `{"level":"info","msg":"sent to ann${i}@example.com in ${i}.5s"}`,
  (i) => `saved /api/leads/0000${i}000-1111-2222-3333-44444444444${i % 10} <b> "quoted" \\d ${i}`,
  (i) => `bảo mật ⟨${i}⟩ ghi chú số ${i} xong`,
  (i) => `-${i} NOT found: OR nothing ) (${i}`,
];

describe('the clause of a pattern', () => {
  let engine: ReturnType<typeof startEngine>;
  beforeEach(async () => {
    engine = startEngine();
    await engine.open();
  });
  afterEach(() => engine.close());
  const asked = () => engine.client.ask('patterns', { ...engine.names, sinceMs: null, top: 1_000 });

  it('shows as many lines as were counted, and hides just those', async () => {
    const lines = Array.from({ length: 9 }, (_, i) => said.map((say) => say(i + 1))).flat();
    await engine.append(lines);
    await engine.look('');
    const { patterns } = await asked();
    expect(patterns).toHaveLength(said.length);
    for (const pattern of patterns) {
      const clause = patternClause(pattern);
      if (clause === null) throw new Error(pattern.template);
      const { raw } = await engine.client.ask('line', { dataset: 'd', seq: pattern.seq });
      const shown = await engine.found(clause);
      expect(shown, clause).toHaveLength(pattern.count);
      expect(shown, clause).toContain(new TextDecoder().decode(raw));
      expect(await engine.found(narrowedBy('', `-${clause}`))).toHaveLength(
        lines.length - pattern.count,
      );
    }
  });

  it('holds where JSON and plain lines say the same', async () => {
    await engine.append([
      'job 1 done',
      '{"message":"job 2 done"}',
      '{"msg":"job 3 done"}',
      'other',
    ]);
    await engine.look('');
    const [pattern] = (await asked()).patterns;
    expect(pattern).toMatchObject({ count: 3, said: [null, 'message', 'msg'] });
    const clause = pattern === undefined ? null : patternClause(pattern);
    expect(await engine.found(narrowedBy('done OR other', clause ?? ''))).toHaveLength(3);
  });

  it('selects long lines by their beginning', async () => {
    const long = (i: number) => `${'word '.repeat(90)}${i} ${'x'.repeat(3_000)}`;
    const unbroken = (i: number) => `blob ${i} ${'y'.repeat(2_500)}`;
    await engine.append([long(1), long(2), unbroken(1), unbroken(2), 'word word']);
    await engine.look('');
    for (const pattern of (await asked()).patterns) {
      const clause = patternClause(pattern);
      expect(await engine.found(clause ?? ''), pattern.template).toHaveLength(pattern.count);
    }
  });

  it('is not given where a field cannot be named', () => {
    expect(patternClause({ template: 'x', open: false, said: ['two words'] })).toBeNull();
  });
});

it('tells what differs from what is shared', () => {
  expect(templateParts('after <num>ms <*>')).toEqual([
    { text: 'after ', masked: false },
    { text: 'num', masked: true },
    { text: 'ms ', masked: false },
    { text: '*', masked: true },
  ]);
});
