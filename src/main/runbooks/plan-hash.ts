/** What was approved is what runs: one number over everything a person saw and agreed to. */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { PlanRequest } from '../../shared/runbooks/plan';
import type { PreparedStep } from './prepared';

export interface Hashed {
  request: PlanRequest;
  /** Checked, with defaults; secrets as they are. */
  inputs: Readonly<Record<string, unknown>>;
  hasSecrets: boolean;
  /** The texts of the files. */
  sources: readonly string[];
  steps: readonly PreparedStep[];
}

/** Gone with this console: nobody can try out secrets against a hash in the journal. */
const key = randomBytes(32);

/** SHA-256, hex, over a form in which equal things are written equally; keyed where secrets are in it. */
export function planHash({ request, inputs, hasSecrets, sources, steps }: Hashed): string {
  const { runbookId, alarmKey, connectionId, region, undoOf } = request;
  const form = canonical({
    runbookId,
    alarmKey,
    connectionId,
    region,
    // Secrets too: others typed later are another plan.
    inputs,
    undoOf,
    sources,
    steps: steps.map(
      ({ id, kind, class: does, place, action, runs, elements, resource, files }) => ({
        id,
        kind,
        does,
        place,
        action,
        runs,
        elements: elements ?? undefined,
        resource,
        // A file that is none is not there: plans of before have the same hash.
        files: files.length === 0 ? undefined : files,
      }),
    ),
  });
  return hasSecrets
    ? createHmac('sha256', key).update(form).digest('hex')
    : createHash('sha256').update(form).digest('hex');
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
