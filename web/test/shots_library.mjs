// Looks at the studio's library: screenshots of every view, for a person. node test/shots_library.mjs URL OUT [dark] [WIDTH]
import { chromium } from 'playwright-core';
const [url, out, theme = 'light', width = '1280', only = ''] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--mute-audio'] });
const page = await browser.newPage({ viewport: { width: Number(width), height: Number(width) < 600 ? 740 : 900 }, colorScheme: theme === 'dark' ? 'dark' : 'light' });
page.on('console', (m) => m.type() === 'error' && console.log('console', m.text()));
page.on('pageerror', (e) => console.log('pageerror', e.message));
await page.goto(url);
const releases = await page.evaluate(() => fetch('/api/releases').then((r) => r.json()));
const views = { search: 'library', found: 'library?q=loud+on+spotify', nothing: 'library?q=boxy&kind=platform', term: 'library/pages/term-boxy', platform: 'library/pages/platform-spotify', lessons: 'lessons', lesson: 'lessons/13', mono: 'lessons/17', sheets: 'sheets', sheet: 'sheets/gear', workbook: 'workbook', gear: 'gear', releases: 'releases' };
if (releases.releases[0]) views.release = `releases/${releases.releases[0].id}`;
for (const [name, to] of Object.entries(views)) {
  if (only && !only.split(',').includes(name)) continue;
  await page.evaluate((hash) => (location.hash = hash), `#/${to}`);
  await page.waitForTimeout(Number(process.env.WAIT_MS ?? 2500));
  await page.screenshot({ path: `${out}/${name}-${theme}-${width}.png`, fullPage: name !== 'lesson' || Number(width) > 600 });
}
await browser.close();
