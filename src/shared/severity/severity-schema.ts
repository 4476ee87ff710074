import { z } from 'zod';
import { severities } from './severity';

export const severitySchema = z.enum(severities);

/**
 * One rule of the ordered list; the first whose every stated condition matches decides.
 * Patterns are globs (`*`, `?`), case-insensitive, matched against the whole text.
 */
export const severityRuleSchema = z.strictObject({
  id: z.string().min(1).max(100),
  severity: severitySchema,
  /** Matches the alarm's name. */
  name: z.string().max(300).optional(),
  /** Matches any of the alarm's action ARNs by their last segment (an SNS topic's name) or whole. */
  topic: z.string().max(300).optional(),
  /** Matches the tag `key` with a value pattern. */
  tag: z.strictObject({ key: z.string().min(1).max(128), value: z.string().max(256) }).optional(),
  /** Matches the metric's namespace. */
  namespace: z.string().max(300).optional(),
  kind: z.enum(['metric', 'composite']).optional(),
});
export type SeverityRule = z.infer<typeof severityRuleSchema>;
