/** What of the chart CloudWatch can be asked: one mistake does not take the other lines down. */
import type { MetricWidget } from '../../shared/dashboards/dashboard';
import { checkMath } from './math-check';

export interface Askable {
  /** The same widget where nothing is wrong. */
  widget: MetricWidget;
  /** Why a line is left out, one sentence, by id. */
  notes: ReadonlyMap<string, string>;
}

/** Leaves out expressions with a mistake, and those that need one of them. */
export function askable(widget: MetricWidget): Askable {
  const all = new Set(widget.series.map(({ id }) => id));
  const expressions = new Map(
    widget.series.flatMap(({ id, expression }) => (expression === null ? [] : [[id, expression]])),
  );
  const asked = new Set(all);
  const notes = new Map<string, string>();
  for (let before = -1; before !== notes.size;) {
    before = notes.size;
    for (const [id, expression] of expressions) {
      if (notes.has(id)) continue;
      const own = checkMath(expression, all, id, expressions)[0];
      const inherited = checkMath(expression, asked, id, expressions)[0];
      if (own !== undefined) notes.set(id, `Not asked: ${own.message}`);
      else if (inherited !== undefined) {
        const needed = expression.slice(inherited.from, inherited.to);
        notes.set(id, `Not asked: it needs ${needed}, which has a mistake.`);
      }
      if (notes.has(id)) asked.delete(id);
    }
  }
  if (notes.size === 0) return { widget, notes };
  return { widget: { ...widget, series: widget.series.filter(({ id }) => asked.has(id)) }, notes };
}
