/** From a thousand lines to the one that says it: level, time, pattern and filter, by mouse and by keyboard. */
import type { Page } from '@playwright/test';
import type { DemoAws } from '../../src/demo/index';
import { demoKeys, startDemo } from '../../src/demo/index';
import { findings } from './fixtures/accessible';
import { connectProfile } from './fixtures/console';
import { expect, test } from './fixtures/index';
import { goTo } from './fixtures/keys';

const CORE = '/ecs/crm/crm-core';

let aws: DemoAws;
test.beforeEach(async ({ folder }) => {
  aws = await startDemo({ systems: ['crm'], evaluateEveryMs: Infinity });
  connectProfile(folder, demoKeys.crm, { regions: ['us-east-1'], endpoint: aws.endpoint });
});
test.afterEach(() => aws.stop());

/** Answers how many lines were found: the view counts them only after the search has said so. */
async function searchCore(page: Page): Promise<number> {
  await goTo(page, 'l');
  await page.getByText(CORE).first().click();
  await page.getByRole('search').getByRole('button', { name: 'Search', exact: true }).click();
  const sentence = page.getByText(/^[\d,]+ events? found · .*no gaps/);
  await expect(sentence).toBeVisible({ timeout: 30_000 });
  const found = Number((await sentence.innerText()).split(' ')[0]?.replaceAll(',', ''));
  await expect.poll(async () => (await shown(page)).total).toBe(found);
  return found;
}

const filter = (page: Page) => page.getByRole('textbox', { name: 'Filter these lines' });
const side = (page: Page) => page.getByRole('complementary', { name: 'Fields and patterns' });
const time = (page: Page) => page.getByRole('slider', { name: 'Time of the events' });

/** What stands beside the filter: `12 of 3,400 shown`. */
async function shown(page: Page): Promise<{ count: number; total: number }> {
  const text = await page.getByText(/^[\d,]+ (?:of [\d,]+ )?shown$/).innerText();
  const numbers = [...text.matchAll(/[\d,]+/g)].map(([number]) =>
    Number(number.replaceAll(',', '')),
  );
  return { count: numbers[0] ?? NaN, total: numbers[1] ?? numbers[0] ?? NaN };
}

async function expectAccessible(page: Page): Promise<void> {
  expect(await findings(page)).toEqual([]);
}

test('a value, a pattern and a time select as many lines as they say', async ({
  launch,
  folder,
}) => {
  const { page } = await launch({ userDataDir: folder });
  const total = await searchCore(page);

  const levels = side(page).getByRole('button', { name: /^Only level / });
  const counts = async (): Promise<Map<string, number>> => {
    const found = new Map<string, number>();
    for (const button of await levels.all()) {
      const label = (await button.getAttribute('aria-label')) ?? '';
      const [, level = '', count = ''] = /^Only level (\w+), ([\d,]+) line/.exec(label) ?? [];
      found.set(level, Number(count.replaceAll(',', '')));
    }
    return found;
  };
  // Every line of this group has a level.
  await expect
    .poll(async () => [...(await counts()).values()].reduce((sum, count) => sum + count, 0))
    .toBe(total);
  const said = (await counts()).get('warn') ?? NaN;
  const warn = side(page).getByRole('button', { name: /^Only level warn/ });
  await warn.click();
  await expect.poll(async () => (await shown(page)).count).toBe(said);
  await expect(filter(page)).toHaveText('@level:=warn');
  await side(page).getByRole('button', { name: 'Without level warn' }).click();
  await expect.poll(async () => (await shown(page)).count).toBe(total - said);
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await expect.poll(async () => (await shown(page)).count).toBe(total);

  await side(page).getByRole('button', { name: 'Patterns', exact: true }).click();
  const first = side(page).getByRole('listitem').first();
  await expect(side(page).getByText(`in ${total.toLocaleString('en')} lines.`)).toBeVisible({
    timeout: 15_000,
  });
  const lines = Number((await first.locator('b').innerText()).replaceAll(',', ''));
  await expectAccessible(page);
  await first.getByRole('button').first().click();
  await expect.poll(async () => (await shown(page)).count).toBe(lines);
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await expect.poll(async () => (await shown(page)).count).toBe(total);

  const box = await time(page).boundingBox();
  if (box === null) throw new Error('There is no histogram.');
  await page.mouse.move(box.x + box.width * 0.4, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + 20, { steps: 4 });
  await page.mouse.up();
  const narrowed = async (): Promise<boolean> => {
    const { count } = await shown(page);
    return count > 0 && count < total / 2;
  };
  await expect.poll(narrowed).toBe(true);
  await time(page).dblclick();
  await expect.poll(async () => (await shown(page)).count).toBe(total);
});

test('by keyboard: bars, a completed filter, a mistake at its place, filters used before', async ({
  launch,
  folder,
}) => {
  const { page } = await launch({ userDataDir: folder });
  const total = await searchCore(page);

  await time(page).focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Shift+PageUp');
  await expect(time(page)).toHaveAttribute('aria-valuetext', /UTC|\+|−/);
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await shown(page)).count).toBeLessThan(total);
  await time(page).focus();
  await page.keyboard.press('Escape');
  await expect.poll(async () => (await shown(page)).count).toBe(total);
  await page.getByRole('button', { name: 'Events over time, as numbers' }).click();
  await expect(page.getByRole('columnheader', { name: 'Together' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.locator('body').click({ position: { x: 400, y: 4 } });

  await page.keyboard.press('/');
  await expect(filter(page)).toBeFocused();
  await page.keyboard.type('statusC');
  await expect(page.getByRole('option', { name: /^statusCode number/ })).toBeVisible();
  // The list takes no key in its first 75 ms: what is pressed then was meant for the text.
  await page.waitForTimeout(150);
  await page.keyboard.press('Enter');
  const value = page.getByRole('option', { name: /^200 [\d,]+$/ });
  await expect(value).toBeVisible();
  // It says how many lines have it.
  const count = Number(/[\d,]+$/.exec(await value.innerText())?.[0].replaceAll(',', ''));
  await page.waitForTimeout(150);
  await page.keyboard.press('Enter');
  await expect(filter(page)).toHaveText('statusCode:200');
  await expect.poll(async () => (await shown(page)).count).toBe(count);
  expect(count).toBeGreaterThan(0);
  expect(count).toBeLessThan(total);
  await page.keyboard.press('Enter');
  await page.keyboard.insertText(' AND');
  await expect(page.getByText(/The filter before it still applies/)).toBeVisible();
  expect((await shown(page)).count).toBe(count);
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await page.getByRole('button', { name: 'Last filters' }).click();
  await page.getByRole('menuitem', { name: 'statusCode:200', exact: true }).click();
  await expect.poll(async () => (await shown(page)).count).toBe(count);
  await expectAccessible(page);
});
