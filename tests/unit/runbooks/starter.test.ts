import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRunbook } from '../../../src/shared/runbooks/read-runbook';

const folder = join(__dirname, '../../../resources/runbooks');
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

describe('the starter set', () => {
  it('is there', () => expect(files.length).toBeGreaterThanOrEqual(11));
  it.each(files)('%s is a runbook without mistakes', (name) => {
    expect(readRunbook(readFileSync(join(folder, name), 'utf8'))).toMatchObject({ problems: [] });
  });
});
