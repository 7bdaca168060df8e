// Every request the pages make. A failure is an Error with the server's own sentence.
import type { Check, Codecs, Facts, Job, Master, Notes, Plan, Platforms, Song, SongHistory, Systems } from './types';

export interface Documents {
  check: Check;
  plan: Plan;
  draft: Plan;
  platforms: Platforms;
  systems: Systems;
  codecs: Codecs;
  notes: Notes;
}

export interface SongWithJobs extends Song {
  jobs: Job[];
}

async function answer(response: Response): Promise<Response> {
  if (response.ok) return response;
  let message = `the studio answered ${response.status}; load the page again`;
  try {
    const body: unknown = await response.json();
    if (body && typeof body === 'object' && 'error' in body) message = String(body.error);
  } catch {
    // not JSON: the message above has to do
  }
  throw new Error(message);
}

export async function json<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await answer(await fetch(path, init));
  return (await response.json()) as T;
}

const body = (value: unknown): RequestInit => ({
  body: JSON.stringify(value),
  headers: { 'Content-Type': 'application/json' },
});

export const send = <T>(method: string, path: string, value?: unknown): Promise<T> =>
  json(path, { method, ...(value === undefined ? {} : body(value)) });
// A file as it is.
export const sendFile = <T>(path: string, file: Blob, method = 'POST'): Promise<T> =>
  json(path, { method, body: file, headers: { 'Content-Type': 'application/octet-stream' } });

export const facts = (): Promise<Facts> => json('/api/facts');
export const songs = (): Promise<{ songs: Song[] }> => json('/api/songs');
export const song = (id: string): Promise<SongWithJobs> => json(`/api/songs/${id}`);
export const demo = (): Promise<SongWithJobs> => json('/api/demo', { method: 'POST' });
export const removeSong = (id: string): Promise<unknown> => json(`/api/songs/${id}`, { method: 'DELETE' });
export const cancel = (job: number): Promise<unknown> => json(`/api/jobs/${job}`, { method: 'DELETE' });
export const run = (id: string, command: string, options: object): Promise<{ job: number }> =>
  json(`/api/songs/${id}/run/${command}`, { method: 'POST', ...body(options) });
export const keep = <K extends 'notes' | 'draft'>(id: string, name: K, value: Documents[K]): Promise<unknown> =>
  json(`/api/songs/${id}/documents/${name}`, { method: 'PUT', ...body(value) });
export const document = <K extends keyof Documents>(id: string, name: K): Promise<Documents[K]> =>
  json(`/api/songs/${id}/documents/${name}`);
export const master = (id: string, number: string): Promise<Master> =>
  json(`/api/songs/${id}/masters/${number}/result`);
export const masterFile = (id: string, number: string, file: 'audio' | 'report' | 'paper' | 'plan'): string =>
  `/api/songs/${id}/masters/${number}/${file}`;
export const ask = <T>(path: string): Promise<T> => json(path);

export const history = (id: string): Promise<SongHistory> => json(`/api/songs/${id}/history`);
export const removeReference = (id: string, number: string): Promise<SongWithJobs> =>
  json(`/api/songs/${id}/references/${number}`, { method: 'DELETE' });
// The plan as the TOML file that the command line reads, and back; what is wrong with a file is told by line and key.
export const planFile = async (plan: Plan): Promise<Blob> =>
  (await answer(await fetch('/api/plan/write', { method: 'POST', ...body(plan) }))).blob();
export const readPlan = (file: Blob): Promise<Plan> =>
  json('/api/plan/read', { method: 'POST', body: file, headers: { 'Content-Type': 'application/toml' } });

export const newSong = (file: File, versionOf = ''): string =>
  `/api/songs?name=${encodeURIComponent(file.name)}&version_of=${versionOf}`;
export const newReference = (file: File, id: string): string =>
  `/api/songs/${id}/references?name=${encodeURIComponent(file.name)}`;

