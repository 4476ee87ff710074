/** A log source as it is typed, and what is wrong with it. */
import {
  DEFAULT_MESSAGE_FIELD,
  DEFAULT_TIME_FIELD,
  elasticSecretSchema,
  elasticSourceSchema,
} from '../../shared/logs/elastic';
import type { ElasticAuth, ElasticSource } from '../../shared/logs/elastic';
import { assertNever } from '../../shared/assert-never';

export const authKinds = ['none', 'basic', 'apiKey', 'sigv4'] as const;
export type AuthKind = (typeof authKinds)[number];

export const authLabels: Record<AuthKind, string> = {
  none: 'None',
  basic: 'User and password',
  apiKey: 'API key',
  sigv4: 'An AWS connection (SigV4)',
};

export interface LogSourceDraft {
  id: string;
  name: string;
  url: string;
  /** Separated by commas or spaces. */
  patterns: string;
  auth: AuthKind;
  user: string;
  /** Empty keeps the one that is kept. */
  secret: string;
  connectionId: string;
  region: string;
  service: 'es' | 'aoss';
  timeField: string;
  messageField: string;
  caFile: string;
}

export type LogSourceErrors = Partial<Record<keyof LogSourceDraft, string>>;

export function draftOf(source: ElasticSource | null, id: string): LogSourceDraft {
  const auth = source?.auth ?? { kind: 'basic', user: '' };
  return {
    id: source?.id ?? id,
    name: source?.name ?? '',
    url: source?.url ?? '',
    patterns: source?.patterns.join(', ') ?? '',
    auth: auth.kind,
    user: auth.kind === 'basic' ? auth.user : '',
    secret: '',
    connectionId: auth.kind === 'sigv4' ? auth.connectionId : '',
    region: auth.kind === 'sigv4' ? auth.region : '',
    service: auth.kind === 'sigv4' ? auth.service : 'es',
    timeField: source?.timeField ?? DEFAULT_TIME_FIELD,
    messageField: source?.messageField ?? DEFAULT_MESSAGE_FIELD,
    caFile: source?.caFile ?? '',
  };
}

export type CheckedSource =
  | { ok: true; source: ElasticSource; secret: string | null }
  | { ok: false; errors: LogSourceErrors };

/** @param keptFor the source as it is kept together with its secret; null where no secret is kept */
export function checkLogSource(
  draft: LogSourceDraft,
  keptFor: ElasticSource | null,
): CheckedSource {
  const parsed = elasticSourceSchema.safeParse({
    id: draft.id,
    name: draft.name,
    url: draft.url,
    patterns: draft.patterns.split(/[\s,]+/).filter((one) => one !== ''),
    auth: authOf(draft),
    timeField: draft.timeField,
    messageField: draft.messageField,
    caFile: draft.caFile.trim() === '' ? null : draft.caFile,
  });
  const errors: LogSourceErrors = {};
  for (const { path, message } of parsed.error?.issues ?? []) {
    const field = fieldOf(path);
    errors[field] ??= friendly(field, message);
  }
  const secretProblem = problemOfSecret(draft, keptFor);
  if (secretProblem !== null) errors.secret = secretProblem;
  if (!parsed.success || Object.keys(errors).length > 0) return { ok: false, errors };
  const hasSecret = usesSecret(draft.auth) && draft.secret !== '';
  return { ok: true, source: parsed.data, secret: hasSecret ? draft.secret : null };
}

/** A secret goes to the server and user it was entered for and to no other. */
export function keepsSecret(draft: LogSourceDraft, keptFor: ElasticSource | null): boolean {
  if (keptFor === null || draft.auth !== keptFor.auth.kind) return false;
  if (!URL.canParse(draft.url) || new URL(draft.url).origin !== new URL(keptFor.url).origin) {
    return false;
  }
  return keptFor.auth.kind !== 'basic' || keptFor.auth.user === draft.user.trim();
}

/** What is sent can be read on the way; not so on this very computer. */
export function isReadable({ url }: Pick<LogSourceDraft, 'url'>): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !/^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
}

export const usesSecret = (kind: AuthKind): boolean => kind === 'basic' || kind === 'apiKey';

/** What the secret is called. */
export const secretName = (kind: AuthKind): string => (kind === 'basic' ? 'Password' : 'API key');

function problemOfSecret(draft: LogSourceDraft, keptFor: ElasticSource | null): string | null {
  if (!usesSecret(draft.auth)) return null;
  if (draft.secret === '') {
    if (keepsSecret(draft, keptFor)) return null;
    return keptFor === null
      ? `${secretName(draft.auth)} is missing`
      : 'Enter it again: it was kept for another address or user';
  }
  return elasticSecretSchema.safeParse(draft.secret).error?.issues[0]?.message ?? null;
}

function authOf({ auth, user, connectionId, region, service }: LogSourceDraft): ElasticAuth {
  switch (auth) {
    case 'none':
    case 'apiKey':
      return { kind: auth };
    case 'basic':
      return { kind: auth, user };
    case 'sigv4':
      return { kind: auth, connectionId, region: region.trim(), service };
    default:
      return assertNever(auth);
  }
}

function fieldOf([first, second]: readonly PropertyKey[]): keyof LogSourceDraft {
  switch (first) {
    case 'url':
    case 'patterns':
    case 'timeField':
    case 'messageField':
    case 'caFile':
      return first;
    case 'auth':
      return second === 'user' || second === 'connectionId' || second === 'region'
        ? second
        : 'auth';
    default:
      return 'name';
  }
}

/** What the schema says of empty fields is no sentence for people. */
function friendly(field: keyof LogSourceDraft, message: string): string {
  const missing: Partial<Record<keyof LogSourceDraft, string>> = {
    name: 'Give it a name of at most 80 characters',
    user: 'Enter the user',
    connectionId: 'Choose a connection',
    region: 'Enter a region, such as us-east-1',
    timeField: 'Name the field with the time',
    messageField: 'Name the field with the message',
    caFile: 'Enter the path of a PEM file, or nothing',
  };
  return missing[field] ?? message;
}
