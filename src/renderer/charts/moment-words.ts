/** What a screen reader hears when the hair moves. */
import { safeText } from '../ui/safe-text';
import { formatFull } from '../ui/time';
import type { ValueAt } from './at-moment';
import type { Plan } from './plan';
import { formatValue } from './units';

const MOST = 5;

/** `2026-01-31 02:14:00 UTC: p99 4.2 s, p50 120 ms`, highest first, at most five. */
export function momentWords(plan: Plan, values: ValueAt[], at: number): string {
  const words = values.slice(0, MOST).map(({ planned, value }) => {
    const axis = planned.series.axis === 'left' ? plan.left : plan.right;
    return `${safeText(planned.series.label)} ${formatValue(value, planned.series.unit ?? axis.unit)}`;
  });
  if (values.length > MOST) words.push(`and ${values.length - MOST} more`);
  const when = formatFull(at, plan.model.zone);
  return `${when}: ${words.length === 0 ? 'no datapoints' : words.join(', ')}`;
}
