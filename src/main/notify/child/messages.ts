/** What crosses between main and the notification child: plain data, checked on arrival by both. */
import { z } from 'zod';

export const popupSchema = z.strictObject({
  id: z.string().max(4096),
  title: z.string(),
  body: z.string(),
  urgency: z.enum(['low', 'normal', 'critical']),
  buttons: z.array(z.strictObject({ id: z.enum(['acknowledge', 'snooze']), label: z.string() })),
});

export const toChildSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('show'), ticket: z.number(), popup: popupSchema }),
  z.strictObject({ type: z.literal('close'), id: z.string() }),
]);
export type ToChild = z.infer<typeof toChildSchema>;

export const fromChildSchema = z.discriminatedUnion('type', [
  /** A notification service answers (again). */
  z.strictObject({ type: z.literal('ready'), service: z.string() }),
  /** None does; `reason` is a sentence for people. */
  z.strictObject({ type: z.literal('absent'), reason: z.string() }),
  z.strictObject({ type: z.literal('shown'), ticket: z.number() }),
  z.strictObject({ type: z.literal('failed'), ticket: z.number(), reason: z.string() }),
  z.strictObject({
    type: z.literal('action'),
    popupId: z.string(),
    action: z.enum(['open', 'acknowledge', 'snooze', 'dismissed']),
  }),
]);
export type FromChild = z.infer<typeof fromChildSchema>;
