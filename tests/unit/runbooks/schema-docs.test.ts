import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRunbook } from '../../../src/shared/runbooks/read-runbook';
import { describedOutputs, stepOutputs } from '../../../src/shared/runbooks/step-outputs';
import type { OutputShape } from '../../../src/shared/runbooks/step-outputs';
import { stepKinds } from '../../../src/shared/runbooks/step-kinds';

const text = readFileSync(join(__dirname, '../../../docs/runbooks.md'), 'utf8');
const blocks = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');

/** Steps that are shown alone use inputs of these names. */
const around = `nightdesk: runbook/1
name: Around
inputs:
  - { name: group, type: text }
  - { name: token, type: secret }
steps:
`;
const whole = (block: string): string =>
  block.startsWith('nightdesk:') ? block : around + block.replaceAll(/^(?=.)/gm, '  ');
const read = blocks.map((block) => ({ block, found: readRunbook(whole(block)) }));

/** The table of what steps give: its two columns. */
const given = (/### What steps give[^#]*/.exec(text)?.[0] ?? '')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, name = '', what = '']) => [name, what] as const);

function namesOf(shape: OutputShape): readonly string[] {
  if (shape.kind === 'fields') return [...shape.fields, ...shape.sometimes];
  return shape.kind === 'rows' ? ['rows', ...(shape.columns ?? [])] : [];
}

describe('what the documentation shows', () => {
  it('is something', () => expect(blocks.length).toBeGreaterThan(20));
  it.each(read.map(({ block, found }) => [block.split('\n').slice(0, 2).join(' '), found]))(
    'can be read: %s',
    (_, found) => expect(found).toMatchObject({ problems: [] }),
  );
  it('has an example of every kind', () => {
    const shown = new Set(
      read.flatMap(({ found }) =>
        found.ok
          ? [...found.runbook.steps, ...(found.runbook.undo ?? [])].map((step) => step.do.kind)
          : [],
      ),
    );
    expect(
      Object.keys(stepKinds).filter((kind) => ![...shown].some((one) => one === kind)),
    ).toEqual([]);
  });
  it.each([
    ...Object.entries(describedOutputs).map(
      ([what, shape]) => [`\`describe\` ${what}`, shape] as const,
    ),
    ...Object.entries(stepOutputs).map(([kind, shape]) => [`\`${kind}\``, shape] as const),
  ])('says what %s gives', (kind, shape) => {
    const line = given.find(([name]) => name === kind);
    expect(line?.[1]).toBeDefined();
    expect([...(line?.[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name)).toEqual(
      namesOf(shape),
    );
  });
});
