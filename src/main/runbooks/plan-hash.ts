/** What was approved is what runs: one number over everything a person saw and agreed to. */
import { createHash } from 'node:crypto';
import type { PlanRequest } from '../../shared/runbooks/plan';
import type { PreparedStep } from './prepared';

export interface Hashed {
  request: PlanRequest;
  /** The file's text. */
  source: string;
  steps: readonly PreparedStep[];
}

/** SHA-256, hex, over a form in which equal things are written equally. */
export function planHash({ request, source, steps }: Hashed): string {
  const { runbookId, alarmKey, connectionId, region, inputs, undoOf } = request;
  return sha256Of({
    runbookId,
    alarmKey,
    connectionId,
    region,
    // Secrets too: others typed later are another plan.
    inputs,
    undoOf,
    source,
    steps: steps.map(({ id, kind, class: does, place, action, runs }) => ({
      id,
      kind,
      does,
      place,
      action,
      runs,
    })),
  });
}

export const sha256Of = (value: unknown): string =>
  createHash('sha256').update(canonical(value)).digest('hex');

/** JSON with the keys of objects in order. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((one) => canonical(one)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}
