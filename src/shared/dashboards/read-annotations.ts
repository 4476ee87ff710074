/** Horizontal, vertical and alarm annotations of a metric widget. */
import type { MarkSpec, ThresholdSpec } from './dashboard';
import { Fields, isObject } from './fields';
import type { FieldPath } from './json-source';

export interface Annotations {
  thresholds: ThresholdSpec[];
  marks: MarkSpec[];
  alarmArns: string[];
}

export function readAnnotations(annotations: Fields | null): Annotations {
  if (annotations === null) return { thresholds: [], marks: [], alarmArns: [] };
  const thresholds = pairs(annotations, 'horizontal', threshold);
  const marks = pairs(annotations, 'vertical', mark);
  const alarmArns = annotations.texts('alarms');
  annotations.finish();
  return { thresholds, marks, alarmArns };
}

type Read<T> = (first: Fields, second: Fields | null) => T | null;

/** Entries are an object, or a list of two for a band; a list within the list may hold several. */
function pairs<T>(fields: Fields, key: string, read: Read<T>): T[] {
  return fields.array(key).flatMap((entry, index) => {
    const at: FieldPath = [...fields.at(key), index];
    const list: readonly unknown[] = Array.isArray(entry) ? entry : [entry];
    const objects = list.map((item, inner) => {
      if (!isObject(item)) return null;
      return new Fields(item, Array.isArray(entry) ? [...at, inner] : at, fields.notes);
    });
    const [first = null, second = null] = objects;
    if (first === null || (list.length > 1 && second === null)) {
      fields.notes.say(at, `An entry of annotations.${key} is not an object and is left out.`);
      return [];
    }
    if (list.length > 2) {
      fields.notes.say(at, `A band of annotations.${key} has two edges; the others are left out.`);
    }
    const result = read(first, second);
    first.finish();
    second?.finish();
    return result === null ? [] : [result];
  });
}

function threshold(first: Fields, second: Fields | null): ThresholdSpec | null {
  const value = first.number('value');
  const to = second?.number('value') ?? null;
  if (value === null) {
    first.notes.say(first.path, 'A horizontal annotation has no value and is left out.');
    return null;
  }
  const fill = first.choice('fill', ['none', 'above', 'below', 'between'], 'none');
  // The first edge says how the band looks.
  for (const key of ['color', 'fill', 'yAxis', 'visible']) second?.raw(key);
  return {
    value,
    to,
    label: first.text('label'),
    toLabel: second?.text('label') ?? null,
    color: first.color('color'),
    // Two values are a band: what lies between them is filled whatever either says.
    fill: to === null ? (fill === 'between' ? 'none' : fill) : 'between',
    axis: first.choice('yAxis', ['left', 'right'], 'left'),
    visible: first.boolean('visible', true),
  };
}

function mark(first: Fields, second: Fields | null): MarkSpec | null {
  const at = moment(first);
  const to = second === null ? null : moment(second);
  if (at === null) return null;
  const fill = first.choice('fill', ['none', 'before', 'after', 'between'], 'none');
  for (const key of ['color', 'fill', 'visible']) second?.raw(key);
  return {
    at,
    to,
    label: first.text('label'),
    toLabel: second?.text('label') ?? null,
    color: first.color('color'),
    fill: to === null ? (fill === 'between' ? 'none' : fill) : 'between',
    visible: first.boolean('visible', true),
  };
}

function moment(fields: Fields): number | null {
  const text = fields.settledText('value');
  if (text === null) {
    fields.notes.say(fields.path, 'A vertical annotation has no time and is left out.');
    return null;
  }
  const at = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isFinite(at)) return at;
  fields.notes.say(
    fields.at('value'),
    `"${text.slice(0, 60)}" is no time, so the vertical annotation is left out.`,
    'Write it as 2026-01-31T12:00:00Z.',
  );
  return null;
}
