// Zooms into a song's waveform and out again, and tells how long a frame took: node test/zoom.mjs URL FILE
// Beside the time between frames stands the time the page worked for each, which a busy machine changes less.
import { chromium } from 'playwright-core';
const [url, file] = process.argv.slice(2);
const kSteps = 240;
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
page.setDefaultTimeout(1_200_000);
await page.goto(url);
await page.getByLabel('A song to open').setInputFiles(file);
await page.locator('button.step').first().waitFor();
await page.getByRole('button', { name: 'Play', exact: true }).and(page.locator(':enabled')).waitFor();
const tools = await page.context().newCDPSession(page);
await tools.send('Performance.enable');
const worked = async () => {
  const { metrics } = await tools.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
};
const before = await worked();
const frames = await page.evaluate(async (steps) => {
  const waveform = document.querySelector('[role=application]');
  const { width } = waveform.getBoundingClientRect();
  const times = [];
  let last = performance.now();
  for (let i = 0; i < steps; i++) {
    waveform.dispatchEvent(new WheelEvent('wheel', { deltaY: i < steps / 2 ? -60 : 60, clientX: width / 3, bubbles: true, cancelable: true }));
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    times.push(now - last);
    last = now;
  }
  return times.sort((a, b) => a - b);
}, kSteps);
const after = await worked();
const at = (share) => frames[Math.floor(share * (frames.length - 1))].toFixed(1);
console.log(`between frames: median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms, longest ${at(1)} ms`);
for (const name of ['TaskDuration', 'ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration'])
  console.log(`${name} a frame: ${((1000 * (after[name] - before[name])) / kSteps).toFixed(2)} ms`);
await browser.close();
