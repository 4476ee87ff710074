/** What every step has, whatever it does; what it does is told by its kind. */
import { z } from 'zod';
import { stepKindSchema } from './step-kinds';

/** `30s`, `5m`, `1h`. */
export const durationSchema = z
  .string()
  .regex(/^\d{1,5}(ms|s|m|h)$/, 'a length of time such as 30s, 5m or 1h');

/** What a step may do to the world, in rising order. */
export const stepClasses = ['reads', 'changes', 'destroys'] as const;
export type StepClass = (typeof stepClasses)[number];

const common = z.object({
  /** How later steps name its output: `$steps.<id>.output`. */
  id: z
    .string()
    .regex(/^[a-zA-Z][a-zA-Z0-9_]{0,59}$/, 'letters, digits and _, beginning with a letter'),
  name: z.string().trim().min(1).max(200).optional(),
  /** JSONata; the step is passed over when it is false. */
  if: z.string().max(4_000).optional(),
  /** JSONata that gives a list; the step runs once an element, which is `$item`. */
  forEach: z.string().max(4_000).optional(),
  /** Where; the alarm's connection and region otherwise. */
  connection: z.string().max(200).optional(),
  region: z.string().max(400).optional(),
  /** The step is ended then, with all it started. */
  timeout: durationSchema.optional(),
  retry: z
    .strictObject({
      /** Tries altogether. */
      attempts: z.number().int().min(1).max(10),
      delay: durationSchema.optional(),
    })
    .optional(),
  onFailure: z.enum(['stop', 'continue', 'undo']).optional(),
  /** May only say that it does more than its kind says. */
  class: z.enum(stepClasses).optional(),
});

/** @see stepKindSchema for what stands in `do` */
export const stepSchema = common.extend({ do: stepKindSchema }).strict();
export type Step = z.infer<typeof stepSchema>;

/** ms of `30s`, `5m`, `1h`, `200ms`. */
export function lengthMs(text: string): number {
  const match = /^(\d+)(ms|s|m|h)$/.exec(text);
  const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
  return Number(match?.[1] ?? 0) * (units[match?.[2] ?? 's'] ?? 1_000);
}
