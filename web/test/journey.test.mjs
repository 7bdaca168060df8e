// The studio in a browser: from a dropped mix to a master, by mouse and by keyboard, and what happens when things go
// wrong. Run by CTest with LACQUER (the program), LACQUER_SONG (a real song) in the environment.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { chromium } from 'playwright-core';

const { LACQUER, LACQUER_SONG, CHROMIUM = '/usr/bin/chromium' } = process.env;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const kArguments = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--autoplay-policy=no-user-gesture-required', '--mute-audio'];
const kPatience = 120_000;

class Studio {
  constructor(data) {
    this.data = data;
  }
  async start(port) {
    const words = ['studio', '--no-browser', ...(port ? ['--port', String(port)] : [])];
    this.process = spawn(LACQUER, words, { env: { ...process.env, LACQUER_DATA: this.data } });
    let text = '';
    this.url = await new Promise((resolve, reject) => {
      this.process.stdout.on('data', (bytes) => {
        text += bytes;
        const found = /http:\/\/\S+/.exec(text);
        if (found) resolve(found[0]);
      });
      this.process.on('exit', () => reject(new Error(`the studio ended: ${text}`)));
    });
    this.port = Number(new URL(this.url).port);
  }
  async stop(how = 'SIGTERM') {
    if (this.process.exitCode !== null) return;
    const ended = new Promise((resolve) => this.process.on('exit', resolve));
    this.process.kill(how);
    await ended;
  }
}

let browser, data, studio;
before(async () => {
  data = mkdtempSync(join(tmpdir(), 'lacquer-studio-'));
  studio = new Studio(data);
  await studio.start();
  browser = await chromium.launch({ executablePath: CHROMIUM, args: kArguments });
});
after(async () => {
  await browser?.close();
  await studio?.stop();
  rmSync(data, { recursive: true, force: true });
});

// A page of its own cookie jar; every request it makes is noted, and what it logs as an error fails the test.
async function newPage(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(kPatience);
  page.requests = [];
  page.problems = [];
  page.on('request', (request) => page.requests.push(request.url()));
  page.on('pageerror', (error) => page.problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && page.problems.push(message.text()));
  await page.goto(studio.url);
  return page;
}
const upload = (page, file) => page.setInputFiles('input[type=file]', file);
const goOn = async (page) => {
  await page.getByRole('button', { name: /Show what was measured|Go on without notes/ }).click();
  await page.getByRole('heading', { name: 'Before you process anything' }).waitFor();
};
const planned = (page) => page.locator('ol.chain > li').nth(6).waitFor();

describe('the journey', () => {
  it('goes from a mix to a master by mouse', async () => {
    const page = await newPage();
    await upload(page, LACQUER_SONG);
    await page.getByLabel('I notice').first().fill('the bass is late');
    await page.getByLabel('At', { exact: true }).first().fill('0:20');
    await goOn(page);
    assert.equal(await page.locator('article').count(), 12);
    await page.getByText('the bass is late').waitFor();
    // A word of the frequency axis plays its range alone.
    await page.locator('button.word').first().click();
    await page.getByText(/to be as loud as the mix/).waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: /3 The chain/ }).click();
    await planned(page);
    assert.equal(await page.locator('ol.chain > li').count(), 7);
    await page.getByRole('button', { name: 'Hear it' }).click();
    await page.getByText(/The master, .* to be as loud as the mix/).waitFor();
    // A changed value is heard without a gap, undone and done again.
    await page.locator("ol.chain > li summary").first().click();
    const slider = page.locator('ol.chain > li').first().locator('input[type=range]').first();
    const original = await slider.inputValue();
    const heard = page.waitForResponse((response) => response.url().endsWith('/passage'));
    await slider.fill('-2');
    await heard;
    await page.getByRole('button', { name: 'Undo' }).click();
    assert.equal(await slider.inputValue(), original);
    await page.getByRole('button', { name: 'Redo' }).click();
    assert.equal(await slider.inputValue(), '-2');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: /6 Render/ }).click();
    await page.getByRole('button', { name: 'Render the master' }).click();
    await page.getByRole('heading', { name: 'Master 1' }).waitFor();
    assert.equal(await page.locator('details[open] tbody tr').count(), 12);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download' }).click()]);
    assert.ok(readFileSync(await download.path()).subarray(0, 4).equals(Buffer.from('RIFF')));
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });

  it('goes the same way by keyboard alone', async () => {
    const page = await newPage();
    await page.getByRole('button', { name: 'song.wav' }).first().focus();
    await page.keyboard.press('Enter');
    await page.locator('button.step').first().waitFor();
    for (const [key, text] of [['2', 'Before you process anything'], ['5', 'Playback systems']]) {
      await page.keyboard.press(key);
      await page.getByRole('heading', { name: text }).waitFor();
    }
    await page.keyboard.press('3');
    await planned(page);
    await page.getByRole('application').focus();
    await page.keyboard.press('+');
    await page.keyboard.press('Enter');
    await page.getByText(/The mix, \d/).waitFor();
    await page.keyboard.press('b');
    await page.getByText(/The master, \d/).waitFor();
    await page.keyboard.press(' ');
    await page.getByRole('button', { name: 'Play the loop' }).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    assert.equal(await page.getByRole('dialog').count(), 0);
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });

  it('asks nobody but the studio', async () => {
    const page = await newPage();
    await page.getByRole('button', { name: 'Library' }).click();
    await page.getByRole('heading', { name: 'Sheets to print' }).waitFor();
    const elsewhere = page.requests.filter((url) => !url.startsWith(`http://127.0.0.1:${studio.port}/`) && !/^(data|blob):/.test(url));
    assert.deepEqual(elsewhere, []);
    await page.context().close();
  });

  it('shows the same song in two tabs', async () => {
    const one = await newPage();
    const two = await one.context().newPage();
    await two.goto(`http://127.0.0.1:${studio.port}/`);
    for (const page of [one, two]) {
      await page.getByRole('button', { name: 'song.wav' }).first().click();
      await page.getByRole('button', { name: /2 The pass/ }).click();
      await page.getByRole('heading', { name: 'Before you process anything' }).waitFor();
    }
    await one.context().close();
  });
});

