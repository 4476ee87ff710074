import { z } from 'zod';

export const dimensionsSchema = z
  .array(z.object({ Name: z.string().min(1), Value: z.string().min(1) }))
  .max(30);

/** `MetricDataQuery`, of alarms and of GetMetricData. */
export const querySchema = z.object({
  Id: z.string().regex(/^[a-z][a-zA-Z0-9_]*$/),
  Expression: z.string().optional(),
  Label: z.string().optional(),
  ReturnData: z.boolean().optional(),
  Period: z.number().int().min(1).optional(),
  AccountId: z.string().optional(),
  MetricStat: z
    .object({
      Metric: z
        .object({
          Namespace: z.string(),
          MetricName: z.string(),
          Dimensions: dimensionsSchema.optional(),
        })
        .transform((metric) => ({ ...metric, Dimensions: metric.Dimensions ?? [] })),
      Period: z.number().int().min(1),
      Stat: z.string(),
      Unit: z.string().optional(),
    })
    .optional(),
});
