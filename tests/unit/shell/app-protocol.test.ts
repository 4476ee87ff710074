import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAppProtocolHandler, resolveAppFile } from '../../../src/main/shell/app-protocol';

let base = '';
let root = '';

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'nightdesk-protocol-'));
  root = join(base, 'renderer');
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(join(root, 'index.html'), 'page');
  writeFileSync(join(root, 'assets', 'a b.js'), 'script');
  writeFileSync(join(root, '.hidden.js'), 'hidden');
  writeFileSync(join(root, 'data.bin'), 'unknown type');
  writeFileSync(join(base, 'secret.js'), 'secret');
  symlinkSync(join(base, 'secret.js'), join(root, 'link.js'));
  symlinkSync(base, join(root, 'up'));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe('the app protocol (S5)', () => {
  it.each([
    ['nightdesk-app://app/', 'index.html'],
    ['nightdesk-app://app/index.html?x=1#y', 'index.html'],
    ['nightdesk-app://app/assets/a%20b.js', join('assets', 'a b.js')],
  ])('serves %s', async (address, file) => {
    expect(await resolveAppFile(root, address)).toBe(join(root, file));
  });

  it.each([
    'nightdesk-app://app/../secret.js',
    'nightdesk-app://app/assets/../../secret.js',
    'nightdesk-app://app/%2e%2e/secret.js',
    'nightdesk-app://app/%2E%2E%2Fsecret.js',
    'nightdesk-app://app/..%2fsecret.js',
    'nightdesk-app://app/..%5csecret.js',
    'nightdesk-app://app/..\\secret.js',
    'nightdesk-app://app/%252e%252e/secret.js',
    'nightdesk-app://app//etc/passwd',
    'nightdesk-app://app/C:/secret.js',
    'nightdesk-app://app/index.html%00.js',
    'nightdesk-app://app/index.html::$DATA',
    'nightdesk-app://app/link.js',
    'nightdesk-app://app/up/secret.js',
    'nightdesk-app://app/.hidden.js',
    'nightdesk-app://app/data.bin',
    'nightdesk-app://app/assets',
    'nightdesk-app://app/assets/',
    'nightdesk-app://app/index.html/x.js',
    'nightdesk-app://app/none.js',
    `nightdesk-app://app/${'a'.repeat(5000)}.js`,
    'nightdesk-app://app/%zz.js',
    'nightdesk-app://other/index.html',
    'nightdesk-app://app.example.com/index.html',
    'nightdesk-app://user@app/index.html',
    'nightdesk-app://app:1/index.html',
    'nightdesk-app:index.html',
    'file:///etc/passwd',
  ])('answers %s with nothing', async (address) => {
    expect(await resolveAppFile(root, address)).toBeNull();
  });

  it('sends the page with its policy, and 404 or 405 otherwise', async () => {
    const handle = createAppProtocolHandler(root);
    const page = await handle(new Request('nightdesk-app://app/index.html'));
    expect(await page.text()).toBe('page');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'self'(?:;|$)/);
    expect(policy).not.toContain('unsafe-eval');
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await handle(new Request('nightdesk-app://app/link.js'))).status).toBe(404);
    const post = new Request('nightdesk-app://app/index.html', { method: 'POST' });
    expect((await handle(post)).status).toBe(405);
  });
});
