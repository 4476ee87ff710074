/** Thresholds, marks and times in ALARM as chartjs-plugin-annotation draws them. Labels are canvas text: inert. */
import type { AnnotationOptions } from 'chartjs-plugin-annotation';
import type { MarkSpec, ThresholdSpec } from '../../shared/dashboards/dashboard';
import { safeText } from '../ui/safe-text';
import type { ChartColors } from './chart-colors';
import type { ChartSpan } from './chart-model';
import type { Plan } from './plan';

const LABEL_CHARS = 60;

/** One short line of somebody's text. */
function labelText(text: string): string {
  const safe = safeText(text);
  return safe.length > LABEL_CHARS ? `${safe.slice(0, LABEL_CHARS - 1)}…` : safe;
}

function labelOf(text: string | null, color: string, colors: ChartColors) {
  return {
    display: text !== null && text !== '',
    content: labelText(text ?? ''),
    backgroundColor: `${colors.panel}cc`,
    color,
    font: { size: 10, family: colors.font, weight: 'normal' as const },
    padding: 2,
  };
}

function spanBox(span: ChartSpan, colors: ChartColors): AnnotationOptions {
  const color = colors.severity[span.severity];
  return {
    type: 'box',
    xScaleID: 'x',
    xMin: span.from,
    xMax: span.to,
    backgroundColor: `${color}1f`,
    borderWidth: 0,
    drawTime: 'beforeDatasetsDraw',
  };
}

function thresholdShapes(spec: ThresholdSpec, colors: ChartColors): AnnotationOptions[] {
  const color = spec.color ?? colors.critical;
  const yScaleID = spec.axis === 'left' ? 'y' : 'y2';
  const line = (value: number, text: string | null, above: boolean): AnnotationOptions => ({
    type: 'line',
    yScaleID,
    yMin: value,
    yMax: value,
    borderColor: color,
    borderWidth: 1,
    borderDash: [4, 4],
    label: { ...labelOf(text, color, colors), position: 'start', yAdjust: above ? -8 : 8 },
  });
  const box = (yMin: number | undefined, yMax: number | undefined): AnnotationOptions => ({
    type: 'box',
    yScaleID,
    yMin,
    yMax,
    backgroundColor: `${color}1a`,
    borderWidth: 0,
    drawTime: 'beforeDatasetsDraw',
  });
  const shapes = [line(spec.value, spec.label, true)];
  if (spec.to !== null) {
    shapes.push(line(spec.to, spec.toLabel, false));
    // A band without a fill of its own is still a band.
    shapes.push(box(Math.min(spec.value, spec.to), Math.max(spec.value, spec.to)));
    return shapes;
  }
  if (spec.fill === 'above') shapes.push(box(spec.value, undefined));
  if (spec.fill === 'below') shapes.push(box(undefined, spec.value));
  return shapes;
}

function markShapes(spec: MarkSpec, colors: ChartColors): AnnotationOptions[] {
  const color = spec.color ?? colors.dim;
  const line = (value: number, text: string | null): AnnotationOptions => ({
    type: 'line',
    xScaleID: 'x',
    xMin: value,
    xMax: value,
    borderColor: color,
    borderWidth: 1,
    borderDash: [2, 3],
    label: { ...labelOf(text, color, colors), position: 'end', rotation: 0 },
  });
  const box = (xMin: number | undefined, xMax: number | undefined): AnnotationOptions => ({
    type: 'box',
    xScaleID: 'x',
    xMin,
    xMax,
    backgroundColor: `${color}1a`,
    borderWidth: 0,
    drawTime: 'beforeDatasetsDraw',
  });
  const shapes = [line(spec.at, spec.label)];
  if (spec.to !== null) {
    shapes.push(line(spec.to, spec.toLabel));
    shapes.push(box(Math.min(spec.at, spec.to), Math.max(spec.at, spec.to)));
    return shapes;
  }
  if (spec.fill === 'before') shapes.push(box(undefined, spec.at));
  if (spec.fill === 'after') shapes.push(box(spec.at, undefined));
  return shapes;
}

/** Everything that is drawn around the series, clipped to the window. */
export function annotationsOf(plan: Plan, colors: ChartColors): AnnotationOptions[] {
  const { startMs, endMs, spans, thresholds, marks } = plan.model;
  return [
    ...spans
      .filter((span) => span.to > startMs && span.from < endMs)
      .map((span) =>
        spanBox(
          { ...span, from: Math.max(span.from, startMs), to: Math.min(span.to, endMs) },
          colors,
        ),
      ),
    ...thresholds.filter((each) => each.visible).flatMap((each) => thresholdShapes(each, colors)),
    ...marks
      .filter(
        (each) =>
          each.visible &&
          (each.to ?? each.at) >= startMs &&
          Math.min(each.at, each.to ?? each.at) <= endMs,
      )
      .flatMap((each) => markShapes(each, colors)),
  ];
}
