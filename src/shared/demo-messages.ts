/** What the demo's process and main tell each other. */
import { z } from 'zod';

const scenarioSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  running: z.boolean(),
});

export const fromDemoChildSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('ready'),
    /** `http://127.0.0.1:port`. */
    endpoint: z.url(),
    /** By region. */
    queueUrls: z.record(z.string(), z.url()),
    scenarios: z.array(scenarioSchema),
  }),
  z.strictObject({ type: z.literal('scenarios'), scenarios: z.array(scenarioSchema) }),
  z.strictObject({ type: z.literal('failed'), reason: z.string() }),
]);
export type FromDemoChild = z.infer<typeof fromDemoChildSchema>;

export const toDemoChildSchema = z.strictObject({ type: z.literal('run'), id: z.string() });
export type ToDemoChild = z.infer<typeof toDemoChildSchema>;
