/** Services that steps send to, by the names they have in files. Their keys and addresses are kept apart, encrypted. */
import { z } from 'zod';
import { returns } from '../request';

const identity = {
  id: z.string().regex(/^[a-zA-Z0-9-]{1,64}$/),
  /** As runbooks call it. */
  name: z.string().trim().min(1).max(80),
};
/** Where the service keeps the account. */
const region = z.enum(['us', 'eu']);

export const integrationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...identity, kind: z.literal('webhook') }),
  z.strictObject({ ...identity, kind: z.literal('slack') }),
  z.strictObject({ ...identity, kind: z.literal('pagerduty'), region }),
  z.strictObject({ ...identity, kind: z.literal('opsgenie'), region }),
]);
export type Integration = z.infer<typeof integrationSchema>;
export type IntegrationKind = Integration['kind'];

/** How names are compared: capitals and outer spaces make no other name. */
export const integrationKey = (name: string): string => name.trim().toLowerCase();

const differ = (texts: readonly string[]): boolean => new Set(texts).size === texts.length;

export const integrationsSchema = z
  .array(integrationSchema)
  .max(50)
  .refine((list) => differ(list.map(({ id }) => id)), 'Ids must differ')
  .refine(
    (list) => differ(list.map(({ name }) => integrationKey(name))),
    'Another integration has this name: runbooks could not tell them apart',
  );

export const integrationSecretSchema = z
  .string()
  .min(1, 'It is missing')
  .max(4_096)
  .regex(/^[\x21-\x7e]+$/, 'It has spaces or characters that neither keys nor addresses have');

/** What is wrong with a key, or with the whole address of a webhook; null when nothing is. */
export function integrationSecretProblem(kind: IntegrationKind, secret: string): string | null {
  const parsed = integrationSecretSchema.safeParse(secret);
  if (!parsed.success) return parsed.error.issues[0]?.message ?? 'It is not valid';
  if (kind === 'pagerduty') {
    return /^[A-Za-z0-9]{32}$/.test(secret)
      ? null
      : 'An integration key of Events API v2 has 32 letters and digits';
  }
  if (kind === 'opsgenie') {
    return /^[A-Za-z0-9-]{8,100}$/.test(secret)
      ? null
      : 'An API key has letters, digits and dashes';
  }
  if (!URL.canParse(secret)) return 'Enter the whole address, such as https://example.com/hook';
  const { protocol, username, password } = new URL(secret);
  if (username !== '' || password !== '') return 'An address holds no user and password';
  if (protocol === 'https:' || (protocol === 'http:' && kind === 'webhook')) return null;
  return kind === 'slack'
    ? 'Slack’s addresses begin with https://'
    : 'Only http and https are asked';
}

/** Which integrations have their secret, and whether this computer can keep any. */
export interface IntegrationSecrets {
  /** Ids. */
  kept: string[];
  /** Null where secrets are kept; else a sentence. */
  problem: string | null;
}

export interface IntegrationTest {
  ok: boolean;
  /** One or two sentences for people. */
  sentence: string;
}

export const integrationRequests = {
  /** Keeps a key or address, encrypted; nothing asks for it back. */
  'integrations.setSecret': returns<null>()(
    z.strictObject({ integration: integrationSchema, secret: integrationSecretSchema }),
  ),
  'integrations.secrets': returns<IntegrationSecrets>()(z.undefined()),
  /** Tries it without paging anybody; `secret` null takes the one that is kept. */
  'integrations.test': returns<IntegrationTest>()(
    z.strictObject({
      integration: integrationSchema,
      secret: integrationSecretSchema.nullable(),
      requestId: z.string().regex(/^[a-zA-Z0-9-]{1,64}$/),
    }),
  ),
};
