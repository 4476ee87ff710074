import { describe, expect, it } from 'vitest';
import { importMarkdown } from '../../../src/shared/runbooks/import/markdown';
import { readRunbook } from '../../../src/shared/runbooks/read-runbook';

/** The runbook a checklist becomes; it must be one without mistakes. */
function made(markdown: string, fileName?: string) {
  const imported = importMarkdown(markdown, fileName);
  if (!imported.ok) throw new Error(imported.problems[0]?.message);
  const read = readRunbook(imported.text);
  expect(read.problems).toEqual([]);
  if (!read.ok) throw new Error('It cannot be read.');
  return { ...read.runbook, lost: imported.lost };
}
const steps = (markdown: string): unknown[] => made(markdown).steps.map((step) => step.do);

describe('a checklist', () => {
  it('becomes questions in its order, headings and texts notes', () => {
    const runbook = made(`# High CPU

First of all: stay calm.

## Look

- [ ] Open the **dashboard**
- [x] Check the queue

## Act

1. Restart the service
2. Tell the team
`);
    expect(runbook.name).toBe('High CPU');
    expect(runbook.steps.map((step) => [step.name, step.do])).toEqual([
      [undefined, { kind: 'note', text: 'First of all: stay calm.' }],
      ['Look', { kind: 'note', text: '**Look**' }],
      [
        'Open the dashboard',
        { kind: 'ask', question: 'Open the **dashboard**', answer: 'confirm' },
      ],
      ['Check the queue', { kind: 'ask', question: 'Check the queue', answer: 'confirm' }],
      ['Act', { kind: 'note', text: '**Act**' }],
      [
        '1. Restart the service',
        { kind: 'ask', question: 'Restart the service', answer: 'confirm' },
      ],
      ['2. Tell the team', { kind: 'ask', question: 'Tell the team', answer: 'confirm' }],
    ]);
  });

  it('keeps code as it is, in notes and within items', () => {
    expect(steps('```sh\nls | wc\n```\n')).toEqual([{ kind: 'note', text: '```sh\nls | wc\n```' }]);
    expect(steps('- Run\n\n  ```\n  a\n    b\n  ```\n')).toEqual([
      { kind: 'ask', question: 'Run\n\n```\na\n  b\n```', answer: 'confirm' },
    ]);
  });

  it('asks items within items after the one they belong to', () => {
    const names = made('- a\n  - b\n    - c\n- d\n').steps.map(({ name }) => name);
    expect(names).toEqual(['a', 'b', 'c', 'd']);
  });

  it('gives each step an id of its own', () => {
    const ids = made('- Do it\n- Do it\n- 3 things\n- ≠\n').steps.map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
    expect(ids[0]).toBe('doIt');
  });

  it('is named by its file where it has no title', () => {
    expect(made('- a\n', 'restart.md').name).toBe('restart');
  });

  it('keeps a table, and tells of HTML', () => {
    const { lost } = made('<div>x</div>\n\n| a | b |\n| - | - |\n| 1 | 2 |\n');
    expect(lost).toEqual([{ line: 1, message: expect.stringContaining('HTML') }]);
  });
});

describe('what somebody else wrote', () => {
  it('never becomes an expression', () => {
    const runbook = made('# {% $now %}\n\n- Use {% raw %} here\n\n{% $alarm %}\n');
    expect(JSON.stringify(runbook)).not.toContain('{%');
  });
  it('is refused when it is empty or too long', () => {
    expect(importMarkdown(' \n')).toMatchObject({ ok: false });
    expect(importMarkdown('x'.repeat(66_000))).toMatchObject({ ok: false });
  });
  it('is refused with its line when it is nested too deeply', () => {
    const found = importMarkdown(`fine\n\n${'> '.repeat(5_000)}x\n`);
    expect(found).toMatchObject({ ok: false, problems: [{ line: 3, column: 1 }] });
  });
  it('has as many steps as a runbook can have, and says what is left out', () => {
    const runbook = made(Array.from({ length: 150 }, (_, i) => `- item ${i}`).join('\n'));
    expect(runbook.steps).toHaveLength(100);
    expect(runbook.lost[0]?.message).toContain('the last 50');
  });
  it.each([
    ['brackets', '['.repeat(49_000)],
    ['stars', '*a '.repeat(12_000)],
    ['backticks', '`a``b'.repeat(10_000)],
    ['links', '[a]('.repeat(12_000)],
    ['angles', '<a '.repeat(12_000)],
    [
      'a list by indentation',
      Array.from({ length: 35 }, (_, i) => `${'  '.repeat(i)}- x`).join('\n'),
    ],
  ])('does not hold the window up: %s', (_, text) => {
    const began = performance.now();
    importMarkdown(text);
    expect(performance.now() - began).toBeLessThan(8_000);
  });
});
