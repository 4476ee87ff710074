/**
 * Elasticsearch and OpenSearch as places of logs. A source stands where a connection stands: its id is
 * `elastic:<id>`, its region `elastic`, its groups are data streams, aliases and indexes.
 */
import { z } from 'zod';

/** Where every source is, in the eyes of what lists places by region. */
export const ELASTIC_REGION = 'elastic';
const PREFIX = 'elastic:';

const httpUrl = z
  .string()
  .trim()
  .max(2_000)
  .refine((text) => urlProblem(text) === null, {
    error: ({ input }) => (typeof input === 'string' ? (urlProblem(input) ?? '') : ''),
  });

/** Names of fields as mappings have them. */
const fieldName = z.string().trim().min(1).max(200);

export const elasticAuthSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('basic'), user: z.string().trim().min(1).max(200) }),
  z.strictObject({ kind: z.literal('apiKey') }),
  z.strictObject({
    kind: z.literal('sigv4'),
    connectionId: z.string().min(1).max(200),
    region: z.string().regex(/^[a-z0-9-]{1,64}$/),
    service: z.enum(['es', 'aoss']),
  }),
]);
/** How the server is told who asks. Passwords and keys are kept apart, encrypted. */
export type ElasticAuth = z.infer<typeof elasticAuthSchema>;

export const elasticSourceSchema = z.strictObject({
  id: z.string().regex(/^[a-zA-Z0-9-]{1,64}$/),
  name: z.string().trim().min(1).max(80),
  /** Base of the server, http or https, without a user in it. */
  url: httpUrl,
  /** Index patterns, as the server takes them: `crm-logs-*`. */
  patterns: z
    .array(
      z
        .string()
        .trim()
        .max(255)
        .regex(/^[^\s/\\?"<>|,#]+$/, 'An index pattern has no spaces, commas or slashes'),
    )
    .min(1, 'Name at least one index pattern')
    .max(50),
  auth: elasticAuthSchema,
  timeField: fieldName,
  messageField: fieldName,
  /** A PEM file of certificates to trust besides those of the system; null: the system's alone. */
  caFile: z.string().trim().min(1).max(4_096).nullable(),
});
/** An Elasticsearch or OpenSearch server whose indexes hold logs. */
export type ElasticSource = z.infer<typeof elasticSourceSchema>;

export const elasticSourcesSchema = z
  .array(elasticSourceSchema)
  .max(20)
  .refine((list) => new Set(list.map(({ id }) => id)).size === list.length, 'Ids must differ');

export const DEFAULT_TIME_FIELD = '@timestamp';
export const DEFAULT_MESSAGE_FIELD = 'message';

/** What the server said when it was tried. */
export interface ElasticTest {
  /** False where nothing was found to search, though it answered. */
  ok: boolean;
  /** One or two sentences for people. */
  sentence: string;
  groups: number;
}

/** Which sources have a password or key, and whether this computer can keep them. */
export interface ElasticSecrets {
  /** Ids of sources. */
  kept: string[];
  /** Null when secrets can be kept; else why they last only until Nightdesk closes. */
  problem: string | null;
}

/** Secrets that no server takes are refused early. */
export const elasticSecretSchema = z
  .string()
  .min(1)
  .max(4_000)
  .regex(/^[^\p{Cc}]+$/u, 'It holds a line break or another control character');

export const elasticPlace = (sourceId: string): string => `${PREFIX}${sourceId}`;

/** The source's id; null for AWS connections. */
export const elasticSourceId = (connectionId: string): string | null =>
  connectionId.startsWith(PREFIX) ? connectionId.slice(PREFIX.length) : null;

/** True where the source needs a password or key that is kept apart. */
export const needsSecret = ({ kind }: ElasticAuth): boolean =>
  kind === 'basic' || kind === 'apiKey';

/** What is wrong with an address; null when nothing is. */
function urlProblem(text: string): string | null {
  if (!URL.canParse(text)) return 'The address begins with https:// or http:// and names a host';
  const { protocol, username, password, search, hash } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') return 'The address must be https or http';
  if (username !== '' || password !== '') return 'User and password do not belong into the address';
  if (search !== '' || hash !== '') return 'The address ends before any ? or #';
  return null;
}
