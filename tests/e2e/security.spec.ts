/** S1, S3, S4 and S5 in the real Electron: what Electron's own checklist asks, read back at run time. */
import { expect, test } from '@playwright/test';
import { launchNightdesk } from '../support/electron-app';
import type { Launched } from '../support/electron-app';

let nightdesk: Launched;

test.beforeAll(async () => {
  nightdesk = await launchNightdesk({ args: ['--demo'], until: 'window' });
  await nightdesk.page.waitForLoadState();
});
test.afterAll(() => nightdesk.close());

/** https://www.electronjs.org/docs/latest/tutorial/security, in its order and numbering. */
test.describe('the 20 items of Electron’s security checklist (S1)', () => {
  const preferences = (): Promise<Record<string, unknown>[]> =>
    nightdesk.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => {
        return {
          ...Object(
            Reflect.get(window.webContents, 'getLastWebPreferences').call(window.webContents),
          ),
        };
      }),
    );
  const fetched = (address: string): Promise<string> =>
    nightdesk.page.evaluate(
      (url) =>
        fetch(url).then(
          ({ status }) => String(status),
          () => 'blocked',
        ),
      address,
    );
  const policy = (): Promise<string> =>
    nightdesk.page.evaluate(async () => {
      const page = await fetch('nightdesk-app://app/index.html');
      return page.headers.get('content-security-policy') ?? '';
    });

  for (const [item, name, wanted] of [
    ['2', 'nodeIntegration', false],
    ['2', 'nodeIntegrationInSubFrames', false],
    ['3', 'contextIsolation', true],
    ['4', 'sandbox', true],
    ['6', 'webSecurity', true],
    ['8', 'allowRunningInsecureContent', false],
    ['9', 'experimentalFeatures', false],
    ['10', 'enableBlinkFeatures', ''],
    ['11', 'webviewTag', false],
  ] as const) {
    test(`${item}: ${name} is ${JSON.stringify(wanted)} on every window`, async () => {
      const all = await preferences();
      expect(all.length).toBeGreaterThan(0);
      for (const one of all) expect(one[name]).toBe(wanted);
      for (const one of all) expect(one).toHaveProperty('contextIsolation');
    });
  }

  test('1, 18: only our own secure protocol is loaded, never file:', async () => {
    expect(nightdesk.page.url()).toMatch(/^nightdesk-app:\/\/app\//);
    expect(await nightdesk.page.evaluate(() => isSecureContext)).toBe(true);
    for (const address of ['http://127.0.0.1:9/', 'https://example.com/', 'file:///etc/passwd']) {
      expect(await fetched(address)).toBe('blocked');
    }
  });

  test('5: every permission is denied', async () => {
    const states = await nightdesk.page.evaluate(async () => {
      const names: PermissionName[] = ['geolocation', 'notifications', 'camera', 'microphone'];
      const asked = names.map((name) => navigator.permissions.query({ name }));
      return (await Promise.all(asked)).map(({ state }) => state);
    });
    expect(states).toEqual(['denied', 'denied', 'denied', 'denied']);
  });

  test('7: the policy allows nothing but our own files, and is enforced', async () => {
    const text = await policy();
    for (const rule of ["default-src 'none'", "script-src 'self'", "base-uri 'none'"]) {
      expect(text).toContain(rule);
    }
    expect(text).not.toContain('unsafe-eval');
    const ran = await nightdesk.page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'document.documentElement.dataset.injected = "yes"';
      document.head.append(script);
      return document.documentElement.dataset['injected'] ?? 'no';
    });
    expect(ran).toBe('no');
  });

  test('12, 13, 14: no webview, no navigation away, no second window', async () => {
    const before = nightdesk.page.url();
    const opened = await nightdesk.page.evaluate(() => {
      document.body.append(
        Object.assign(document.createElement('webview'), { src: 'data:text/html,x' }),
      );
      return window.open('about:blank') === null;
    });
    expect(opened).toBe(true);
    await nightdesk.page.evaluate(() => {
      location.href = 'https://example.com/';
    });
    await nightdesk.page.waitForTimeout(300);
    expect(nightdesk.page.url()).toBe(before);
    const contents = await nightdesk.app.evaluate(
      ({ webContents }) => webContents.getAllWebContents().length,
    );
    expect(contents).toBe(1);
  });

  test('15: only https leaves, through the system browser (S5)', async () => {
    await nightdesk.app.evaluate(({ shell }) => {
      const left: string[] = [];
      Object.assign(globalThis, { left });
      shell.openExternal = async (url) => void left.push(url);
    });
    await nightdesk.page.evaluate(() => {
      const hostile = [
        'file:///etc/passwd',
        'smb://host/share',
        'javascript:alert(1)',
        'vscode://x',
      ];
      for (const url of [...hostile, '//host/share', 'https://good.example/']) window.open(url);
    });
    // It is asked for last: once it has left, the others have been judged.
    await expect
      .poll(() => nightdesk.app.evaluate(() => Reflect.get(globalThis, 'left')))
      .toEqual(['https://good.example/']);
  });

  test('16: the Electron is one that is tested', async () => {
    const version = await nightdesk.app.evaluate(() => process.versions.electron);
    expect(Number.parseInt(version ?? '0', 10)).toBeGreaterThanOrEqual(33);
  });

  test('17, 20: a subframe reaches neither the bridge nor main (S4)', async () => {
    const seen = await nightdesk.page.evaluate(async () => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      await new Promise((done) => setTimeout(done, 200));
      return typeof frame.contentWindow?.nightdesk;
    });
    expect(seen).toBe('undefined');
  });

  test('19: the sandboxed page has no way to Node (S3)', async () => {
    const found = await nightdesk.page.evaluate(() => ({
      globals: [
        'require',
        'process',
        'ipcRenderer',
        'module',
        'Buffer',
        'electron',
        '__dirname',
      ].filter((name) => name in window),
      bridge: Object.keys(window.nightdesk).toSorted(),
      frozen: Object.getOwnPropertyDescriptor(window, 'nightdesk')?.writable ?? false,
    }));
    expect(found).toEqual({ globals: [], bridge: ['on', 'openDropped', 'request'], frozen: false });
  });
});

