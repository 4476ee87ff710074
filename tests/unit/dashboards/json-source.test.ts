import { describe, expect, it } from 'vitest';
import { MAX_TEXT_LENGTH, parseJson } from '../../../src/shared/dashboards/json-source';

describe('JSON with places', () => {
  it('says where a field stands', () => {
    const parsed = parseJson('{\n  "widgets": [\n    { "period": 60 }\n  ]\n}');
    expect(parsed.ok && parsed.source.positionOf(['widgets', 0, 'period'])).toEqual({
      line: 3,
      column: 17,
    });
    expect(parsed.ok && parsed.source.positionOf(['widgets', 0, 'nothing'])).toEqual({
      line: 3,
      column: 5,
    });
  });

  it('says where and why a text is malformed', () => {
    const parsed = parseJson('{\n  "a": 1\n  "b": 2\n}');
    expect(parsed).toMatchObject({ ok: false, problem: { line: 3, column: 3 } });
    expect(!parsed.ok && parsed.problem.message).toContain('comma');
  });

  it('leaves __proto__ out and says so', () => {
    const parsed = parseJson('{"__proto__": {"polluted": true}, "a": 1}');
    expect(parsed.ok && parsed.source.value).toEqual({ a: 1 });
    expect(parsed.ok && parsed.problems[0]?.message).toContain('__proto__');
    expect({}).not.toHaveProperty('polluted');
  });

  it('refuses what is too deep or too long', () => {
    const deep = parseJson('['.repeat(100_000));
    expect(!deep.ok && deep.problem.message).toContain('levels deep');
    const long = parseJson(`"${'a'.repeat(MAX_TEXT_LENGTH)}"`);
    expect(!long.ok && long.problem.message).toContain('characters');
  });
});
