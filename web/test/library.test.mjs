// The library of the studio in a browser: searching, sheets, a lesson whose exercise is played and answered, the workbook,
// gear and a release; by address, by keyboard, in both themes and at every width. Run by CTest as journey.test.mjs is.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { chromium } from 'playwright-core';

const { LACQUER, LACQUER_SONG, CHROMIUM = '/usr/bin/chromium' } = process.env;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const kArguments = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--autoplay-policy=no-user-gesture-required', '--mute-audio'];

let browser, data, server, url, home, release;
before(async () => {
  data = mkdtempSync(join(tmpdir(), 'lacquer-library-'));
  server = spawn(LACQUER, ['studio', '--no-browser'], { env: { ...process.env, LACQUER_DATA: data } });
  let text = '';
  url = await new Promise((resolve, reject) => {
    server.stdout.on('data', (bytes) => {
      const found = /http:\/\/\S+/.exec((text += bytes));
      if (found) resolve(found[0]);
    });
    server.on('exit', () => reject(new Error(`the studio ended: ${text}`)));
  });
  home = `${new URL(url).origin}/`;
  browser = await chromium.launch({ executablePath: CHROMIUM, args: kArguments });
});
after(async () => {
  await browser?.close();
  if (server && server.exitCode === null) {
    const ended = new Promise((resolve) => server.on('exit', resolve));
    server.kill('SIGTERM');
    await ended;
  }
  rmSync(data, { recursive: true, force: true });
});

async function newPage(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.problems = [];
  page.on('pageerror', (error) => page.problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && page.problems.push(message.text()));
  await page.goto(url);
  return page;
}
const visit = async (page, to, text) => {
  await page.evaluate((hash) => (location.hash = hash), `#/${to}`);
  await page.getByRole('heading', { name: text }).first().waitFor();
};

