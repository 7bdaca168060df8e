// Ids as people read them.
const kSpecial: Record<string, string> = {
  item: 'Item of the pass',
  stage: 'Stage',
  term: 'Word for a sound',
  glossary: 'Definition',
  system: 'Playback system',
  check: 'Your check',
  answer: 'Your answer',
  decision: 'Your decision',
  note: 'Your note',
  'corrective-eq': 'Corrective EQ',
  'enhancing-eq': 'Enhancing EQ',
  before: 'Before you process anything',
  listen: 'Diagnostic listen',
  export: 'Before export',
};

// "how-sound-behaves" -> "How sound behaves".
export function label(id: string): string {
  const special = kSpecial[id];
  if (special !== undefined) return special;
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

// "2026-11-22T14:10:05Z" -> "22 Nov 2026"; empty for none.
export const day = (moment: string | null | undefined): string =>
  moment ? new Date(moment).toLocaleDateString(undefined, { dateStyle: 'medium' }) : '';