test('the app protocol answers nothing outside its folder (S5)', async () => {
  const answers = await nightdesk.page.evaluate(async () => {
    const addresses = [
      'nightdesk-app://app/../main/index.js',
      'nightdesk-app://app/%2e%2e/main/index.js',
      'nightdesk-app://app/..%2fmain/index.js',
      'nightdesk-app://app/..%5cmain/index.js',
      'nightdesk-app://app//etc/passwd',
      'nightdesk-app://other/index.html',
    ];
    return Promise.all(
      addresses.map((url) =>
        fetch(url).then(
          ({ ok }) => (ok ? `served ${url}` : 'nothing'),
          () => 'nothing',
        ),
      ),
    );
  });
  expect(new Set(answers)).toEqual(new Set(['nothing']));
});

test('a page that is not ours is refused by the door, by every name (S4)', async () => {
  const { preloadOnlyNames, requestNames } = await import('../../src/shared/ipc-names');
  const pageNames = requestNames.filter((name) => !preloadOnlyNames.includes(name));
  const page = nightdesk.app.waitForEvent('window');
  await nightdesk.app.evaluate(async ({ app, BrowserWindow }) => {
    const foreign = new BrowserWindow({
      show: false,
      webPreferences: { preload: `${app.getAppPath()}/out/preload/index.cjs`, sandbox: true },
    });
    await foreign.loadURL('data:text/html,foreign');
  });
  const foreign = await page;
  const kinds = await foreign.evaluate(async (names) => {
    const replies = await Promise.all(
      names.map((name) => window.nightdesk.request(name, undefined)),
    );
    return replies.map((reply) => (reply.ok ? 'answered' : reply.failure.kind));
  }, pageNames);
  expect(kinds).toHaveLength(pageNames.length);
  expect(new Set(kinds)).toEqual(new Set(['denied']));
  await foreign.close();
});

test('a page can neither name a path nor make up a dropped file', async () => {
  const { preloadOnlyNames } = await import('../../src/shared/ipc-names');
  const kinds = await nightdesk.page.evaluate(async (names) => {
    const asked = names.map((name) =>
      Reflect.apply(window.nightdesk.request, null, [name, '/etc/hostname']),
    );
    const made = window.nightdesk.openDropped(new File(['{"widgets":[]}'], '/etc/hostname.json'));
    const replies = await Promise.all([...asked, made]);
    return replies.map((reply) => (reply.ok ? 'answered' : reply.failure.kind));
  }, preloadOnlyNames);
  expect(kinds).toEqual([...preloadOnlyNames.map(() => 'invalid'), 'invalid']);
});
