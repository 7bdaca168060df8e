// Numbers and times as people read them: a true minus sign, the unit behind a space, an em dash for the unknown.
export const unknown = '\u2014';

export function number(value: number | null | undefined, digits: number): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return unknown;
  const text = value.toFixed(digits);
  const isZero = Number(text) === 0;
  return isZero ? text.replace('-', '') : text.replace('-', '\u2212');
}

export function withUnit(value: number | null | undefined, digits: number, unit: string): string {
  const text = number(value, digits);
  return text === unknown || unit === '' ? text : `${text}\u00a0${unit}`;
}

export function signed(value: number | null | undefined, digits: number, unit: string): string {
  const text = withUnit(value, digits, unit);
  return value !== null && value !== undefined && value > 0 && !/^0(\.0*)?\D/.test(text) ? `+${text}` : text;
}

// 75.3 -> "1:15"; from an hour on "1:02:03".
export function clock(seconds: number, tenths = false): string {
  const whole = Math.max(0, tenths ? Math.floor(seconds * 10) / 10 : Math.floor(seconds));
  const h = Math.floor(whole / 3600), m = Math.floor((whole % 3600) / 60), s = whole % 60;
  const last = tenths ? s.toFixed(1).padStart(4, '0') : String(Math.floor(s)).padStart(2, '0');
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${last}` : `${m}:${last}`;
}

// "1:15", "1:15.5", "75" -> seconds; null for what is no time.
export function seconds(text: string): number | null {
  const match = /^\s*(?:(\d{1,2}):)?(?:(\d{1,3}):)?(\d{1,5}(?:[.,]\d+)?)\s*$/.exec(text);
  if (!match) return null;
  const [, first, second, last] = match;
  const s = Number((last ?? '0').replace(',', '.'));
  if (first !== undefined && second !== undefined) return Number(first) * 3600 + Number(second) * 60 + s;
  return (first !== undefined ? Number(first) : 0) * 60 + s;
}

export function hertz(hz: number): string {
  return hz >= 1000 ? withUnit(hz / 1000, hz % 1000 === 0 ? 0 : 1, 'kHz') : withUnit(hz, 0, 'Hz');
}

export function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let at = 0;
  while (count >= 1000 && at < units.length - 1) {
    count /= 1000;
    at++;
  }
  return `${count.toFixed(at === 0 || count >= 100 ? 0 : 1)}\u00a0${units[at]}`;
}

export const percent = (share: number): string => `${Math.round(share * 100)}\u00a0%`;
