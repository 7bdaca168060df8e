// Frequencies on a line of pixels, by octaves. Pure.
export const kLow_hz = 20;
export const kHigh_hz = 20000;

export const hzToX = (hz: number, width: number): number =>
  (Math.log2(Math.min(kHigh_hz, Math.max(kLow_hz, hz)) / kLow_hz) / Math.log2(kHigh_hz / kLow_hz)) * width;

export const xToHz = (x: number, width: number): number =>
  kLow_hz * 2 ** ((Math.min(width, Math.max(0, x)) / Math.max(1, width)) * Math.log2(kHigh_hz / kLow_hz));

export const kTicks_hz = [20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000];

export interface Span {
  low_hz: number;
  high_hz: number;
}

// Rows for ranges so that none overlaps another in its row, fewest rows, the order of `spans` kept. Returns
// the row of each.
export function rowsOf(spans: Span[], gap_octaves: number): number[] {
  const ends: number[] = [];
  return spans.map((span) => {
    const low = Math.log2(span.low_hz), high = Math.log2(span.high_hz);
    let row = ends.findIndex((end) => low >= end + gap_octaves);
    if (row < 0) row = ends.push(-Infinity) - 1;
    ends[row] = high;
    return row;
  });
}

// The points of a curve over frequency as an SVG path; a gap where a value is unknown.
export function path(points: { hz: number; db: number | null }[], width: number, y: (db: number) => number): string {
  let text = '';
  let pen = false;
  for (const { hz, db } of points) {
    if (db === null || !Number.isFinite(db)) {
      pen = false;
      continue;
    }
    text += `${pen ? 'L' : 'M'}${hzToX(hz, width).toFixed(1)},${y(db).toFixed(1)}`;
    pen = true;
  }
  return text;
}
