// Where times lie on a line of pixels, and which of them to label. Pure.
export interface View {
  from_s: number;
  to_s: number;
}

export const timeToX = (view: View, width: number, time_s: number): number =>
  ((time_s - view.from_s) / (view.to_s - view.from_s)) * width;

export const xToTime = (view: View, width: number, x: number): number =>
  view.from_s + (x / Math.max(1, width)) * (view.to_s - view.from_s);

const kLeast_s = 0.02;

// Keeps a view inside of the song and no narrower than 20 ms.
export function bounded(view: View, duration_s: number): View {
  const length = Math.min(duration_s, Math.max(kLeast_s, view.to_s - view.from_s));
  const from_s = Math.min(Math.max(0, view.from_s), duration_s - length);
  return { from_s, to_s: from_s + length };
}

// Zooms by `factor` (below 1: closer) so that the time under x stays there.
export function zoomed(view: View, width: number, x: number, factor: number, duration_s: number): View {
  const at = xToTime(view, width, x);
  const length = Math.min(duration_s, Math.max(kLeast_s, (view.to_s - view.from_s) * factor));
  const from_s = at - (x / Math.max(1, width)) * length;
  return bounded({ from_s, to_s: from_s + length }, duration_s);
}

// Two fingers moved from one pair of places to another; what was under each stays under it.
export function pinched(view: View, width: number, before: [number, number], after: [number, number], duration_s: number): View {
  const apart = (pair: [number, number]): number => Math.max(10, Math.abs(pair[0] - pair[1]));
  const middle = (pair: [number, number]): number => (pair[0] + pair[1]) / 2;
  const length = (view.to_s - view.from_s) * (apart(before) / apart(after));
  const from_s = xToTime(view, width, middle(before)) - (middle(after) / Math.max(1, width)) * length;
  return bounded({ from_s, to_s: from_s + length }, duration_s);
}

const kSteps_s = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];

// Round times at least `least_px` apart.
export function timeTicks(view: View, width: number, least_px: number): number[] {
  const perPixel = (view.to_s - view.from_s) / Math.max(1, width);
  const step = kSteps_s.find((s) => s / perPixel >= least_px) ?? 7200;
  const ticks: number[] = [];
  for (let k = Math.ceil(view.from_s / step - 1e-9); k * step <= view.to_s + 1e-9; k++) ticks.push(k * step);
  return ticks;
}
