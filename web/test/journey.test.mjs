// The studio in a browser: from a dropped mix to a master, by mouse and by keyboard, and what happens when things go
// wrong. Run by CTest with LACQUER (the program), LACQUER_SONG (a real song) in the environment.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { chromium } from 'playwright-core';

const { LACQUER, LACQUER_SONG, CHROMIUM = '/usr/bin/chromium' } = process.env;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const kArguments = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--autoplay-policy=no-user-gesture-required', '--mute-audio'];
const kPatience = 60_000;
const kExcerpt = join(dirname(LACQUER_SONG), 'song-30s.wav'); // half a minute of the song
const kOther = join(dirname(LACQUER_SONG), 'inverted.wav'); // another song, one channel of it upside down
const kPictures = new URL('pictures.json', import.meta.url);
// Each view, and what is there once it has all it shows.
const kViews = [
  ['1', 'Play the song once'],
  ['2', 'Before you process anything'],
  ['3', 'Hear it'],
  ['4', 'What is left on each platform'],
  ['5', 'Playback systems'],
  ['6', 'Master 1'],
];

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
// Ends a page: nobody but the studio was asked for anything, and nothing went wrong unseen.
async function leave(page) {
  const elsewhere = page.requests.filter((url) => !url.startsWith(`http://127.0.0.1:${studio.port}/`) && !/^(data|blob):/.test(url));
  assert.deepEqual(elsewhere, []);
  assert.deepEqual(page.problems, []);
  await page.context().close();
}
const upload = (page, file) => page.getByLabel('A song to open').setInputFiles(file);
const goOn = async (page) => {
  await page.getByRole('button', { name: /Show what was measured|Go on without notes/ }).click();
  await page.getByRole('heading', { name: 'Before you process anything' }).waitFor();
};
const planned = (page) => page.locator('ol.chain > li').nth(6).waitFor();
// A page whose address names a song opens it by itself.
const openSong = async (page) => {
  if (!page.url().includes('#/songs/')) await page.getByRole('button', { name: 'song.wav' }).first().click();
  await page.locator('button.step').first().waitFor();
};
const press = async (page, key, text) => {
  await page.keyboard.press(key);
  await page.getByText(text).first().waitFor();
};
// Nothing is on its way any more.
const settled = async (page) => {
  await page.locator('progress').first().waitFor({ state: 'detached' });
  await page.getByText(/^Preparing/).waitFor({ state: 'detached' });
};
// Asks until it holds: the page itself may run no text as script.
async function until(holds) {
  for (const end = Date.now() + kPatience; !(await holds()); await new Promise((go) => setTimeout(go, 50)))
    if (Date.now() > end) throw new Error(`never came true: ${holds}`);
}

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
    await page.locator('ol.chain > li summary').first().click();
    const slider = page.locator('ol.chain > li').first().locator('input[type=range]').first();
    const original = await slider.inputValue();
    const heard = page.waitForResponse((response) => response.url().endsWith('/passage'));
    await slider.fill('-2');
    await heard;
    await page.getByRole('button', { name: 'Undo' }).click();
    assert.equal(await slider.inputValue(), original);
    await page.getByRole('button', { name: 'Redo' }).click();
    assert.equal(await slider.inputValue(), '-2');
    // The plan is a file; one that is broken is told by line and key, and changes nothing.
    const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save the plan' }).click()]);
    assert.equal(saved.suggestedFilename(), 'song.plan.toml');
    const toml = readFileSync(await saved.path(), 'utf8');
    const file = (text) => ({ name: 'mine.toml', mimeType: 'application/toml', buffer: Buffer.from(text) });
    await page.getByLabel('Load a plan').setInputFiles(file(toml.replace(/ceiling_dbtp = .*/, 'ceiling_dbtp = 40')));
    await page.getByRole('alert').filter({ hasText: /mine\.toml: line \d+: ceiling_dbtp is 40/ }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    assert.equal(await slider.inputValue(), original);
    await page.getByLabel('Load a plan').setInputFiles(file(toml));
    await until(async () => (await slider.inputValue()) === '-2');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: /6 Render/ }).click();
    await page.getByRole('button', { name: 'Render the master' }).click();
    await page.getByRole('heading', { name: 'Master 1' }).waitFor();
    assert.equal(await page.locator('details[open] tbody tr').count(), 12);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download' }).click()]);
    assert.equal(download.suggestedFilename(), 'song master 1.wav');
    assert.ok(readFileSync(await download.path()).subarray(0, 4).equals(Buffer.from('RIFF')));
    const [paper] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Report, PDF' }).click()]);
    assert.ok(readFileSync(await paper.path()).subarray(0, 4).equals(Buffer.from('%PDF')));
    // 400 on the broken plan is what was asked for.
    assert.match(page.problems.join(), /^Failed to load resource: .* 400 [^,]*$/);
    page.problems = [];
    await leave(page);
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
    const status = page.getByRole('status').filter({ hasText: /The (master|mix)/i });
    const before = await status.textContent();
    await page.getByRole('button', { name: 'Mix', exact: true }).focus(); // the waveform keeps arrows to itself
    await page.keyboard.press('ArrowLeft');
    await until(async () => /^The master, \d/.test(await status.textContent()) && (await status.textContent()) !== before);
    await page.getByRole('application').focus();
    await page.keyboard.press(' ');
    await page.getByRole('button', { name: 'Play the loop' }).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    assert.equal(await page.getByRole('dialog').count(), 0);
    await leave(page);
  });

  it('goes by references, through codecs and platforms, and compares versions', async () => {
    const page = await newPage();
    await upload(page, kExcerpt);
    await page.locator('button.step').first().waitFor();
    await press(page, '2', 'Before you process anything');
    await page.getByText(/Judged as/).click();
    await page.getByLabel('A reference to add').setInputFiles(kExcerpt);
    await page.getByText('against 1 of your own records').waitFor();
    await page.keyboard.press('r');
    await page.getByText(/song-30s\.wav, \d.* to be as loud as the mix/).waitFor();
    await page.locator('button:enabled', { hasText: /^Master$/ }).waitFor();
    await page.keyboard.press('b');
    await page.getByText(/The master, \d/).waitFor();
    await press(page, '5', 'Playback systems');
    for (const [button, text] of [['Listen as on YouTube', /The master, YouTube, .* by the platform/], ['Vorbis 96 kbps', /The master, Vorbis 96 kbps, .* as loud as the mix/]]) {
      await page.getByRole('button', { name: button, exact: true }).click();
      await page.getByText(text).waitFor();
    }
    await page.keyboard.press(' ');
    await press(page, '2', 'Before you process anything');
    await page.getByText(/Judged as/).click();
    await page.getByRole('button', { name: /Remove reference/ }).click();
    await page.getByRole('button', { name: 'Reference 1' }).waitFor({ state: 'detached' });
    await page.getByLabel('A new version of this song').setInputFiles(kOther);
    await page.getByRole('heading', { name: 'inverted.wav' }).waitFor();
    await press(page, '2', 'song-30s: version 2 of 2');
    await page.locator('.card', { hasText: 'version 2 of 2' }).getByRole('listitem').first().waitFor();
    await page.getByRole('button', { name: 'song-30s.wav' }).waitFor();
    await leave(page);
  });

  it('shows the same work in two tabs, where either can end it and a reload changes nothing', async () => {
    const one = await newPage();
    const two = await one.context().newPage();
    two.setDefaultTimeout(kPatience);
    await two.goto(`http://127.0.0.1:${studio.port}/`);
    for (const page of [one, two]) {
      await openSong(page);
      await press(page, '5', 'Playback systems');
    }
    await one.getByRole('button', { name: 'Try the codecs' }).click();
    const job = (page) => page.getByRole('progressbar', { name: 'Codecs' });
    // At once, not when the line has come to rest: the work takes seconds.
    await two.locator('.job').filter({ has: job(two) }).getByRole('button', { name: 'Cancel' }).dispatchEvent('click');
    for (const page of [one, two]) await page.getByText('Codecs: cancelled').waitFor();
    await one.getByRole('button', { name: 'Try the codecs' }).click();
    await job(two).waitFor();
    await two.reload();
    await openSong(two);
    await press(two, '5', 'Playback systems');
    for (const page of [one, two]) await page.getByText(/odec decodes it? ?without/).waitFor();
    await leave(one);
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
    await leave(page);
  });

  it('refuses a file that is too large before any of it is sent', async () => {
    const page = await newPage();
    await page.evaluate(() => {
      const file = new File(['x'], 'huge.wav');
      Object.defineProperty(file, 'size', { value: 7 * 2 ** 30 });
      const event = new Event('drop', { bubbles: true, cancelable: true });
      Object.defineProperty(event, 'dataTransfer', { value: { files: [file] } });
      document.querySelector('.drop').dispatchEvent(event);
    });
    await page.getByRole('alert').filter({ hasText: 'huge.wav is larger than 6 GiB' }).waitFor();
    assert.ok(!page.requests.some((url) => url.includes('/api/songs?name=')));
    await leave(page);
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
    await leave(again);
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
      await openSong(page);
      for (const [key, text] of kViews) {
        await press(page, key, text);
        if (key === '2') await page.getByText(/Judged as/).click();
        if (key === '3') for (const values of await page.locator('ol.chain > li summary').all()) await values.click();
        await check(`view ${key}`);
      }
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
      await check('keys');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Library' }).click();
      await page.getByRole('heading', { name: 'Sheets to print' }).waitFor();
      await check('library');
      await page.context().close();
    });

  // Looks like itself: every view as a small grey picture, compared loosely enough for a number to change and not for
  // a card to move. UPDATE_PICTURES=1 takes new ones; look at them (test/shots.mjs) before they are kept.
  const known = existsSync(kPictures) ? JSON.parse(readFileSync(kPictures, 'utf8')) : {};
  const taken = {};
  for (const [width, height] of [[360, 760], [1280, 900], [2560, 1440]])
    it(`looks like itself and fits, ${width} pixels wide`, async () => {
      const page = await newPage({ viewport: { width, height }, colorScheme: 'light' });
      const ruler = await (await browser.newContext()).newPage();
      const look = async (view) => {
        await settled(page);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(over <= 0, `${view} is ${over} pixels too wide`);
        await page.evaluate(() => scrollTo(0, 0));
        const masks = [page.locator('section[aria-labelledby=recent]'), page.locator('.head'), page.locator('canvas')];
        const picture = await ruler.evaluate(shrunk, (await page.screenshot({ mask: masks })).toString('base64'));
        taken[`${view}-${width}`] = Buffer.from(picture).toString('base64');
        const before = Buffer.from(known[`${view}-${width}`] ?? '', 'base64');
        if (process.env['UPDATE_PICTURES']) return;
        assert.equal(picture.length, before.length, `${view} has another shape`);
        const differences = picture.map((grey, i) => Math.abs(grey - before[i]));
        const mean = differences.reduce((sum, one) => sum + one, 0) / differences.length;
        const far = differences.filter((one) => one > 40).length / differences.length;
        assert.ok(mean <= 6 && far <= 0.05, `${view} looks different: ${mean.toFixed(1)} of 255 on average, ${(100 * far).toFixed(1)} % far off`);
      };
      await look('start');
      await openSong(page);
      for (const [key, text] of kViews) {
        await press(page, key, text);
        await look(`view-${key}`);
      }
      await ruler.context().close();
      await leave(page);
    });
  after(() => process.env['UPDATE_PICTURES'] && writeFileSync(kPictures, `${JSON.stringify(taken, null, 1)}\n`));
});

// Run in a page: a PNG as rows of 48 grey values.
async function shrunk(png) {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const high = Math.round((48 * image.height) / image.width);
  const context = new OffscreenCanvas(48, high).getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, 48, high);
  const { data } = context.getImageData(0, 0, 48, high);
  return Array.from({ length: 48 * high }, (_, i) => Math.round((data[4 * i] + data[4 * i + 1] + data[4 * i + 2]) / 3));
}
