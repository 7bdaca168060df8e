// What the pages show: the songs, the one that is open, what works on it, and what the user does with it.
import * as api from '../api/client';
import type { Facts, Job, Master, Notes, Plan, Song, SongHistory, TimeRange } from '../api/types';
import { Player } from '../audio/player';
import { History } from '../base/history';
import type { View } from '../draw/time';
import { bounded } from '../draw/time';

export const kViews = ['listen', 'pass', 'chain', 'loudness', 'playback', 'render'] as const;
export type ViewName = (typeof kViews)[number];
export const kViewTitles: Record<ViewName, string> = {
  listen: 'First listen',
  pass: 'The pass',
  chain: 'The chain',
  loudness: 'Loudness',
  playback: 'Playback',
  render: 'Render',
};

const kLeastLoop_s = 1;
const kMostLoop_s = 30;
const kUsualLoop_s = 12;

// What is heard: the mix, what becomes of it, or another song beside it.
export type Source = 'mix' | 'master' | api.Other;
const kPlain: api.Way = { way: 'whole' };

const running = (job: Job): boolean => job.state === 'queued' || job.state === 'running';

// Everything about the song that is open.
class OpenSong {
  song = $state.raw<Song>()!;
  check = $state.raw<api.Documents['check'] | null>(null);
  platforms = $state.raw<api.Documents['platforms'] | null>(null);
  systems = $state.raw<api.Documents['systems'] | null>(null);
  codecs = $state.raw<api.Documents['codecs'] | null>(null);
  plan = $state.raw<Plan | null>(null); // as the planner made it
  draft = $state.raw<Plan | null>(null); // as the user has it now
  canUndo = $state(false);
  canRedo = $state(false);
  masters = $state.raw<{ number: string; result: Master }[]>([]);
  notes = $state.raw<Notes>({ noticed: [], heard: false, verdicts: {} });
  duration_s = $state(0);
  view = $state.raw<View>({ from_s: 0, to_s: 1 });
  loop = $state.raw<TimeRange | null>(null);
  source = $state.raw<Source>('mix');
  sourceName = $state('The mix');
  way = $state.raw<api.Way>(kPlain);
  wayName = $state('');
  loudness = $state.raw<api.LoudnessSoFar | null>(null); // as far as the song was read
  read = $state(0); // counts up while the song is read and its picture grows
  history = $state.raw<SongHistory | null>(null);
  loading = $state(false); // a passage is on its way
  gain_db = $state(0);
  private drafts: History<Plan> | null = null;

  constructor(song: Song) {
    this.song = song;
  }

  get id(): string {
    return this.song.id;
  }

  setPlan(plan: Plan, draft: Plan): void {
    this.plan = plan;
    if (this.drafts) this.drafts.push(draft);
    else this.drafts = new History(draft);
    this.show();
  }
  changeDraft(next: Plan, gesture: string | null = null): void {
    this.drafts?.push(next, gesture);
    this.show();
    this.keepDraft();
  }
  undo(): void {
    this.drafts?.undo();
    this.show();
    this.keepDraft();
  }
  redo(): void {
    this.drafts?.redo();
    this.show();
    this.keepDraft();
  }
  private show(): void {
    this.draft = this.drafts?.present ?? null;
    this.canUndo = this.drafts?.canUndo ?? false;
    this.canRedo = this.drafts?.canRedo ?? false;
  }
  private timer: ReturnType<typeof setTimeout> | undefined;
  private keepDraft(): void {
    clearTimeout(this.timer);
    const draft = this.draft;
    if (draft) this.timer = setTimeout(() => void api.keep(this.id, 'draft', draft).catch(say), 300);
  }
  keepNotes(notes: Notes): void {
    this.notes = notes;
    void api.keep(this.id, 'notes', notes).catch(say);
  }
}

export const studio = $state({
  songs: [] as Song[],
  facts: null as Facts | null,
  jobs: {} as Record<number, Job>,
  connected: true,
  message: '',
  page: 'start' as 'start' | 'song' | 'library',
  viewName: 'listen' as ViewName,
  playing: false,
  help: false,
});

let current = $state.raw<OpenSong | null>(null);
export const open = {
  get song(): OpenSong | null {
    return current;
  },
};

export const player = new Player(() => (studio.playing = player.playing));

export function say(problem: unknown): void {
  if (problem instanceof DOMException && problem.name === 'AbortError') return;
  studio.message = problem instanceof Error ? problem.message : String(problem);
}

export const jobOf = (song: string, command: string): Job | undefined =>
  Object.values(studio.jobs)
    .filter((job) => job.song === song && job.command === command)
    .at(-1);
export const isRunning = (song: string, command: string): boolean => {
  const job = jobOf(song, command);
  return job !== undefined && running(job);
};

export async function refreshSongs(): Promise<void> {
  try {
    studio.songs = (await api.songs()).songs;
  } catch (problem) {
    say(problem);
  }
}

