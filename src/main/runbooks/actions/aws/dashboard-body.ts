/** Vertical marks in a dashboard's body; everything else of the body stays as it was written. */
import { z } from 'zod';
import { globMatches } from '../../../../shared/severity/glob';
import { refusedValue } from './common';

const markSchema = z.looseObject({ label: z.string().optional(), value: z.string().optional() });
const annotationsSchema = z.looseObject({ vertical: z.array(z.json()).optional() });
const chartSchema = z.looseObject({
  type: z.literal('metric'),
  properties: z.looseObject({
    title: z.string().optional(),
    annotations: annotationsSchema.optional(),
  }),
});
const bodySchema = z.looseObject({ widgets: z.array(z.json()) });

export interface Mark {
  label: string;
  /** ISO 8601. */
  at: string;
}

export interface Marked {
  body: string;
  /** Titles of the charts that are changed. */
  charts: string[];
}

/** @throws FailureError where the body is no dashboard */
export function withMark(
  text: string,
  titles: readonly string[] | null,
  change: { add: Mark } | { remove: string },
): Marked {
  const body = bodySchema.safeParse(parsed(text));
  if (!body.success) throw refusedValue('The dashboard has no body with charts.');
  const charts: string[] = [];
  let meant = 0;
  const widgets = body.data.widgets.map((widget) => {
    const chart = chartSchema.safeParse(widget);
    if (!chart.success) return widget;
    const { title = 'untitled', annotations = {} } = chart.data.properties;
    if (titles !== null && !titles.some((glob) => globMatches(glob, title))) return widget;
    meant += 1;
    const before = annotations.vertical ?? [];
    const vertical = changed(before, change);
    if (vertical.length === before.length) return widget;
    charts.push(title);
    const { properties } = chart.data;
    return {
      ...chart.data,
      properties: { ...properties, annotations: { ...annotations, vertical } },
    };
  });
  if (meant === 0) {
    throw refusedValue(
      titles === null
        ? 'The dashboard has no chart that could be marked.'
        : `charts: none of the dashboard’s is called ${titles.join(' or ')}.`,
    );
  }
  return { body: JSON.stringify({ ...body.data, widgets }), charts };
}

function changed<T>(
  marks: readonly T[],
  change: { add: Mark } | { remove: string },
): (T | BodyMark)[] {
  if ('remove' in change) {
    return marks.filter((mark) => markSchema.safeParse(mark).data?.label !== change.remove);
  }
  const { label, at } = change.add;
  const there = marks.some((mark) => {
    const { data } = markSchema.safeParse(mark);
    return data?.label === label && data.value === at;
  });
  return there ? [...marks] : [...marks, { label, value: at }];
}

interface BodyMark {
  label: string;
  value: string;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Told as a body that is none.
    return null;
  }
}
