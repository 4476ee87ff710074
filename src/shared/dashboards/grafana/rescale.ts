/** Lines that Grafana multiplies before it draws them: fractions shown as percent, lines upside down. */
import type { SeriesSpec } from '../dashboard';

/**
 * The series multiplied by CloudWatch: the original stays as a hidden input, so labels and
 * statistics are untouched.
 */
export function rescaled(spec: SeriesSpec, factor: number): SeriesSpec[] {
  if (factor === 1 || !spec.visible) return [spec];
  const label =
    spec.label ?? (spec.metric === null ? null : `${spec.metric.metricName} ${spec.stat}`);
  return [
    { ...spec, visible: false },
    {
      ...spec,
      id: `${spec.id}_x`,
      metric: null,
      expression: `${spec.id} * ${factor}`,
      // Properties of a metric mean nothing to an expression over it; what else is named stays.
      label: label?.replace(/\$\{PROP\([^)]*\)\}/g, '').trim() || null,
    },
  ];
}
