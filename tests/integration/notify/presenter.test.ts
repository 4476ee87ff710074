/** R3 against a real dunst on a bus of its own: absent, hung, replaced. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ChildPresenter } from '../../../src/main/notify/presenter-child';
import type { PopupChild } from '../../../src/main/notify/presenter-child';
import type { PopupRequest } from '../../../src/main/seams';
import { systemClock } from '../../../src/shared/clock';
import { startDesktop, whyNoDesktop } from './desktop';
import type { Desktop } from './desktop';

const reason = whyNoDesktop();
const popup = (id: string, change: Partial<PopupRequest> = {}): PopupRequest => ({
  id,
  title: `Alarm ${id}`,
  body: 'HTTPCode_ELB_5XX_Count is 17, above 5, for 3 min',
  urgency: 'critical',
  buttons: [
    { id: 'acknowledge', label: 'Acknowledge' },
    { id: 'snooze', label: 'Snooze 15 min' },
  ],
  ...change,
});

/** The longest time (ms) the event loop stood still while `work` ran. */
async function longestPause(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last - 5);
    last = performance.now();
  }, 5);
  await work();
  clearInterval(timer);
  return longest;
}

describe.skipIf(reason !== null)(
  `popups over D-Bus${reason === null ? '' : ` (${reason})`}`,
  () => {
    let folder = '';
    let desktop: Desktop;
    let presenter: ChildPresenter;
    const children: ChildProcess[] = [];

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'nightdesk-child-'));
      await build({
        configFile: false,
        logLevel: 'silent',
        ssr: { noExternal: true },
        build: {
          ssr: resolve('src/main/notify/child/index.ts'),
          outDir: folder,
          rollupOptions: { output: { format: 'es', entryFileNames: 'notify-child.mjs' } },
        },
      });
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    const spawn = (env: NodeJS.ProcessEnv): PopupChild => {
      const child = fork(join(folder, 'notify-child.mjs'), [''], { env, stdio: 'ignore' });
      children.push(child);
      return {
        send: (message) => child.connected && child.send(message),
        onMessage: (listener) => child.on('message', listener),
        onExit: (listener) => child.once('exit', listener),
        kill: () => child.kill('SIGKILL'),
      };
    };
    const present = (env: NodeJS.ProcessEnv): ChildPresenter =>
      new ChildPresenter({
        spawn: () => spawn(env),
        clock: systemClock,
        log: { warn: () => undefined },
      });

    beforeEach(async () => {
      desktop = await startDesktop();
    });
    afterEach(() => {
      presenter.stop();
      desktop.stop();
    });

    it('shows a popup, replaces it by id, and hears its default action and buttons', async () => {
      await desktop.startDunst();
      presenter = present(desktop.env);
      const actions: string[] = [];
      presenter.onAction((id, action) => actions.push(`${id} ${action}`));
      await presenter.show(popup('a'));
      await presenter.show(popup('a', { title: 'Alarm a again' }));
      expect(JSON.parse(countOf(desktop))).toBe(1);
      expect(presenter.problem).toBeNull();
      desktop.dunstctl('action', '0');
      await expect.poll(() => actions).toContain('a open');
    });

    it('sends markup as text and survives NUL, ANSI, bidi and a megabyte', async () => {
      await desktop.startDunst();
      presenter = present(desktop.env);
      await presenter.show(popup('x', { body: '<img src="http://127.0.0.1:1/x"><b>hi</b> & co' }));
      await presenter.show(popup('y', { title: 'a\0b\u001b[31mred\u202egnp', body: '\ud800' }));
      await presenter.show(popup('z', { title: 'x'.repeat(1e6), body: 'y'.repeat(1e6) }));
      desktop.dunstctl('close-all');
      const history = desktop.dunstctl('history');
      expect(history).toContain('Alarm x');
      expect(history).not.toContain('<img');
      expect(history).not.toContain('\u202e');
      expect(presenter.problem).toBeNull();
    });

    it('rejects at once when no daemon is there, and recovers when one comes', async () => {
      presenter = present(desktop.env);
      const startedAt = performance.now();
      await expect(presenter.show(popup('a'))).rejects.toThrow('No notification service');
      expect(performance.now() - startedAt).toBeLessThan(3_000);
      expect(presenter.problem).toContain('No notification service');
      await desktop.startDunst();
      await expect.poll(() => presenter.problem, { timeout: 5_000 }).toBeNull();
      await presenter.show(popup('a'));
    });

    it('rejects within 3 s while the daemon is stopped, never blocks, and recovers', async () => {
      const dunst = await desktop.startDunst();
      presenter = present(desktop.env);
      await presenter.show(popup('a'));
      dunst.kill('SIGSTOP');
      const startedAt = performance.now();
      const pause = await longestPause(() =>
        expect(Promise.all([1, 2, 3].map((n) => presenter.show(popup(`h${n}`))))).rejects.toThrow(),
      );
      const rejectedAfter = performance.now() - startedAt;
      expect(rejectedAfter).toBeLessThan(3_000);
      expect(pause).toBeLessThan(50);
      expect(presenter.problem).toContain('do not answer');
      dunst.kill('SIGCONT');
      await expect.poll(() => presenter.problem, { timeout: 5_000 }).toBeNull();
      await presenter.show(popup('b'));
      console.log(
        `R3: hung daemon refused after ${rejectedAfter.toFixed(0)} ms, loop lag ${pause.toFixed(1)} ms`,
      );
    });

    it('goes on with the next daemon when one is replaced', async () => {
      const first = await desktop.startDunst();
      presenter = present(desktop.env);
      await presenter.show(popup('a'));
      first.kill('SIGKILL');
      await expect.poll(() => presenter.problem, { timeout: 3_000 }).not.toBeNull();
      await desktop.startDunst();
      await expect.poll(() => presenter.problem, { timeout: 5_000 }).toBeNull();
      await presenter.show(popup('a'));
      expect(JSON.parse(countOf(desktop))).toBe(1);
    });

    it('replaces a child that dies', async () => {
      await desktop.startDunst();
      presenter = present(desktop.env);
      await presenter.show(popup('a'));
      children.at(-1)?.kill('SIGKILL');
      await expect.poll(() => presenter.problem).not.toBeNull();
      await expect.poll(() => presenter.problem, { timeout: 5_000 }).toBeNull();
      await presenter.show(popup('b'));
    });

    it('says so where there is no session bus at all', async () => {
      presenter = present({ PATH: desktop.env['PATH'], XDG_RUNTIME_DIR: '/nonexistent' });
      await expect(presenter.show(popup('a'))).rejects.toThrow('no session bus');
    });
  },
);

/** Popups on screen. */
const countOf = (desktop: Desktop): string => desktop.dunstctl('count', 'displayed').trim();
