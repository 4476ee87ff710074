import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { Markdown } from '../../../src/renderer/dashboards/Markdown';
import { linkOf } from '../../../src/renderer/dashboards/markdown-links';

const html = (text: string): string => renderToStaticMarkup(createElement(Markdown, { text }));

const payloads = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<a href="javascript:alert(1)">x</a>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java&#x0A;script:alert(1))',
  '[x](data:text/html;base64,PHNjcmlwdD4=)',
  '[x](vbscript:msgbox(1))',
  '[x](file:///etc/passwd)',
  '[x](//evil.example/x)',
  '[x](http://evil.example)',
  '![x](https://evil.example/pixel.png)',
  '![x](javascript:alert(1))',
  '[button:x](javascript:alert(1))',
  '[button:primary:x](data:text/html,1)',
  '<https://user:pass@evil.example>',
  '[x]: javascript:alert(1)\n\n[x]',
  '<details open ontoggle=alert(1)>',
  '<style>*{background:url(https://evil.example)}</style>',
  '<form action="https://evil.example"><input type=submit>',
];

describe('Markdown of a file', () => {
  it.each(payloads)('makes nothing run or load: %s', (payload) => {
    const made = html(`before\n\n${payload}\n\nafter`);
    expect(made).not.toMatch(/<(script|img|svg|iframe|style|form|input|details|object|link)\b/i);
    expect(made).not.toMatch(/<[^>]*\son\w+=/i);
    const addresses = [...made.matchAll(/\s(?:href|src)="([^"]*)"/g)].map(([, url]) => url ?? '');
    for (const address of addresses) expect(address).toMatch(/^https:\/\/(?!.*@)/);
    expect(made).toContain('after');
  });

  it('draws text, tables, links and buttons', () => {
    const made = html(
      '# Head\n\n| a | b |\n|-|-|\n| 1 | 2 |\n\n[button:Go](https://aws.amazon.com/x)',
    );
    expect(made).toContain('<h3 data-level="1">Head</h3>');
    expect(made).toContain('<td>2</td>');
    expect(made).toContain('href="https://aws.amazon.com/x"');
    expect(made).not.toContain('button:Go');
  });

  it('shows an image as a link and bidirectional controls as codes', () => {
    expect(html('![graph](https://example.com/a.png)')).toContain('Image: graph');
    expect(html('a\u202eb')).toContain('⟨202E⟩');
  });

  it('opens https only, without a name before the host', () => {
    expect(linkOf('https://example.com/a')).toMatchObject({ kind: 'web', button: false });
    expect(linkOf('https://example.com@evil.example/')).toMatchObject({ kind: 'inert' });
    expect(linkOf('#dashboards:name=x')).toMatchObject({ kind: 'inert' });
  });
});
