import { describe, expect, it } from 'vitest';
import { deepLinkIn, parseDeepLink } from '../../../src/main/shell/deep-link';
import { openExternalSafely, safeExternalUrl } from '../../../src/main/shell/external-links';
import { mayLoad } from '../../../src/main/shell/page-guards';

describe('links that leave (S5)', () => {
  it.each([
    'https://console.aws.amazon.com/cloudwatch/home?region=eu-west-1#alarmsV2:alarm/x',
    'HTTPS://example.com/',
  ])('%s may', async (address) => {
    const opened: string[] = [];
    await openExternalSafely(address, async (url) => void opened.push(url));
    expect(opened).toEqual([new URL(address).href]);
  });

  it.each([
    'http://example.com/',
    'file:///etc/passwd',
    'smb://host/share',
    '\\\\host\\share',
    '//host/share',
    'javascript:alert(1)',
    'data:text/html,x',
    'vscode://x',
    'nightdesk://alarm/x',
    'ms-msdt:/id',
    'https:example.com',
    'https:/example.com',
    'https://',
    'https:///x',
    'https://good.example@evil.example/',
    'https://a:b@c.example/',
    ' https://example.com',
    'https://example.com/\u0000',
    'https://example.com/\n',
    'https://example.com\\@evil.example',
    '',
  ])('%j never', async (address) => {
    expect(safeExternalUrl(address)).toBeNull();
    const opened: string[] = [];
    const attempt = openExternalSafely(address, async (url) => void opened.push(url));
    await expect(attempt).rejects.toThrow('Only https');
    expect(opened).toEqual([]);
  });
});

describe('deep links (S6)', () => {
  it('show an alarm', () => {
    expect(parseDeepLink('nightdesk://alarm/c1%7Ceu-west-1%7Ca%2Fb')).toEqual({
      view: 'alarms',
      alarmKey: 'c1|eu-west-1|a/b',
    });
    expect(deepLinkIn(['electron', '.', 'nightdesk://alarm/k'])?.alarmKey).toBe('k');
  });

  it('show a runbook, which is all they say of it', () => {
    expect(parseDeepLink('nightdesk://runbook/starter%2Froll-back.yaml')).toEqual({
      view: 'runbooks',
      alarmKey: null,
      runbookId: 'starter/roll-back.yaml',
    });
  });

  it.each([
    'nightdesk://runbook/x/run',
    'nightdesk://runbook/x?run=1',
    'nightdesk://runbook/',
    'nightdesk://alarm/',
    'nightdesk://alarm/a/acknowledge',
    'nightdesk://alarm/a?do=acknowledge',
    'nightdesk://alarm/%00',
    'nightdesk://alarm/%zz',
    'nightdesk://acknowledge/a',
    'https://alarm/a',
    `nightdesk://alarm/${'a'.repeat(2049)}`,
    '--x=nightdesk://alarm/a',
  ])('%s does nothing', (address) => expect(parseDeepLink(address)).toBeNull());
});

describe('what a page may load', () => {
  it.each([
    ['nightdesk-app://app/index.js', true],
    ['data:image/png;base64,x', true],
    ['nightdesk-app://other/x', false],
    ['https://example.com/', false],
    ['http://127.0.0.1:1/', false],
    ['file:///etc/passwd', false],
    ['ws://127.0.0.1:1/', false],
  ])('%s: %s', (url, allowed) => expect(mayLoad(url, 'nightdesk-app://app')).toBe(allowed));
});
