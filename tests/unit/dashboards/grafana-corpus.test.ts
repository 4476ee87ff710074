/** Every panel of every real Grafana file is drawn or explained in its place. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Widget } from '../../../src/shared/dashboards/dashboard';
import { parseJson } from '../../../src/shared/dashboards/json-source';
import { metricQuerySchema } from '../../../src/shared/metrics/query';
import { isGrafana, readGrafana } from '../../../src/shared/dashboards/grafana/grafana';

const folder = '../shared/corpus/grafana';
const files = existsSync(folder) ? readdirSync(folder) : [];
if (files.length === 0) console.warn(`${folder} is absent: the corpus is not walked`);

/** Counts panels by looking at the text's own structure, not through the reader. */
function panelsIn(value: unknown): { panels: number; rows: number } {
  const count = { panels: 0, rows: 0 };
  const walk = (list: unknown): void => {
    if (!Array.isArray(list)) return;
    for (const panel of list) {
      if (panel?.type === 'row') count.rows += 1;
      else count.panels += 1;
      walk(panel?.panels);
    }
  };
  const board: unknown = value;
  if (typeof board === 'object' && board !== null && 'panels' in board) walk(board.panels);
  return count;
}

function overlap(a: Widget, b: Widget): boolean {
  const across = a.x < b.x + b.width && b.x < a.x + a.width;
  return across && a.y < b.y + b.height && b.y < a.y + a.height;
}

describe.skipIf(files.length === 0)('corpus of Grafana files', () => {
  it.each(files)('%s', (file) => {
    const parsed = parseJson(readFileSync(join(folder, file), 'utf8'));
    if (!parsed.ok) throw new Error(parsed.problem.message);
    expect(isGrafana(parsed.source.value)).toBe(true);
    const read = readGrafana(parsed.source, {});
    if (read.kind === 'failed') throw new Error(read.problem.message);
    const widgets = read.dashboards[0]?.widgets ?? [];
    const count = panelsIn(parsed.source.value);
    expect(widgets).toHaveLength(count.panels + count.rows);
    expect(new Set(widgets.map((widget) => widget.id)).size).toBe(widgets.length);
    for (const widget of widgets) {
      if (widget.kind === 'explained') expect(widget.sentence).toMatch(/^[A-Z].*\.$/s);
      if (widget.kind !== 'metric') continue;
      expect(widget.series.length).toBeGreaterThan(0);
      const ids = widget.series.map((series) => series.id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const series of widget.series) {
        const valid = metricQuerySchema.safeParse({
          id: series.id,
          metric: series.metric,
          expression: series.expression,
          stat: series.metric === null ? null : series.stat,
          unit: series.unit,
          periodSeconds: series.periodSeconds,
          label: series.label,
          accountId: series.accountId,
          returnData: series.visible,
        });
        expect(valid.error?.message).toBeUndefined();
        expect(series.metric === null).toBe(series.expression !== null);
        // No variable of Grafana's is left for CloudWatch to stumble over.
        expect(`${series.expression} ${JSON.stringify(series.metric)}`).not.toMatch(/\$[a-z_{[]/i);
      }
    }
    const clashes = widgets.flatMap((one, at) =>
      widgets.slice(at + 1).filter((other) => overlap(one, other)),
    );
    expect(clashes).toEqual([]);
    const drawn = widgets.filter((widget) => widget.kind !== 'explained').length;
    console.info(`${file}: drawn ${drawn}, explained ${widgets.length - drawn}, failed 0`);
  });
});
