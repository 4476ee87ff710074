import { createServer as createTlsServer } from 'node:https';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/shared/clock';
import { stepKindSchema } from '../../../src/shared/runbooks/step-kinds';
import type { StepAction } from '../../../src/shared/runbooks/step-kinds';
import { productPolicy } from '../../../src/main/net/address-policy';
import { GuardedHttp } from '../../../src/main/net/guarded-http';
import type { GuardedHttpParts } from '../../../src/main/net/guarded-http';
import { httpRequest } from '../../../src/main/runbooks/actions/local/http-request';
import { shapedHandler } from '../../support/step-outputs';
import { loopbackIsOutside, record, stepContext, valueIn } from './local-rig';
import type { RecordingServer } from './local-rig';

let server: RecordingServer;
let other: RecordingServer;

beforeEach(async () => {
  other = await record((_, response) => response.end('the other'));
  server = await record(({ url }, response) => {
    const to = (status: number, location: string) => response.writeHead(status, { location }).end();
    const turns = /^\/turn\/(\d+)$/.exec(url);
    if (turns !== null)
      return to(302, Number(turns[1]) <= 1 ? '/fine' : `/turn/${Number(turns[1]) - 1}`);
    if (url === '/metadata') return to(302, 'http://169.254.169.254/latest/meta-data/');
    if (url === '/decimal') return to(302, 'http://2852039166/');
    if (url === '/near') return to(302, other.url('/near').replace('127.0.0.1', 'localhost'));
    if (url === '/far')
      return to(307, other.url('/far').replace('127.0.0.1', 'outside.example.com'));
    if (url === '/file') return to(302, 'file:///etc/passwd');
    if (url === '/long') return response.end('x'.repeat(3_000_000));
    if (url === '/bytes') return response.end(Buffer.from([0xff, 0xfe, 0x00, 0x80]));
    if (url === '/hang') return;
    if (url === '/bad') return response.writeHead(503).end('no\nqueue');
    response.setHeader('content-type', 'application/json');
    response.end('{"depth":12}');
  });
});

afterEach(async () => {
  await server.stop();
  await other.stop();
});

const act = (action: StepAction, parts: Partial<GuardedHttpParts> = {}, told = stepContext()) =>
  shapedHandler(
    httpRequest(new GuardedHttp({ clock: systemClock, policy: loopbackIsOutside, ...parts })),
  ).run(action, told.context, null);

const step = (url: string, more: object = {}): StepAction =>
  stepKindSchema.parse({ kind: 'http-request', url, ...more });

const failing = (text: string) => ({ failure: { message: expect.stringContaining(text) } });