// Loads what a finished job has left, where it belongs to the song that is open.
async function take(song: OpenSong, command: string): Promise<void> {
  if (command === 'decode') {
    song.song = await api.song(song.id);
    showDuration(song);
    song.loudness = await api.loudness(song.id);
  } else if (command === 'check') {
    song.check = await api.document(song.id, 'check');
    song.history = await api.history(song.id);
  }
  else if (command === 'platforms') song.platforms = await api.document(song.id, 'platforms');
  else if (command === 'systems') song.systems = await api.document(song.id, 'systems');
  else if (command === 'codecs') song.codecs = await api.document(song.id, 'codecs');
  else if (command === 'plan') {
    const plan = await api.document(song.id, 'plan');
    song.setPlan(plan, plan);
    void api.keep(song.id, 'draft', plan).catch(say);
    warm(song);
  } else if (command === 'master') await takeMasters(song);
}

async function takeMasters(song: OpenSong): Promise<void> {
  song.song = await api.song(song.id);
  const results = await Promise.all(
    song.song.masters.map(async (number) => ({ number, result: await api.master(song.id, number) })),
  );
  song.masters = results.sort((a, b) => Number(b.number) - Number(a.number));
}

function showDuration(song: OpenSong): void {
  lengthen(song, song.song.decoded?.duration_s ?? 0);
}

function lengthen(song: OpenSong, length_s: number): void {
  song.read++;
  if (length_s <= 0 || song.duration_s === length_s) return;
  const all = song.view.to_s === song.duration_s || song.duration_s === 0;
  song.duration_s = length_s;
  if (all) song.view = { from_s: 0, to_s: length_s };
}

// While the song is read, its picture and its loudness grow.
let growing = false;
async function grow(song: OpenSong): Promise<void> {
  if (growing || song.song.decoded) return;
  growing = true;
  try {
    const { duration_s } = await api.overview(song.id, 0, 1, 1);
    if (song.song.decoded) return;
    lengthen(song, duration_s);
    song.loudness = await api.loudness(song.id);
  } catch {
    // Not begun yet: the next word of the job asks again.
  } finally {
    growing = false;
  }
}

// The first passage through a plan waits for the level of the whole song; this one is for nobody's ear.
function warm(song: OpenSong): void {
  if (song.draft && song.song.decoded && song.duration_s >= 1)
    api.passage(song.id, 0, 0.5, kPlain, song.draft).catch(() => undefined);
}

export async function openSong(id: string): Promise<void> {
  player.stop();
  try {
    const described = await api.song(id);
    const has = (name: string): boolean => described.documents.includes(name);
    const song = new OpenSong(described);
    if (has('notes')) song.notes = await api.document(id, 'notes');
    // Chosen once: whoever has gone on to another view meanwhile stays there.
    studio.viewName = song.notes.heard ? 'pass' : 'listen';
    current = song;
    described.jobs.forEach(onJob);
    studio.page = 'song';
    showDuration(song);
    if (described.decoded) song.loudness = await api.loudness(id).catch(() => null);
    // A job may have ended after the song was described; what it left is then taken by onJob().
    const ended = (name: string): boolean => jobOf(id, name)?.state === 'done';
    for (const name of ['check', 'platforms', 'systems', 'codecs'] as const) if (has(name)) await take(song, name);
    if (has('plan')) {
      const plan = await api.document(id, 'plan');
      song.setPlan(plan, has('draft') ? await api.document(id, 'draft') : plan);
      warm(song);
    }
    if (described.masters.length > 0) await takeMasters(song);
    // A studio that was stopped in the middle of its work takes it up again.
    for (const [name, there] of [['decode', described.decoded !== null], ['check', has('check')]] as const)
      if (!there && ended(name)) await take(song, name);
      else if (!there && !isRunning(id, name)) await start(song, name, name === 'check' ? judging(song) : {});
    if (has('check')) need(song, 'plan');
  } catch (problem) {
    say(problem);
  }
}

export async function start(song: OpenSong, command: string, options: object = {}): Promise<void> {
  try {
    const { job } = await api.run(song.id, command, options);
    studio.jobs[job] ??= { job, song: song.id, command, state: 'queued', change: 0, doing: '', done: null, error: null };
  } catch (problem) {
    say(problem);
  }
}

export const judging = (song: OpenSong): object => song.notes.judging ?? {};

// What a view needs and nobody asked for yet.
export function need(song: OpenSong, command: 'plan' | 'platforms' | 'systems' | 'codecs'): void {
  const there = command === 'plan' ? song.plan : song[command];
  const job = jobOf(song.id, command);
  if (!there && !job) void start(song, command, judges(command) ? judging(song) : {});
}
const judges = (command: string): boolean => command === 'plan' || command === 'systems' || command === 'check';

// Judges the song again, as what the user says it is or against other records; its plan follows.
export function judgeAgain(song: OpenSong, next: Notes['judging'] = song.notes.judging): void {
  if (next) song.keepNotes({ ...song.notes, judging: next });
  song.systems = null;
  void start(song, 'check', judging(song));
  if (song.plan || isRunning(song.id, 'plan')) planAgain(song);
}
export const planAgain = (song: OpenSong): void => void start(song, 'plan', judging(song));

