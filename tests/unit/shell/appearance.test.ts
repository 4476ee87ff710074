import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reloadDelay } from '../../../src/main/shell/reload-delay';
import { QUIET, statusSentence, trayMark, windowTitle } from '../../../src/main/shell/status-text';
import { drawTrayIcon } from '../../../src/main/shell/tray-icon';
import { watchNetwork } from '../../../src/main/shell/network-watch';
import {
  clampToDisplays,
  readWindowState,
  writeWindowState,
} from '../../../src/main/shell/window-state';
import { popupBody, popupTitle } from '../../../src/main/notify/child/popup-text';

const screen = { x: 0, y: 0, width: 1920, height: 1080 };
const second = { x: 1920, y: 0, width: 1280, height: 720 };

describe('the window’s place', () => {
  it('is kept where it was', () => {
    const state = { x: 100, y: 80, width: 1200, height: 700, maximized: false };
    expect(clampToDisplays(state, [screen, second])).toEqual(state);
  });

  it.each([
    ['half off the edge', { x: 1500, y: -50, width: 1200, height: 700 }],
    ['on a display that is gone', { x: 5000, y: 5000, width: 1200, height: 700 }],
    ['larger than the display', { x: 0, y: 0, width: 9000, height: 9000 }],
    ['degenerate', { x: 0, y: 0, width: -5, height: 0 }],
  ])('is moved wholly inside when %s', (_what, rectangle) => {
    const place = clampToDisplays({ ...rectangle, maximized: true }, [screen]);
    expect(place.x).toBeGreaterThanOrEqual(0);
    expect(place.y).toBeGreaterThanOrEqual(0);
    expect(place.x + place.width).toBeLessThanOrEqual(1920);
    expect(place.y + place.height).toBeLessThanOrEqual(1080);
    expect(place.width).toBeGreaterThanOrEqual(960);
    expect(place.maximized).toBe(true);
  });

  it('survives on disk, and a broken file is no place', () => {
    const folder = mkdtempSync(join(tmpdir(), 'nightdesk-window-'));
    const file = join(folder, 'window.json');
    const state = { x: 1, y: 2, width: 1000, height: 700, maximized: true };
    expect(readWindowState(file)).toBeNull();
    writeWindowState(file, state);
    expect(readWindowState(file)).toEqual(state);
    for (const broken of ['', '{', '[]', '{"x":1e99}', '{"x":1,"y":2,"width":1,"height":1}']) {
      writeFileSync(file, broken);
      expect(readWindowState(file)).toBeNull();
    }
    rmSync(folder, { recursive: true });
  });
});

describe('title and tray', () => {
  const firing = { firing: 3, unacknowledged: 2, worst: 'critical' as const, blindSince: null };
  const blind = { ...QUIET, blindSince: new Date(2026, 0, 1, 2, 14).getTime() };

  it('say what is so', () => {
    expect(windowTitle(QUIET)).toBe('Nightdesk');
    expect(windowTitle(firing)).toBe('(2) Nightdesk · 3 firing, 2 unacknowledged, worst critical');
    expect(windowTitle(blind)).toBe('Nightdesk · blind since 02:14');
    expect(statusSentence(QUIET)).toBe('all quiet');
  });

  it('never show blindness as quiet', () => {
    expect(trayMark(blind)).toBe('blind');
    expect(trayMark({ ...firing, blindSince: 1 })).toBe('blind');
    expect(trayMark(QUIET)).toBe('quiet');
    expect(trayMark(firing)).toBe('critical');
  });

  it('draw every state and count differently', () => {
    const marks = [
      'quiet',
      'blind',
      'critical',
      'security',
      'warning',
      'business',
      'info',
    ] as const;
    const drawn = marks.flatMap((mark) =>
      (mark === 'quiet' || mark === 'blind' ? [0] : [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]).map(
        (count) => Buffer.from(drawTrayIcon(mark, count, 32)).toString('base64'),
      ),
    );
    expect(new Set(drawn).size).toBe(drawn.length);
    expect(drawTrayIcon('critical', 99, 32)).toEqual(drawTrayIcon('critical', 10, 32));
  });
});

describe('crashes and the network', () => {
  it('brings a page back at once, then calmly', () => {
    expect(reloadDelay([0])).toBe(0);
    expect(reloadDelay([0, 1, 2])).toBe(0);
    expect(reloadDelay([0, 1, 2, 3])).toBe(10_000);
    expect(reloadDelay([0, 1, 2, 100_000])).toBe(0);
  });

  it('tells each change of the network once', () => {
    let task = (): void => undefined;
    let online = true;
    const told: string[] = [];
    const stop = watchNetwork(
      () => online,
      { online: () => told.push('online'), offline: () => told.push('offline') },
      { now: () => 0, after: (_delay, next) => ((task = next), () => (task = () => undefined)) },
    );
    for (const is of [true, false, false, true]) {
      online = is;
      task();
    }
    expect(told).toEqual(['offline', 'online']);
    stop();
    online = false;
    task();
    expect(told).toHaveLength(2);
  });
});

describe('texts of popups (S7)', () => {
  it('are escaped only for daemons that read markup', () => {
    const hostile = `<a href="x">&'</a>`;
    expect(popupBody(hostile, true)).toBe('&#60;a href=&#34;x&#34;&#62;&#38;&#39;&#60;/a&#62;');
    expect(popupBody(hostile, false)).toBe(hostile);
  });

  it('lose controls, bidi marks and half characters, and stay short', () => {
    expect(popupTitle('a\0b\u001b[1m\nc\u202ed\ud800')).toBe('a b [1m cd\ufffd');
    expect(popupTitle('😀'.repeat(1000)).length).toBeLessThanOrEqual(200);
    expect(popupBody('x'.repeat(1e6), false)).toHaveLength(1000);
    expect(popupBody('a\nb', true)).toBe('a\nb');
  });
});
