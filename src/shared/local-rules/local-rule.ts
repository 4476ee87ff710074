/** Alert rules that the console evaluates itself, beside CloudWatch's alarms. */
import { z } from 'zod';
import { metricQuerySchema } from '../metrics/query';
import { severitySchema } from '../severity/severity-schema';

export const ruleComparisons = ['>', '>=', '<', '<='] as const;
export const ruleReducers = ['last', 'avg', 'min', 'max', 'sum'] as const;
export const noDataPolicies = ['ok', 'alarm', 'no-data', 'keep'] as const;

export const localRuleSchema = z.strictObject({
  id: z.string().min(1).max(100),
  name: z.string().trim().min(1).max(200),
  description: z.string().max(2_000),
  enabled: z.boolean(),
  connectionId: z.string().min(1).max(200),
  region: z.string().min(1).max(64),
  queries: z.array(metricQuerySchema).min(1).max(20),
  /** Id of the query whose value is compared. */
  watchedId: z.string().min(1).max(255),
  /** How the datapoints of the window become one value. */
  reducer: z.enum(ruleReducers),
  windowSeconds: z.number().int().min(60).max(86_400),
  comparison: z.enum(ruleComparisons),
  threshold: z.number(),
  /** The condition must hold this long before it fires. */
  forSeconds: z.number().int().min(0).max(86_400),
  everySeconds: z.number().int().min(30).max(3_600),
  noData: z.enum(noDataPolicies),
  severity: severitySchema,
});
export type LocalRule = z.infer<typeof localRuleSchema>;

/** A rule tried once against what AWS answers now. */
export interface LocalRuleTest {
  /** One sentence: value, condition, what it would do. */
  sentence: string;
  value: number | null;
  holds: boolean;
}

export { isLocalArn, isLocalKey, LOCAL_PREFIX, localArn, localKey } from './local-key';