describe('the library', () => {
  it('finds, narrows, says which filter to take away, and goes back', async () => {
    const page = await newPage();
    await page.getByRole('button', { name: 'Library' }).click();
    await page.getByLabel('Search the library').fill('boxy');
    await page.getByRole('heading', { name: /\d+ found/ }).waitFor();
    await page.getByLabel('Kind').selectOption('platform');
    await page.getByRole('button', { name: 'Remove kind: Platform' }).click();
    await page.getByLabel('Kind').selectOption('term');
    await page.getByRole('link', { name: 'boxy' }).first().click();
    await page.getByRole('heading', { name: 'Boxy' }).waitFor();
    await page.getByText('Too much').waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: /\d+ found/ }).waitFor();
    assert.equal(await page.getByLabel('Search the library').inputValue(), 'boxy');
    assert.equal(await page.getByLabel('Kind').inputValue(), 'term');
    // An address leads to the page itself.
    await page.goto(`${home}#/library/pages/stage-limiting`);
    await page.reload();
    await page.getByRole('heading', { name: 'Limiting' }).waitFor();
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });

  it('plays an exercise on a song, tells nothing before the last answer, and scores it', async () => {
    const page = await newPage();
    await page.setInputFiles('input[type=file]', LACQUER_SONG);
    await page.locator('button.step').first().waitFor();
    await visit(page, 'lessons/13', 'Do it');
    await page.getByText('1. song.wav').waitFor();
    const told = [];
    page.on('response', async (response) => response.url().endsWith('/exercise') && told.push(await response.text().catch(() => '')));
    await page.getByRole('button', { name: 'Prepare the exercise' }).click();
    await page.getByRole('heading', { name: /Step 1 of/ }).waitFor();
    const count = Number(/of (\d+)/.exec(await page.getByRole('heading', { name: /Step 1 of/ }).innerText())[1]);
    // Sounds by digits, the other one takes over; a trial is a letter and says no more.
    await page.keyboard.press('1');
    await page.locator('.sounds [aria-pressed=true]').waitFor();
    await page.keyboard.press('2');
    await page.locator('.sounds [aria-pressed=true]', { hasText: 'X' }).waitFor();
    await page.keyboard.press('s');
    assert.equal(await page.getByRole('button', { name: 'Next' }).isDisabled(), true);
    for (let i = 0; i < count; i++) {
      await page.locator('.chips input[type=radio]').first().check();
      if (i < count - 1) await page.getByRole('button', { name: 'Next' }).click();
    }
    assert.doesNotMatch(told.join(''), /seed|hidden|sealed/);
    await page.getByRole('button', { name: 'Score it' }).click();
    await page.getByText(/guessing does as well in/).waitFor();
    await page.getByRole('button', { name: 'Another round' }).waitFor();
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });

  it('keeps answers, the first and the newest side by side', async () => {
    const page = await newPage();
    await visit(page, 'lessons/1', 'For the workbook');
    const box = page.locator('section[aria-labelledby=write] textarea').first();
    for (const text of ['<b>first</b>', 'second']) {
      await box.fill(text);
      await page.locator('section[aria-labelledby=write] button', { hasText: 'Keep' }).first().click();
      await page.getByText('Kept in the workbook.').waitFor();
    }
    await page.getByText('<b>first</b>', { exact: true }).waitFor();
    await visit(page, 'workbook', 'Workbook');
    await page.getByText('<b>first</b>', { exact: true }).waitFor();
    await page.getByLabel('A note').fill('the room rings at 120 Hz');
    await page.getByRole('button', { name: 'Keep the note' }).click();
    await page.getByText('the room rings at 120 Hz').waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Export as JSON' }).click()]);
    const file = await download.path();
    const importer = page.locator('input[accept*=".json"]');
    await importer.setInputFiles({ name: 'w.json', mimeType: 'application/json', buffer: Buffer.from(readFileSync(file, 'utf8').replace('120 Hz', '121 Hz')) });
    await page.getByRole('alert').filter({ hasText: 'Nothing was imported' }).waitFor();
    await importer.setInputFiles({ name: 'w.json', mimeType: 'application/json', buffer: readFileSync(file) });
    await page.getByText('Nothing in it is new.').waitFor();
    // The refusal is logged by the browser as a failed request, and nothing else is.
    assert.deepEqual(page.problems.filter((one) => !/status of 400/.test(one)), []);
    await page.context().close();
  });

  it('shows a sheet blank and with the song on it', async () => {
    const page = await newPage();
    await page.getByRole('button', { name: 'Library' }).click();
    await page.getByRole('link', { name: 'Sheets' }).click();
    await page.getByRole('link', { name: 'The diagnostic pass' }).or(page.locator('a[href="#/sheets/diagnostic"]')).first().click();
    const picture = page.locator('.pages img').first();
    await picture.waitFor();
    await page.getByLabel('On the sheet').selectOption({ label: 'song.wav' });
    await page.locator('.pages img[src*="/api/songs/"]').first().waitFor();
    for (const image of await page.locator('.pages img').all()) await image.evaluate((one) => one.decode());
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });

  it('weighs a purchase and puts the day into a calendar', async () => {
    const page = await newPage();
    await visit(page, 'gear', 'Before you buy gear');
    await page.getByLabel('What do you want?').fill('bus compressor');
    await page.getByLabel('It stays if').fill('the chorus lifts');
    await page.keyboard.press('Enter'); // a line in a text box, no more
    await page.getByRole('button', { name: 'Weigh it' }).click();
    await page.getByText('From your own checks').waitFor();
    await page.getByRole('button', { name: 'Keep the decision' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Put the day into a calendar' }).click()]);
    assert.match(readFileSync(await download.path(), 'utf8'), /BEGIN:VEVENT/);
    await page.getByRole('button', { name: 'Dropped' }).click();
    await page.getByText('Dropped ·').waitFor();
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });

  it('checks a release from the files that were handed over', async () => {
    const page = await newPage();
    await visit(page, 'releases', 'Release');
    await page.getByText('13,000 of receipts').first().waitFor();
    await page.getByRole('button', { name: 'Prepare a release' }).click();
    await page.locator('.drop input[type=file]').first().setInputFiles(LACQUER_SONG);
    await page.getByText('song.wav').waitFor();
    await page.getByRole('button', { name: 'Write one to fill in' }).click();
    await page.locator('textarea.toml').waitFor();
    await page.getByRole('button', { name: 'Check the release' }).click();
    await page.getByRole('heading', { name: /^Not ready/ }).waitFor();
    await page.getByRole('link', { name: 'The page to sign, as PDF' }).waitFor();
    release = new URL(page.url()).hash.slice(2);
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });

  it('comes back to the song by the way back', async () => {
    const page = await newPage();
    await page.getByRole('button', { name: 'song.wav' }).first().click();
    await page.locator('button.step').first().waitFor();
    await page.getByRole('button', { name: 'Library' }).click();
    await page.getByRole('heading', { name: 'Sheets to print' }).waitFor();
    await page.goBack();
    await page.locator('button.step').first().waitFor();
    await page.reload();
    await page.locator('button.step').first().waitFor();
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });
});

describe('for everybody', () => {
  const views = () => [['library', 'Sheets to print'], ['library?q=boxy', /found/], ['library?q=boxy&kind=platform', 'Nothing found'], ['library/pages/term-boxy', 'Boxy'], ['lessons', 'The Core Track'], ['lessons/13', 'Do it'], ['lessons/17', 'Do it'], ['sheets', 'Sheets'], ['sheets/gear', 'Before you buy gear'], ['workbook', 'Notes'], ['gear', 'Before you buy gear'], ['releases', 'When an advance'], [release, /^Not ready/]];

  for (const theme of ['light', 'dark'])
    it(`has no axe violation, ${theme}`, async () => {
      const page = await newPage({ colorScheme: theme, bypassCSP: true });
      for (const [to, text] of views()) {
        await visit(page, to, text);
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
        assert.deepEqual(violations.map((one) => `${to}: ${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).slice(0, 3)}`), []);
      }
      await page.context().close();
    });

  it('fits every window from 360 pixels on', async () => {
    const page = await newPage({ viewport: { width: 360, height: 800 } });
    for (const [to, text] of views()) {
      await visit(page, to, text);
      for (const width of [360, 768, 2560, 3840]) {
        await page.setViewportSize({ width, height: 800 });
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(over <= 0, `${to} is ${over} pixels too wide in ${width}`);
      }
    }
    await page.context().close();
  });
});
