/** S7 in log lines: whatever a line holds, it is text in grid, detail, fields, patterns and tables, and copied byte by byte. */
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { demoKeys, startDemo } from '../../src/demo/index';
import { connectProfile } from './fixtures/console';
import { hostileTexts as payloads } from './fixtures/hostile';
import { expect, test } from './fixtures/index';
import { goTo } from './fixtures/keys';

const GROUP = '/hostile/lines';
/** Colours, a link of a terminal, controls that a terminal would obey, NUL, and text turned round. */
const terminal =
  '\u001b[31mred\u001b[0m \u001b]8;;https://evil.example/\u0007click\u001b]8;;\u0007 \u001b[2J \u0000 \u202Egnp.exe';

test('100 hostile texts as log lines stay text (S7)', async ({ launch, folder }) => {
  test.setTimeout(180_000);
  const aws = await startDemo({ evaluateEveryMs: Infinity, systems: [] });
  const client = new CloudWatchLogsClient({
    endpoint: aws.endpoint,
    region: 'us-west-1',
    credentials: demoKeys.both,
    disableHostPrefix: true,
  });
  const stream = { logGroupName: GROUP, logStreamName: 'one' };
  await client.send(new CreateLogGroupCommand({ logGroupName: GROUP }));
  await client.send(new CreateLogStreamCommand(stream));
  const now = aws.now();
  const lines = [
    ...payloads,
    ...payloads.map((payload) =>
      JSON.stringify({ level: 'error', message: payload, [payload.slice(0, 40)]: payload }),
    ),
    terminal,
  ];
  await client.send(
    new PutLogEventsCommand({
      ...stream,
      logEvents: lines.map((message, at) => ({ message, timestamp: now - 60_000 + at })),
    }),
  );
  connectProfile(folder, demoKeys.both, { regions: ['us-west-1'], endpoint: aws.endpoint });
  const { app, page, output } = await launch({ userDataDir: folder });
  const left: string[] = [];
  page.on('request', (request) => {
    if (!/^(nightdesk-app|data|blob):/.test(request.url())) left.push(request.url());
  });
  const stillText = async (): Promise<void> => {
    expect(await page.evaluate(() => Reflect.has(globalThis, '__ran'))).toBe(false);
    expect(await page.locator('img[src="x"], iframe, a[href^="javascript"]').count()).toBe(0);
    expect(left).toEqual([]);
    // What would turn text round or hide it is shown by its code.
    expect(await page.locator('main').innerText()).not.toMatch(
      /[\u202A-\u202E\u2066-\u2069\u0000]/,
    );
  };

  await goTo(page, 'l');
  await page.getByRole('checkbox', { name: GROUP, exact: true }).check();
  await page.getByRole('search').getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page.getByText(`${lines.length} events found`)).toBeVisible();
  const grid = page.getByRole('grid', { name: 'Log events' });
  await grid.focus();
  const detail = page.getByRole('complementary', { name: 'The selected line' });
  for (let at = 0; at < lines.length; at += 1) {
    await page.keyboard.press('ArrowDown');
    if (at % 20 === 0) await expect(detail).toBeVisible();
  }
  await stillText();
  await page.getByRole('button', { name: 'Wrap lines' }).click();
  await page.getByRole('button', { name: 'Raw lines' }).click();
  await stillText();

  // Newest first: the line for the terminal stands on top, and is copied as it came.
  await grid.focus();
  await page.keyboard.press('Home');
  await expect(detail).toContainText('red');
  await page.keyboard.press('c');
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe(terminal);
  await stillText();

  await page.getByRole('button', { name: 'Patterns', exact: true }).click();
  await expect(page.getByText(/\d patterns? in/)).toBeVisible();
  await stillText();

  await page.getByRole('button', { name: 'Insights', exact: true }).click();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByText(/records matched/)).toBeVisible({ timeout: 30_000 });
  await stillText();
  expect(output()).not.toMatch(/evil\.example|__ran/);
  await aws.stop();
});
