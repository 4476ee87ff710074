/**
 * Draws the window in every state, theme and size into screenshots/ and asks axe about each:
 * `node tests/support/renderer-preview/shoot.mjs [state…]`. Needs a Chromium (CHROMIUM, or /usr/bin/chromium).
 */
import { AxeBuilder } from '@axe-core/playwright';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { chromium } from 'playwright';
import { build, preview } from 'vite';

const here = import.meta.dirname;
const out = resolve(here, '../../../screenshots');
const states = process.argv.slice(2);
const shots =
  states.length > 0
    ? states
    : ['night', 'full', 'quiet', 'recovered', 'stale', 'broken', 'empty', 'first-run'];
const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];

mkdirSync(out, { recursive: true });
const config = { configFile: resolve(here, 'vite.config.ts'), logLevel: 'error' };
await build(config);
const server = await preview({ ...config, preview: { port: 0 } });
const address = server.resolvedUrls?.local[0];
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
let serious = 0;

async function shoot(state, theme, size) {
  const context = await browser.newContext({ viewport: size });
  const page = await context.newPage();
  page.on('pageerror', (error) => console.log(`${state}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') console.log(`${state}: ${message.text()}`);
  });
  await page.goto(`${address}?state=${state}&theme=${theme}`);
  await page.waitForSelector('html[data-ready="true"]', { timeout: 60_000 });
  const row = page.locator('[role="grid"] [role="row"][aria-label]').first();
  if ((await row.count()) > 0) await row.click();
  await page.waitForTimeout(600);
  await page.screenshot({ path: resolve(out, `${state}-${theme}-${size.width}.png`) });
  if (size.width === 1280) {
    const { violations } = await new AxeBuilder({ page }).analyze();
    for (const violation of violations) {
      if (violation.impact === 'serious' || violation.impact === 'critical') serious += 1;
      const where = violation.nodes
        .slice(0, 3)
        .map((node) => node.target.join(' '))
        .join(' | ');
      console.log(`axe ${state} ${theme}: ${violation.impact} ${violation.id}: ${where}`);
    }
  }
  await context.close();
}

for (const state of shots) {
  for (const theme of ['dark', 'light']) {
    for (const size of sizes) await shoot(state, theme, size);
  }
}
await browser.close();
await server.close();
console.log(`axe: ${serious} serious`);
process.exitCode = serious === 0 ? 0 : 1;
