// Looks at the studio: screenshots of every view, for a person. node test/shots.mjs URL OUT [dark] [WIDTH]
import { chromium } from 'playwright-core';
const [url, out, theme = 'light', width = '1280'] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const page = await browser.newPage({ viewport: { width: Number(width), height: 900 }, colorScheme: theme === 'dark' ? 'dark' : 'light' });
page.on('console', (m) => console.log('console', m.type(), m.text()));
page.on('pageerror', (e) => console.log('pageerror', e.message));
await page.goto(url);
await page.waitForTimeout(500);
const shot = async (name) => page.screenshot({ path: `${out}/${name}-${theme}-${width}.png`, fullPage: true });
await shot('start');
const song = page.locator('button.title').first();
if (await song.count()) await song.click();
else await page.getByRole('button', { name: 'Try the demo mix' }).click();
await page.waitForSelector('button.step', { timeout: 60000 });
await page.waitForTimeout(6000);
await shot('listen');
await page.getByRole('button', { name: /Show what was measured|Go on without/ }).click().catch(() => undefined);
for (const [i, name] of ['pass', 'chain', 'loudness', 'playback', 'render'].entries()) {
  await page.keyboard.press(String(i + 2));
  await page.waitForTimeout(name === 'chain' ? 25000 : 3000);
  await shot(name);
}
await page.getByRole('button', { name: 'Library' }).click();
await page.waitForTimeout(2500);
await shot('library');
await browser.close();
