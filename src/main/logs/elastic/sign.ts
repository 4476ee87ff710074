/** Who asks: the headers of a request, by the kind of sign-in. */
import { createHash, createHmac } from 'node:crypto';
import type { Hash, Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsCredentialIdentity, Checksum, SourceData } from '@smithy/types';
import { assertNever } from '../../../shared/assert-never';
import type { ElasticAuth } from '../../../shared/logs/elastic';
import type { WireRequest } from './wire';

/** Credentials of a connection; rejects with FailureError where there are none. */
export type CredentialsOf = (
  connectionId: string,
  signal: AbortSignal,
) => Promise<AwsCredentialIdentity>;

export interface Signed {
  headers: Record<string, string>;
  /** Values that no text may show. */
  secrets: string[];
}

type Unsigned = Pick<WireRequest, 'method' | 'url' | 'body'>;

/** Adds what proves who asks. `secret` is the password or the key. */
export async function sign(
  auth: ElasticAuth,
  secret: string | null,
  request: Unsigned,
  credentialsOf: CredentialsOf,
  signal: AbortSignal,
): Promise<Signed> {
  const plain: Record<string, string> = {
    accept: 'application/json',
    ...(request.body === null ? {} : { 'content-type': 'application/json' }),
  };
  switch (auth.kind) {
    case 'none':
      return { headers: plain, secrets: [] };
    case 'basic': {
      const token = Buffer.from(`${auth.user}:${secret ?? ''}`).toString('base64');
      return {
        headers: { ...plain, authorization: `Basic ${token}` },
        secrets: [secret ?? '', token],
      };
    }
    case 'apiKey': {
      const key = encodedKey(secret ?? '');
      return {
        headers: { ...plain, authorization: `ApiKey ${key}` },
        secrets: [secret ?? '', key, ...Buffer.from(key, 'base64').toString('utf8').split(':')],
      };
    }
    case 'sigv4': {
      const credentials = await credentialsOf(auth.connectionId, signal);
      return signV4(auth, credentials, request, plain);
    }
    default:
      return assertNever(auth);
  }
}

/** Kibana shows a key encoded, the API as `id:key`: both are taken. */
const encodedKey = (secret: string): string =>
  secret.includes(':') ? Buffer.from(secret).toString('base64') : secret;

async function signV4(
  { region, service }: Extract<ElasticAuth, { kind: 'sigv4' }>,
  credentials: AwsCredentialIdentity,
  { method, url, body }: Unsigned,
  headers: Record<string, string>,
): Promise<Signed> {
  const signer = new SignatureV4({ credentials, region, service, sha256: Sha256 });
  const signed = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    ...(url.port === '' ? {} : { port: Number(url.port) }),
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { ...headers, host: url.host },
    ...(body === null ? {} : { body }),
  });
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const secrets = [accessKeyId, secretAccessKey, sessionToken ?? ''];
  return { headers: { ...signed.headers }, secrets };
}

/** Node's own SHA-256 and HMAC, in the shape that the signer takes. */
class Sha256 implements Checksum {
  private hash: Hash | Hmac;

  constructor(private readonly key?: SourceData) {
    this.hash = this.fresh();
  }

  update(data: Uint8Array | string): void {
    this.hash.update(data);
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.hash.digest());
  }

  reset(): void {
    this.hash = this.fresh();
  }

  private fresh(): Hash | Hmac {
    if (this.key === undefined) return createHash('sha256');
    const { key } = this;
    if (typeof key === 'string') return createHmac('sha256', key);
    const bytes = ArrayBuffer.isView(key)
      ? new Uint8Array(key.buffer, key.byteOffset, key.byteLength)
      : new Uint8Array(key);
    return createHmac('sha256', bytes);
  }
}
