import { join } from 'node:path';
import { repository } from '../support/electron-app';
import { expect, test } from './fixtures';

const appDir = join(repository, 'tests/bench/bare-app');

test('the Electron in use opens an application folder and shows popups on the session bus', async ({
  launch,
  popups,
}) => {
  const { app, page } = await launch({ appDir });
  await expect(page.getByText('Bare window')).toBeVisible();
  expect(await app.evaluate((electron) => electron.app.getName())).toBe('bare-window');

  const shown = app.evaluate(
    ({ Notification }) =>
      new Promise<string>((done) => {
        const popup = new Notification({ title: 'Hello', body: 'from Electron' });
        popup.on('show', () => done('shown'));
        popup.on('failed', (_event, error) => done(error));
        popup.show();
      }),
  );
  const popup = await popups.waitFor(({ summary }) => summary === 'Hello');
  expect(popup.body).toContain('from Electron');
  expect(await shown).toBe('shown');
});

test('a killed application leaves its folder and starts again', async ({ launch, folder }) => {
  const userDataDir = join(folder, 'data');
  const first = await launch({ appDir, userDataDir });
  await first.kill();
  const second = await launch({ appDir, userDataDir });
  await expect(second.page.getByText('Bare window')).toBeVisible();
});