describe('an HTTP step', () => {
  it('gives status, headers and the value of JSON', async () => {
    const output = await act(
      step(server.url('/q?a=1'), { method: 'POST', headers: { 'X-Key': 'k' }, body: { a: [1] } }),
    );
    expect(valueIn(output)).toMatchObject({ status: 200, body: { depth: 12 } });
    expect(server.asked).toMatchObject([
      {
        method: 'POST',
        url: '/q?a=1',
        body: '{"a":[1]}',
        headers: { 'x-key': 'k', 'content-type': 'application/json', 'content-length': '9' },
      },
    ]);
  });

  it('fails on a status that was not expected, with what was said', async () => {
    await expect(act(step(server.url('/bad')))).rejects.toMatchObject(
      failing('answered 503 Service Unavailable: no queue'),
    );
    const output = await act(step(server.url('/bad'), { expect: [503] }));
    expect(valueIn(output)).toMatchObject({ status: 503 });
  });

  it('reads no more than 1 MB and says so; what is no text is left out', async () => {
    const long = valueIn(await act(step(server.url('/long'))));
    expect(long).toMatchObject({ cut: expect.stringContaining('1 MB') });
    expect(JSON.stringify(long).length).toBeLessThan(1_048_576);
    expect(valueIn(await act(step(server.url('/bytes'))))).toMatchObject({ body: null });
  });

  it('follows five redirects and no sixth', async () => {
    expect(valueIn(await act(step(server.url('/turn/5'))))).toMatchObject({ body: { depth: 12 } });
    await expect(act(step(server.url('/turn/6')))).rejects.toMatchObject(failing('more than 5'));
  });

  it.each(['/metadata', '/decimal', '/file'])('goes nowhere it may not by %s', async (path) => {
    await expect(act(step(server.url(path)))).rejects.toThrow();
  });

  it('lets no answer send it to a near address, though the file may', async () => {
    const product = { policy: productPolicy };
    expect(valueIn(await act(step(server.url('/fine')), product))).toMatchObject({ status: 200 });
    await expect(act(step(server.url('/near')), product)).rejects.toMatchObject(
      failing('is this computer'),
    );
    expect(other.asked).toEqual([]);
  });

  it('takes what the file said to no other server', async () => {
    const resolve = async () => [{ address: '127.0.0.1', family: 4 as const }];
    const headers = { Authorization: 'Bearer canary', 'X-Api-Key': 'canary', Accept: 'text/plain' };
    await act(step(server.url('/far'), { headers }), { resolve });
    expect(other.asked).toHaveLength(1);
    expect(JSON.stringify(other.asked)).not.toContain('canary');
    expect(other.asked[0]?.headers.accept).toBe('text/plain');
    await expect(
      act(step(server.url('/far'), { method: 'POST', headers, body: 'canary' }), { resolve }),
    ).rejects.toMatchObject(failing('redirects a POST to outside.example.com'));
    expect(other.asked).toHaveLength(1);
  });

  it('connects to the address that was checked, whatever the name leads to later', async () => {
    let looked = 0;
    const resolve = async () => {
      looked += 1;
      return [{ address: looked === 1 ? '127.0.0.1' : '169.254.169.254', family: 4 as const }];
    };
    const url = server.url('/fine').replace('127.0.0.1', 'rebinding.example.com');
    expect(valueIn(await act(step(url), { resolve }))).toMatchObject({ status: 200 });
    expect(looked).toBe(1);
    expect(server.asked[0]?.headers.host).toBe(`rebinding.example.com:${server.port}`);
    await expect(act(step(url), { resolve })).rejects.toMatchObject(failing('169.254.169.254'));
  });

  it.each([
    [{ headers: { 'X-A': 'b\r\nX-C: d' } }, 'no header may have'],
    [{ headers: { 'X-A': 'canary\u0000' } }, 'no header may have'],
    [{ headers: { Host: 'other' } }, 'set by the console'],
    [{ headers: { 'Transfer-Encoding': 'chunked' } }, 'set by the console'],
    [{ method: 'GET', body: 'x' }, 'has no body'],
  ])('sends nothing of %j', async (more, words) => {
    const failed = act(step(server.url('/fine'), more));
    await expect(failed).rejects.toMatchObject(failing(words));
    await expect(failed).rejects.not.toThrow(/canary/);
    expect(server.asked).toEqual([]);
  });

  it('ends at once when it is cancelled', async () => {
    const told = stepContext();
    const going = act(step(server.url('/hang')), {}, told);
    await expect.poll(() => server.asked.length).toBe(1);
    told.abort.abort();
    await expect(going).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
  });

  it('says that nobody answers', async () => {
    const closed = createTcpServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const address = closed.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await new Promise((resolve) => closed.close(resolve));
    await expect(act(step(`http://127.0.0.1:${port}/`))).rejects.toMatchObject(
      failing('refused the connection'),
    );
  });
});

describe('TLS', () => {
  it('is checked, certificate and name', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'nightdesk-tls-'));
    try {
      const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
      const made = 'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=queue.example.com';
      const names = ['-addext', 'subjectAltName=DNS:queue.example.com'];
      execFileSync('openssl', [...made.split(' '), ...names, '-keyout', key, '-out', cert], {
        stdio: 'ignore',
      });
      const ca = readFileSync(cert, 'utf8');
      const safe = await record(
        (_, response) => response.end('safe'),
        createTlsServer({ key: readFileSync(key), cert: ca }),
      );
      const resolve = async () => [{ address: '127.0.0.1', family: 4 as const }];
      const named = (host: string) => step(`https://${host}:${safe.port}/`);
      await expect(act(named('queue.example.com'), { resolve })).rejects.toMatchObject(
        failing('certificate'),
      );
      await expect(act(named('other.example.com'), { resolve, ca })).rejects.toMatchObject(
        failing('certificate'),
      );
      expect(safe.asked).toEqual([]);
      const output = await act(named('queue.example.com'), { resolve, ca });
      expect(valueIn(output)).toMatchObject({ status: 200, body: 'safe' });
      await safe.stop();
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
