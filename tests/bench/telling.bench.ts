import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DemoAws, startDemo } from '../../src/demo';
import { type DesktopSession, startDesktopSession } from '../support/desktop-session';
import { freshFolder, launchNightdesk } from '../support/electron-app';
import { monitorPopups } from '../support/popup-monitor';
import { benchConnection, writeSettings } from './console-folder';
import { quantile, quick, report, round } from './report';

const REGION = 'us-east-1';
let demo: DemoAws;
let desktop: DesktopSession;

beforeAll(async () => {
  demo = await startDemo({ evaluateEveryMs: Infinity, fleet: { alarms: 200 } });
  desktop = await startDesktopSession();
  await desktop.startDaemon();
});
afterAll(async () => {
  await desktop.close();
  await demo.stop();
});

/** When the newest of these calls reached the endpoint before `at`; its answer left a little later. */
function lastAsked(operation: string, at: number): number {
  const call = demo.requests.entries.findLast(
    (entry) => entry.operation === operation && entry.at <= at,
  );
  if (!call) throw new Error(`no ${operation} before the popup`);
  return call.at;
}

/** More than four popups in 20 s are grouped on purpose: that would be measured instead. */
const APART_MS = 5_200;

/** Fires alarms one after the other and returns the time from `start` to each popup, ms. */
async function timesToPopup(push: boolean, start: (setAt: number, popupAt: number) => number) {
  const userDataDir = freshFolder('nightdesk-bench').path;
  const pushQueueUrl = push ? demo.queueUrl(REGION) : null;
  writeSettings(userDataDir, {
    pollIntervalMs: 10_000,
    connections: [benchConnection(demo.endpoint, { pushQueueUrl })],
  });
  const names = [...demo.world.region('111122223333', REGION).alarms.keys()];
  // Alarms of its own for each figure: what an earlier one did is told again from history.
  const mine = names.slice(push ? 100 : 0, push ? 200 : 100);
  for (const name of mine) demo.setAlarmState(REGION, name, { state: 'OK' });
  const monitor = await monitorPopups(desktop.busAddress);
  const launched = await launchNightdesk({ userDataDir, env: desktop.env });
  const times: number[] = [];
  // What fired before this start has been told by now, and the window of a burst is empty again.
  if (push) await new Promise((wake) => setTimeout(wake, 4 * APART_MS));
  for (const name of mine.slice(0, quick ? 4 : 30)) {
    const setAt = Date.now();
    demo.setAlarmState(REGION, name, { state: 'ALARM' });
    const popup = await monitor.waitFor(
      ({ summary, body, at }) => at >= setAt && `${summary} ${body}`.includes(name),
      25_000,
    );
    times.push(start(setAt, popup.at));
    if (push) await new Promise((wake) => setTimeout(wake, APART_MS));
  }
  await launched.kill();
  monitor.close();
  return times;
}

it('F4 from the answer to the popup', async () => {
  const times = await timesToPopup(false, (_, at) => at - lastAsked('DescribeAlarms', at));
  expect(times.length).toBeGreaterThan(0);
  report({
    name: 'F4 answer → popup, p99',
    value: round(quantile(times, 0.99), 0),
    goal: 1000,
    unit: 'ms',
    detail: `${times.length} popups, median ${round(quantile(times, 0.5), 0)} ms`,
  });
});

it('F4 from the change to the popup, pushed', async () => {
  const times = await timesToPopup(true, (setAt, at) => at - setAt);
  report({
    name: 'F4 pushed change → popup, p99',
    value: round(quantile(times, 0.99), 0),
    goal: 2000,
    unit: 'ms',
    detail: `${times.length} popups, median ${round(quantile(times, 0.5), 0)} ms`,
  });
});