describe('what goes wrong', () => {
  it('says why a file cannot be read, and goes on', async () => {
    const page = await newPage();
    const broken = join(data, 'broken.wav');
    writeFileSync(broken, 'no audio here, whatever the name says');
    await upload(page, broken);
    await page.getByRole('alert').filter({ hasText: /decode|check/ }).first().waitFor();
    await page.getByRole('button', { name: 'Songs' }).click();
    await page.getByRole('heading', { name: 'Drop a mix here' }).waitFor();
    await page.context().close();
  });

  it('is killed and started again with nothing lost', async () => {
    const page = await newPage();
    await page.getByRole('button', { name: 'song.wav' }).first().click();
    await page.locator('button.step').first().waitFor();
    await studio.stop('SIGKILL');
    await page.getByRole('alert').filter({ hasText: 'does not answer' }).waitFor();
    await studio.start(studio.port);
    const again = await newPage();
    await again.getByRole('button', { name: 'song.wav' }).first().click();
    await again.getByText('song.wav').first().waitFor();
    await again.getByRole('heading', { name: 'Before you process anything' }).waitFor();
    await again.getByRole('button', { name: /6 Render/ }).click();
    await again.getByRole('heading', { name: 'Master 1' }).waitFor();
    await page.context().close();
    await again.context().close();
  });
});

describe('for everybody', () => {
  for (const theme of ['light', 'dark'])
    it(`has no axe violation in any view, ${theme}`, async () => {
      const page = await newPage({ colorScheme: theme, bypassCSP: true });
      const check = async (view) => {
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
        assert.deepEqual(violations.map((one) => `${view}: ${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).slice(0, 3)}`), []);
      };
      await check('start');
      await page.getByRole('button', { name: 'song.wav' }).first().click();
      await page.locator('button.step').first().waitFor();
      for (const [i, wait] of [['1', 'Play the song once'], ['2', 'Before you process anything'], ['3', 'Hear it'], ['4', 'What is left on each platform'], ['5', 'Playback systems'], ['6', 'Master 1']]) {
        await page.keyboard.press(i);
        await page.getByText(wait).first().waitFor();
        await check(`view ${i}`);
      }
      await page.getByRole('button', { name: 'Library' }).click();
      await page.getByRole('heading', { name: 'Sheets to print' }).waitFor();
      await check('library');
      await page.context().close();
    });

  for (const width of [360, 768, 2560])
    it(`fits a window of ${width} pixels`, async () => {
      const page = await newPage({ viewport: { width, height: 800 } });
      await page.getByRole('button', { name: 'song.wav' }).first().click();
      for (const i of ['1', '2', '3', '4', '5', '6']) {
        await page.keyboard.press(i);
        await page.waitForTimeout(200);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(over <= 0, `view ${i} is ${over} pixels too wide`);
      }
      await page.context().close();
    });
});
