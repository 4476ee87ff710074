import { createHash, createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { FailureError } from '../../../src/shared/failure';
import type { ElasticAuth, ElasticSource } from '../../../src/shared/logs/elastic';
import { ElasticServer } from '../../support/elastic-server';
import type { Answer, Asked, ElasticServerInit } from '../../support/elastic-server';
import { certificates } from '../../support/elastic-certificates';
import { docs, elasticRig, only, over, search, source } from './elastic-rig';
import type { ElasticRig } from './elastic-rig';

const PASSWORD = 'canary-Passw0rd-never-seen';
const basic: ElasticAuth = { kind: 'basic', user: 'crm-reader' };
const never = (): AbortSignal => new AbortController().signal;

let server: ElasticServer | null = null;
let rig: ElasticRig | null = null;

async function open(
  change: Partial<ElasticSource>,
  init: ElasticServerInit = {},
  credentialsOf?: Parameters<typeof elasticRig>[1],
): Promise<{ server: ElasticServer; rig: ElasticRig; at: ElasticSource }> {
  server = await ElasticServer.start({ docs: docs(20), ...init });
  const at = source(server.url, change);
  rig = elasticRig([at], credentialsOf);
  return { server, rig, at };
}

afterEach(async () => {
  rig?.stop();
  await server?.stop();
  rig = null;
  server = null;
});

const refusal = (reason: string): Answer => ({
  status: 401,
  body: { error: { type: 'security_exception', reason, root_cause: [] }, status: 401 },
});

/** Says back what was sent, as careless proxies do. */
const refusalOf = ({ headers }: Asked): Answer =>
  refusal(`unable to authenticate with [${headers.authorization ?? ''}] ${PASSWORD}`);

const wants =
  (authorization: string) =>
  (asked: Asked): Answer | null =>
    asked.headers.authorization === authorization ? null : refusalOf(asked);

const basicOf = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

async function failure(asked: Promise<unknown>): Promise<FailureError['failure']> {
  try {
    await asked;
  } catch (error) {
    if (error instanceof FailureError) return error.failure;
    throw error;
  }
  throw new Error('It did not fail.');
}

describe('signing in to a server of logs', () => {
  it('sends user and password', async () => {
    const at = await open({ auth: basic }, { guard: wants(basicOf('crm-reader', PASSWORD)) });
    at.rig.parts.sources.setSecret(at.at, PASSWORD);
    await at.rig.searches.start(search());
    expect(only(await over(at.rig))).toMatchObject({ phase: 'done', events: 20 });
  });

  it.each(['id-1:key-of-the-api', Buffer.from('id-1:key-of-the-api').toString('base64')])(
    'sends an API key, however it was copied',
    async (key) => {
      const encoded = Buffer.from('id-1:key-of-the-api').toString('base64');
      const at = await open({ auth: { kind: 'apiKey' } }, { guard: wants(`ApiKey ${encoded}`) });
      const test = await at.rig.parts.sources.test(at.at, key, never());
      expect(test).toMatchObject({ ok: true });
    },
  );

  it.each([
    [401, 'credentials-missing'],
    [403, 'denied'],
    [500, 'unknown'],
  ])(
    'shows the password nowhere: not in failures, progress, listings, reports or what is told of secrets (%i)',
    async (status, kind) => {
      const guard = (asked: Asked): Answer => ({ ...refusalOf(asked), status });
      const at = await open({ auth: basic }, { guard });
      const { sources, groups } = at.rig.parts;
      sources.setSecret(at.at, PASSWORD);
      const tested = await failure(sources.test(at.at, null, never()));
      expect(tested).toMatchObject({ kind });
      expect(tested.message).toContain('CRM logs');
      groups.list();
      await expect.poll(() => groups.list().sources[0]?.phase).not.toBe('loading');
      await at.rig.searches.start(search());
      const progress = await over(at.rig);
      expect(only(progress).phase).toBe('failed');
      const everything = JSON.stringify([
        tested,
        progress,
        at.rig.told,
        groups.list(),
        sources.secrets(),
        at.rig.reports,
        at.rig.sources,
      ]);
      const token = Buffer.from(`crm-reader:${PASSWORD}`).toString('base64');
      expect(everything).not.toContain(PASSWORD);
      expect(everything).not.toContain(token);
      // It was sent: the canary was alive.
      expect(at.server.asked[0]?.headers.authorization).toBe(`Basic ${token}`);
    },
  );

  it('keeps a short password out of words, too', async () => {
    const at = await open(
      { auth: basic },
      { guard: () => ({ ...refusal('bad pw1'), status: 403 }) },
    );
    const { message } = await failure(at.rig.parts.sources.test(at.at, 'pw1', never()));
    expect(message).not.toContain('pw1');
  });

  it('sends a password to the address and user it was entered for and to no other', async () => {
    const at = await open({ auth: basic });
    const { sources } = at.rig.parts;
    sources.setSecret(at.at, PASSWORD);
    expect(sources.secrets().kept).toEqual(['crm']);
    const other = await ElasticServer.start();
    for (const changed of [
      { ...at.at, url: other.url },
      { ...at.at, auth: { kind: 'basic' as const, user: 'somebody' } },
      { ...at.at, auth: { kind: 'apiKey' as const } },
    ]) {
      at.rig.sources[0] = changed;
      expect(sources.secrets().kept).toEqual([]);
      const { kind, message } = await failure(sources.test(changed, null, never()));
      expect(kind).toBe('credentials-missing');
      expect(message).toMatch(/No (password|API key) is kept/);
    }
    expect(other.asked).toEqual([]);
    await other.stop();
  });

  it('uses secrets for the session where the computer keeps none', async () => {
    const at = await open({ auth: basic }, { guard: wants(basicOf('crm-reader', PASSWORD)) });
    at.rig.vault.problem = 'This computer has no key store.';
    at.rig.parts.sources.setSecret(at.at, PASSWORD);
    expect(at.rig.vault.kept.size).toBe(0);
    expect(at.rig.parts.sources.secrets()).toMatchObject({ kept: ['crm'] });
    expect(at.rig.parts.sources.secrets().problem).toContain('until Nightdesk closes');
    expect(await at.rig.parts.sources.test(at.at, null, never())).toMatchObject({ ok: true });
  });

  it('forgets the secrets of deleted sources when it closes, not before: they can be brought back', async () => {
    const at = await open({ auth: basic });
    at.rig.parts.sources.setSecret(at.at, PASSWORD);
    at.rig.sources.length = 0;
    at.rig.parts.sources.changed();
    expect(at.rig.vault.kept.size).toBe(1);
    at.rig.parts.stop();
    expect(at.rig.vault.kept.size).toBe(0);
  });
});

const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/canary' };

/** The signature by AWS's own description, written apart from the signer's. */
function signature({ method, path, query, headers, body }: Asked, region: string, service: string) {
  const hex = (text: string): string => createHash('sha256').update(text).digest('hex');
  const authorization = headers.authorization ?? '';
  const names = /SignedHeaders=([^,]+)/.exec(authorization)?.[1] ?? '';
  const value = (name: string): string => String(headers[name] ?? '').trim();
  const escaped = (text: string): string =>
    encodeURIComponent(text).replace(
      /[!'()*]/g,
      (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  // The path is sent encoded once and signed encoded twice.
  const sent = path.split('/').map((part) => encodeURIComponent(part));
  const canonical = [
    method,
    sent.map(escaped).join('/'),
    [...query]
      .map(([name, text]) => `${escaped(name)}=${escaped(text)}`)
      .sort()
      .join('&'),
    ...names.split(';').map((name) => `${name}:${value(name)}`),
    '',
    names,
    hex(body),
  ].join('\n');
  const at = value('x-amz-date');
  const scope = `${at.slice(0, 8)}/${region}/${service}/aws4_request`;
  const mac = (key: string | Buffer, text: string): Buffer =>
    createHmac('sha256', key).update(text).digest();
  const key = [region, service, 'aws4_request'].reduce(
    (last, text) => mac(last, text),
    mac(`AWS4${KEYS.secretAccessKey}`, at.slice(0, 8)),
  );
  const toSign = ['AWS4-HMAC-SHA256', at, scope, hex(canonical)].join('\n');
  return { scope, signature: mac(key, toSign).toString('hex'), names };
}

describe('signing with an AWS connection', () => {
  it.each(['es', 'aoss'] as const)('signs every call for %s', async (service) => {
    const region = 'us-west-2';
    const guard = (asked: Asked): Answer | null => {
      const mine = signature(asked, region, service);
      const given = asked.headers.authorization ?? '';
      const right =
        given.includes(`Credential=${KEYS.accessKeyId}/${mine.scope}`) &&
        given.endsWith(`Signature=${mine.signature}`) &&
        asked.headers['x-amz-content-sha256'] !== undefined;
      return right ? null : { status: 403, body: { message: `no match ${KEYS.secretAccessKey}` } };
    };
    const auth: ElasticAuth = { kind: 'sigv4', connectionId: 'crm', region, service };
    const kind = service === 'aoss' ? 'serverless' : 'opensearch';
    const at = await open({ auth }, { guard, kind }, async () => KEYS);
    expect(await at.rig.parts.sources.test(at.at, null, never())).toMatchObject({ ok: true });
    await at.rig.searches.start(search({ pattern: 'level:error' }));
    expect(only(await over(at.rig))).toMatchObject({ phase: 'done', events: 2 });
  });

  it('says why a refused signature was refused, without the keys', async () => {
    const auth: ElasticAuth = {
      kind: 'sigv4',
      connectionId: 'crm',
      region: 'us-west-2',
      service: 'es',
    };
    const guard = (): Answer => ({
      status: 403,
      body: { Message: `User is not authorized to perform: es:ESHttpPost ${KEYS.secretAccessKey}` },
    });
    const at = await open({ auth }, { guard }, async () => KEYS);
    await at.rig.searches.start(search());
    const found = only(await over(at.rig)).failure;
    expect(found).toMatchObject({ kind: 'denied' });
    expect(found?.message).toContain('es:ESHttpPost');
    expect(found?.message).not.toContain(KEYS.secretAccessKey);
  });
});

describe('certificates', () => {
  it('trusts nobody unknown, and an authority that is named', async () => {
    const made = await certificates();
    const dir = mkdtempSync(join(tmpdir(), 'elastic-ca-'));
    const caFile = join(dir, 'ca.pem');
    writeFileSync(caFile, made.ca);
    try {
      const at = await open({}, { tls: { key: made.key, cert: made.cert } });
      const { sources } = at.rig.parts;
      const unknown = await failure(sources.test(at.at, null, never()));
      expect(unknown).toMatchObject({ kind: 'offline' });
      expect(unknown.message).toContain('cannot be trusted');
      expect(at.server.asked).toEqual([]);
      const trusted = await sources.test({ ...at.at, caFile }, null, never());
      expect(trusted).toMatchObject({ ok: true });
      const missing = { ...at.at, caFile: join(dir, 'none.pem') };
      expect((await failure(sources.test(missing, null, never()))).message).toContain('ENOENT');
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