// A song goes up as it is; fetch() tells no progress, so the older request does it.
export const kMostSongBytes = 6 * 2 ** 30;
export function upload(path: string, file: File, onProgress: (done: number) => void, signal: AbortSignal): Promise<SongWithJobs> {
  // The server would refuse it unread, and the browser would only see a broken connection.
  if (file.size > kMostSongBytes) return Promise.reject(new Error(`${file.name} is larger than 6 GiB; cut it into parts`));
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.responseType = 'json';
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = (event) => onProgress(event.lengthComputable ? event.loaded / event.total : 0);
    request.onload = () => {
      if (request.status === 201) resolve(request.response as SongWithJobs);
      else reject(new Error(String((request.response as { error?: string } | null)?.error ?? 'the file did not arrive; try again')));
    };
    request.onerror = () => reject(new Error('the studio does not answer; is it still running?'));
    request.onabort = () => reject(new DOMException('cancelled', 'AbortError'));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

export interface OverviewColumns {
  duration_s: number; // of the song, as far as it is known
  low: Float32Array;
  high: Float32Array;
  rms: Float32Array;
}

export async function overview(id: string, from_s: number, to_s: number, columns: number, signal?: AbortSignal): Promise<OverviewColumns> {
  const query = `from=${from_s}&to=${to_s}&columns=${columns}`;
  const response = await answer(await fetch(`/api/songs/${id}/overview?${query}`, signal ? { signal } : undefined));
  const values = new Int16Array(await response.arrayBuffer());
  const count = values.length / 3;
  const low = new Float32Array(count), high = new Float32Array(count), rms = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    low[i] = values[3 * i]! / 32767;
    high[i] = values[3 * i + 1]! / 32767;
    rms[i] = values[3 * i + 2]! / 32767;
  }
  return { duration_s: Number(response.headers.get('X-Duration-S') ?? 0), low, high, rms };
}

// Integrated so far and short-term loudness in LUFS for every whole second, while the song is read and after.
export interface LoudnessSoFar {
  integrated: Float32Array;
  short_term: Float32Array;
}
export async function loudness(id: string): Promise<LoudnessSoFar> {
  const bytes = await (await answer(await fetch(`/api/songs/${id}/loudness`))).arrayBuffer();
  const values = new Float32Array(bytes, 0, 2 * Math.floor(bytes.byteLength / 8));
  const pick = (first: number): Float32Array => values.filter((_, i) => i % 2 === first);
  return { integrated: pick(0), short_term: pick(1) };
}

// How the mix, or its master, is heard.
export type Way =
  | { way: 'whole' | 'mono' | 'mid' | 'side' | 'left' | 'right' }
  | { way: 'band'; low_hz: number; high_hz: number }
  | { way: 'system' | 'codec' | 'platform'; name: string };
// What else there is to hear in its stead.
export type Other = { way: 'removed' } | { way: 'reference' | 'version'; name: string };

export interface Passage {
  wav: ArrayBuffer;
  gain_db: number;
  short_of_lu: number;
}

export async function passage(id: string, from_s: number, to_s: number, way: Way | Other, plan: Plan | null, signal?: AbortSignal): Promise<Passage> {
  const init: RequestInit = { method: 'POST', ...body({ from_s, to_s, ...way, plan }) };
  if (signal) init.signal = signal;
  const response = await answer(await fetch(`/api/songs/${id}/passage`, init));
  return {
    wav: await response.arrayBuffer(),
    gain_db: Number(response.headers.get('X-Gain-Db') ?? 0),
    short_of_lu: Number(response.headers.get('X-Short-Of-Lu') ?? 0),
  };
}

// Jobs as they change, for as long as the page lives; the browser connects again by itself.
export function listen(onJob: (job: Job) => void, onState: (connected: boolean) => void): () => void {
  const events = new EventSource('/api/events');
  events.onopen = () => onState(true);
  events.onerror = () => onState(false);
  events.onmessage = (event: MessageEvent<string>) => onJob(JSON.parse(event.data) as Job);
  return () => events.close();
}
