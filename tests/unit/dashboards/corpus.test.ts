import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Widget } from '../../../src/shared/dashboards/dashboard';
import { readDashboardFile } from '../../../src/shared/dashboards/read-dashboard';

const corpus = path.resolve(import.meta.dirname, '../../../../shared/corpus');
const present = existsSync(corpus);
if (!present) console.warn('The corpus of real dashboards is not here: its test is skipped.');

const files = present
  ? ['dashboards', 'cfn', 'grafana'].flatMap((folder) =>
      readdirSync(path.join(corpus, folder)).map((name) => `${folder}/${name}`),
    )
  : [];

describe.skipIf(!present)('every file of the corpus', () => {
  it('loads', () => {
    const rows = files.map((file) => {
      const result = readDashboardFile(readFileSync(path.join(corpus, file), 'utf8'), file, {});
      const widgets: Widget[] =
        result.kind === 'read' ? result.dashboards.flatMap((each) => each.widgets) : [];
      const explained = widgets.filter(({ kind }) => kind === 'explained').length;
      return {
        file,
        drawn: widgets.length - explained,
        explained,
        failed: result.kind === 'failed' ? 1 : 0,
        alarms: result.kind === 'read' ? result.alarms.length : 0,
        problems: result.kind === 'read' ? result.problems.length : result.problem.message,
      };
    });
    console.table(rows);
    expect(rows.filter(({ failed }) => failed > 0)).toEqual([]);
  });
});
