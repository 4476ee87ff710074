import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRunbook } from '../../../src/shared/runbooks/read-runbook';
import type { Runbook } from '../../../src/shared/runbooks/runbook';
import { classOf, highest } from '../../../src/shared/runbooks/step-class';

const folder = join(import.meta.dirname, '../../../resources/runbooks');
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

function runbookOf(name: string): Runbook {
  const read = readRunbook(readFileSync(join(folder, name), 'utf8'));
  if (!read.ok) throw new Error(`${name} is no runbook`);
  return read.runbook;
}

describe('the starter set', () => {
  it('is there', () => expect(files.length).toBeGreaterThanOrEqual(18));
  it.each(files)('%s is a runbook without mistakes', (name) => {
    expect(readRunbook(readFileSync(join(folder, name), 'utf8'))).toMatchObject({ problems: [] });
  });

  it('is listed in the documentation, each file once and with its class', () => {
    const text = readFileSync(
      join(import.meta.dirname, '../../../docs/runbooks-starter.md'),
      'utf8',
    );
    const rows = text.split('\n').flatMap((line) => {
      const cells = line.split('|').map((cell) => cell.trim());
      const file = /^`([\w-]+\.yaml)`$/.exec(cells[1] ?? '')?.[1];
      return file === undefined ? [] : [[file, cells[3]]];
    });
    expect(rows).toEqual(files.map((name) => [name, highest(runbookOf(name).steps.map(classOf))]));
  });

  it('runs by itself only what reads', () => {
    const automatic = files.filter((name) => runbookOf(name).automatic === true);
    expect(automatic).toEqual(['collect-evidence.yaml']);
  });
});