function onJob(job: Job): void {
  const before = studio.jobs[job.job];
  if (before && before.change > job.change) return; // told in another order than it happened
  studio.jobs[job.job] = job;
  if (current && job.song === current.id && job.command === 'decode' && job.state === 'running' && job.done) void grow(current);
  // Not what had failed before this page was opened.
  const ours = before !== undefined || job.song === current?.id;
  if (job.state === 'failed' && before?.state !== 'failed' && ours) say(`${job.command}: ${job.error ?? 'failed'}`);
  if (current && job.song === current.id && job.state === 'done' && before?.state !== 'done')
    take(current, job.command)
      .then(() => {
        // The plan is made while the user still listens.
        if (job.command === 'check' && current?.id === job.song) need(current, 'plan');
      })
      .catch(say);
}

export function begin(): () => void {
  api.facts().then((facts) => (studio.facts = facts), say);
  void refreshSongs();
  return api.listen(onJob, (connected) => (studio.connected = connected));
}

// --- listening -------------------------------------------------------------------------------------------

let asked: AbortController | null = null;

export function setLoop(song: OpenSong, range: TimeRange): void {
  const middle = (range.from_s + range.to_s) / 2;
  const length = Math.min(song.duration_s, Math.max(kLeastLoop_s, Math.min(kMostLoop_s, range.to_s - range.from_s)));
  const from_s = Math.min(Math.max(0, middle - length / 2), song.duration_s - length);
  song.loop = { from_s, to_s: from_s + length };
}

// A finding may be a moment; a person needs some seconds around it.
export function loopAround(song: OpenSong, range: TimeRange): void {
  const middle = (range.from_s + range.to_s) / 2;
  const half = Math.max(kUsualLoop_s, Math.min(kMostLoop_s, range.to_s - range.from_s)) / 2;
  setLoop(song, { from_s: middle - half, to_s: middle + half });
  showLoop(song);
  void playLoop(song);
}

function showLoop(song: OpenSong): void {
  if (!song.loop) return;
  const { from_s, to_s } = song.view;
  if (song.loop.from_s >= from_s && song.loop.to_s <= to_s) return;
  const length = to_s - from_s, middle = (song.loop.from_s + song.loop.to_s) / 2;
  song.view = bounded({ from_s: middle - length / 2, to_s: middle + length / 2 }, song.duration_s);
}

export async function playLoop(song: OpenSong): Promise<void> {
  if (!song.loop) setLoop(song, { from_s: player.position_s, to_s: player.position_s + kUsualLoop_s });
  const loop = song.loop;
  if (!loop) return;
  asked?.abort();
  const mine = (asked = new AbortController());
  song.loading = true;
  try {
    const passage = await requestPassage(song, loop, mine.signal);
    const buffer = await player.decode(passage.wav);
    if (mine.signal.aborted) return;
    song.gain_db = passage.gain_db;
    player.playLoop(buffer, loop);
  } catch (problem) {
    say(problem);
  } finally {
    if (asked === mine) song.loading = false;
  }
}

function requestPassage(song: OpenSong, loop: TimeRange, signal: AbortSignal): Promise<api.Passage> {
  const { source } = song;
  const through = source === 'mix' || source === 'master' ? song.way : source;
  const plan = source === 'master' || through.way === 'removed' ? song.draft : null;
  return api.passage(song.id, loop.from_s, loop.to_s, through, plan, signal);
}

function heardAnew(song: OpenSong): void {
  if (player.looping || song.source !== 'mix' || song.way.way !== 'whole') void playLoop(song);
}
// Another way of hearing what is heard: the mix, or its master.
export function hear(song: OpenSong, way: api.Way, name: string): void {
  if (song.source !== 'master') setSource(song, 'mix', 'The mix');
  song.way = way;
  song.wayName = name;
  heardAnew(song);
}
// The mix, the master, what was changed, a reference or another version.
export function hearSource(song: OpenSong, source: Source, name: string): void {
  setSource(song, source, name);
  heardAnew(song);
}
function setSource(song: OpenSong, source: Source, name: string): void {
  song.source = source;
  song.sourceName = name;
}

export function toggle(song: OpenSong): void {
  if (player.playing) {
    asked?.abort();
    player.stop();
  } else if (song.loop || song.source !== 'mix' || song.way.way !== 'whole') void playLoop(song);
  else playFrom(song, player.position_s);
}

export function playFrom(song: OpenSong, at_s: number): void {
  if (song.song.decoded) player.playSong(`/api/songs/${song.id}/audio`, Math.min(Math.max(0, at_s), song.duration_s));
}

// Some seconds on or back: of the loop, where there is one.
export function move(song: OpenSong, by_s: number): void {
  if (!song.loop) return playFrom(song, player.position_s + by_s);
  setLoop(song, { from_s: song.loop.from_s + by_s, to_s: song.loop.to_s + by_s });
  showLoop(song);
  void playLoop(song);
}

// The draft changed: what sounds is heard through the new one.
export function draftChanged(song: OpenSong): void {
  const made = song.source === 'master' || (typeof song.source === 'object' && song.source.way === 'removed');
  if (made && player.looping) void playLoop(song);
}

export type { OpenSong };
