// Every request the pages make. A failure is an Error with the server's own sentence.
import type { Check, Codecs, Facts, Job, Master, Notes, Plan, Platforms, Song, Systems } from './types';

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
export const masterFile = (id: string, number: string, file: 'audio' | 'report' | 'plan'): string =>
  `/api/songs/${id}/masters/${number}/${file}`;
export const ask = <T>(path: string): Promise<T> => json(path);

// A song goes up as it is; fetch() tells no progress, so the older request does it.
export function upload(file: File, onProgress: (done: number) => void, signal: AbortSignal): Promise<SongWithJobs> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/songs?name=${encodeURIComponent(file.name)}`);
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
  return { low, high, rms };
}

export type Way =
  | { way: 'whole' | 'mono' | 'mid' | 'side' | 'left' | 'right' }
  | { way: 'band'; low_hz: number; high_hz: number }
  | { way: 'system'; system: string }
  | { way: 'plan' | 'removed'; plan: Plan };

export interface Passage {
  wav: ArrayBuffer;
  gain_db: number;
  short_of_lu: number;
}

export async function passage(id: string, from_s: number, to_s: number, way: Way, signal?: AbortSignal): Promise<Passage> {
  const init: RequestInit = { method: 'POST', ...body({ from_s, to_s, ...way }) };
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
