import { describe, expect, it } from 'vitest';
import { clock, number, seconds, signed, withUnit } from '../src/base/format';
import { History } from '../src/base/history';
import { hzToX, path, rowsOf, xToHz } from '../src/draw/frequency';
import { bounded, pinched, timeTicks, timeToX, xToTime, zoomed } from '../src/draw/time';
import { changedLoudness, changedParameter, changedState, shownParameters, startingParameters, taken } from '../src/state/plan';

describe('time on a line', () => {
  const view = { from_s: 30, to_s: 90 };
  it('goes there and back', () => {
    for (const x of [0, 1, 399.5, 800]) expect(timeToX(view, 800, xToTime(view, 800, x))).toBeCloseTo(x, 9);
  });
  it('keeps the time under the pointer when zooming', () => {
    for (const factor of [0.5, 0.9, 1.3]) {
      const next = zoomed(view, 800, 200, factor, 240);
      expect(xToTime(next, 800, 200)).toBeCloseTo(45, 9);
    }
  });
  it('keeps what lies under two fingers under them', () => {
    const next = pinched(view, 800, [200, 400], [100, 500], 240);
    expect(xToTime(next, 800, 100)).toBeCloseTo(xToTime(view, 800, 200), 9);
    expect(xToTime(next, 800, 500)).toBeCloseTo(xToTime(view, 800, 400), 9);
  });
  it('never leaves the song, and never gets narrower than 20 ms', () => {
    expect(bounded({ from_s: -5, to_s: 10 }, 100)).toEqual({ from_s: 0, to_s: 15 });
    expect(bounded({ from_s: 95, to_s: 110 }, 100)).toEqual({ from_s: 85, to_s: 100 });
    expect(bounded({ from_s: 0, to_s: 500 }, 100)).toEqual({ from_s: 0, to_s: 100 });
    let closer = view;
    for (let i = 0; i < 100; i++) closer = zoomed(closer, 800, 400, 0.5, 240);
    expect(closer.to_s - closer.from_s).toBeCloseTo(0.02, 9);
  });
  it('labels round times that have room', () => {
    for (const length of [0.05, 3, 60, 7200]) {
      const shown = { from_s: 1, to_s: 1 + length };
      const ticks = timeTicks(shown, 800, 70);
      expect(ticks.length).toBeGreaterThan(0);
      for (let i = 1; i < ticks.length; i++)
        expect(timeToX(shown, 800, ticks[i]!) - timeToX(shown, 800, ticks[i - 1]!)).toBeGreaterThanOrEqual(69.9);
    }
  });
});

describe('frequency on a line', () => {
  it('gives each octave the same room', () => {
    expect(hzToX(20, 1000)).toBe(0);
    expect(hzToX(20000, 1000)).toBeCloseTo(1000, 9);
    expect(hzToX(800, 1000) - hzToX(400, 1000)).toBeCloseTo(hzToX(200, 1000) - hzToX(100, 1000), 9);
    expect(xToHz(hzToX(440, 1000), 1000)).toBeCloseTo(440, 6);
  });
  it('never lays two ranges over each other in a row', () => {
    const spans = [
      { low_hz: 20, high_hz: 60 },
      { low_hz: 50, high_hz: 200 },
      { low_hz: 100, high_hz: 300 },
      { low_hz: 400, high_hz: 900 },
    ];
    const rows = rowsOf(spans, 0.05);
    for (let a = 0; a < spans.length; a++)
      for (let b = a + 1; b < spans.length; b++)
        if (rows[a] === rows[b]) expect(spans[b]!.low_hz).toBeGreaterThan(spans[a]!.high_hz);
    expect(Math.max(...rows)).toBe(1);
  });
  it('leaves a gap where nothing is known', () => {
    const drawn = path([{ hz: 100, db: 0 }, { hz: 200, db: null }, { hz: 400, db: 0 }], 100, (db) => db);
    expect(drawn.match(/M/g)).toHaveLength(2);
  });
});

describe('what people read', () => {
  it('writes a true minus, a unit, and a dash for the unknown', () => {
    expect(number(-0.04, 1)).toBe('0.0');
    expect(withUnit(-14.04, 1, 'LUFS')).toBe('\u221214.0\u00a0LUFS');
    expect(signed(3.2, 1, 'dB')).toBe('+3.2\u00a0dB');
    expect(signed(0.01, 1, 'dB')).toBe('0.0\u00a0dB');
    expect(withUnit(null, 1, 'dB')).toBe('\u2014');
  });
  it('writes and reads times', () => {
    expect(clock(75.3)).toBe('1:15');
    expect(clock(59.96, true)).toBe('0:59.9');
    expect(clock(3723)).toBe('1:02:03');
    expect(seconds('1:02:03')).toBe(3723);
    expect(seconds('1:15.5')).toBe(75.5);
    expect(seconds('75')).toBe(75);
    expect(seconds('soon')).toBeNull();
  });
});

describe('undo', () => {
  it('goes back without limit and takes a drag as one step', () => {
    const history = new History(0);
    for (let i = 1; i <= 1000; i++) history.push(i);
    history.push(1001, 'drag');
    history.push(1002, 'drag');
    expect(history.undo()).toBe(1000);
    expect(history.redo()).toBe(1002);
    for (let i = 0; i < 2000; i++) history.undo();
    expect(history.present).toBe(0);
    history.push(5);
    expect(history.canRedo).toBe(false);
  });
});

describe('a plan', () => {
  const stage = { stage: 'corrective-eq', tag: 'if-needed', treatment: 'corrective' as const, state: 'on' as const, reason: '', findings: [], trial: null, parameters: { a_db: 1 } };
  const plan = { schema: 1, source: { path: '', sha256: '' }, target: null, loudness_lufs: -12, ceiling_dbtp: -1, why: '', stages: [stage] };
  it('is changed by making another', () => {
    expect(changedParameter(plan, 0, 'a_db', 2).stages[0]!.parameters['a_db']).toBe(2);
    expect(changedState(plan, 0, 'off').stages[0]!.state).toBe('off');
    expect(changedLoudness(plan, -11.26).loudness_lufs).toBe(-11.3);
    expect(plan.stages[0]!.parameters['a_db']).toBe(1);
  });
  it('shows the values it sets', () => {
    const parameter = (id: string) => ({ id, name: id, unit: 'dB', min: 0, max: 1, fallback: 0, sentence: '', choices: [] });
    const facts = { id: 'corrective-eq', title: '', tag: '', parameters: [parameter('a_db'), parameter('b_db')] };
    expect(shownParameters(facts, stage).map((one) => one.id)).toEqual(['a_db']);
  });
  it('begins a stage that was left out with its first band, at rest', () => {
    const parameter = (id: string, choices: string[] = []) => ({ id, name: id, unit: '', min: 0, max: 1, fallback: 0, sentence: '', choices });
    const parameters = [parameter('band_1_shape', ['off', 'bell']), parameter('band_1_gain_db'), parameter('band_2_gain_db'), parameter('match_mid_1_db'), parameter('phase', ['minimum', 'linear'])];
    const begun = startingParameters({ id: 'corrective-eq', title: '', tag: '', parameters });
    expect(begun).toEqual({ band_1_shape: 'bell', band_1_gain_db: 0, phase: 'minimum' });
    expect(taken(changedState(plan, 0, 'off'), 0, begun).stages[0]!.state).toBe('on');
  });
});
