// Where in the pages one is: the part of the address behind "#", so that a page can be linked to, and the browser's own
// way back works. "#/songs/ID", "#/library?q=boxy", "#/lessons/13".
import { open, openSong, studio } from './studio.svelte';

export const kSections = ['library', 'lessons', 'sheets', 'workbook', 'gear', 'releases'] as const;
export type Section = (typeof kSections)[number];

export const route = $state({ at: { section: 'library' as Section, rest: [] as string[], query: '' } });

const isSection = (word: string): word is Section => (kSections as readonly string[]).includes(word);

function read(): void {
  const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const [first = '', ...rest] = path.split('/').map(decodeURIComponent);
  if (isSection(first)) {
    route.at = { section: first, rest, query };
    studio.page = 'library';
  } else if (first === 'songs' && rest[0]) {
    if (open.song?.id === rest[0]) studio.page = 'song';
    else void openSong(rest[0]);
  } else studio.page = 'start';
}

export function go(to: string): void {
  if (location.hash.replace(/^#\/?/, '') !== to) location.hash = `#/${to}`;
}

// The address of what is shown already; without a step for the way back where `quietly`.
export function tell(to: string, quietly = false): void {
  if (location.hash.replace(/^#\/?/, '') === to) return;
  if (quietly) history.replaceState(null, '', `#/${to}`);
  else history.pushState(null, '', `#/${to}`);
}

export function follow(): () => void {
  addEventListener('hashchange', read);
  addEventListener('popstate', read);
  read();
  return () => {
    removeEventListener('hashchange', read);
    removeEventListener('popstate', read);
  };
}
