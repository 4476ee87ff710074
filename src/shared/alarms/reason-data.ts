import { z } from 'zod';

/** What CloudWatch evaluated, from StateReasonData; times ms UTC, oldest first. */
export interface ReasonData {
  unit: string | null;
  statistic: string | null;
  periodSeconds: number | null;
  threshold: number | null;
  /** Datapoints of the evaluation that had a value. */
  points: { at: number | null; value: number }[];
  /** Evaluated periods without data. */
  missing: number;
  /** For composites: the children that made it change. */
  triggering: { arn: string; state: string }[];
}

const reasonSchema = z.object({
  unit: z.string().nullish().catch(null),
  statistic: z.string().nullish().catch(null),
  period: z.number().nullish().catch(null),
  threshold: z.number().nullish().catch(null),
  recentDatapoints: z.array(z.number().nullable()).catch([]).default([]),
  evaluatedDatapoints: z
    .array(z.object({ timestamp: z.string().catch(''), value: z.number().optional() }))
    .catch([])
    .default([]),
  triggeringAlarms: z
    .array(z.object({ arn: z.string(), state: z.object({ value: z.string() }) }))
    .catch([])
    .default([]),
});

/** Reads StateReasonData (JSON as text). Null when there is none or it is not what AWS documents. */
export function parseReasonData(text: string | null): ReasonData | null {
  if (text === null || text === '') return null;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    // SetAlarmState takes any text here; what is not JSON says nothing that can be shown.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  const parsed = reasonSchema.safeParse(json);
  if (!parsed.success) return null;
  const data = parsed.data;
  const evaluated = data.evaluatedDatapoints
    .flatMap(({ timestamp, value }) =>
      value === undefined ? [] : [{ at: parseTime(timestamp), value }],
    )
    .sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
  const recent = data.recentDatapoints.flatMap((value) =>
    value === null ? [] : [{ at: null, value }],
  );
  return {
    unit: data.unit ?? null,
    statistic: data.statistic ?? null,
    periodSeconds: data.period ?? null,
    threshold: data.threshold ?? null,
    points: evaluated.length > 0 ? evaluated : recent,
    missing: data.evaluatedDatapoints.filter(({ value }) => value === undefined).length,
    triggering: data.triggeringAlarms.map(({ arn, state }) => ({ arn, state: state.value })),
  };
}

/** CloudWatch writes `2026-01-31T02:14:00.000+0000`; null when it cannot be read. */
export function parseTime(text: string): number | null {
  const at = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isFinite(at) ? at : null;
}
