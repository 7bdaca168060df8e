// An exercise as a person walks through it: questions that belong together on one step, each with the sounds that it is
// about. Pure.
import type { Question, Sound } from '../api/library-types';

export interface Step {
  questions: Question[];
  sounds: { name: string; label: string; title: string }[];
}

const stem = (sound: Sound): string => sound.name.replace(/\.wav$/, '');
const isOf = (sound: Sound, question: Question): boolean => stem(sound) === question.id || stem(sound).startsWith(`${question.id}-`);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

// Versions of one round ("1-a", "1-b") are rated side by side.
const roundOf = (question: Question): string | null => /^(\d+)-[a-z]$/.exec(question.id)?.[1] ?? null;
// "move-1-x-03" is compared with "move-1-with" and "move-1-without".
const pairOf = (question: Question): string | null => /^(.*?)x-\d+$/.exec(question.id)?.[1] ?? null;

function labelOf(sound: Sound, own: Sound[]): string {
  if (/(^|-)(x|trial)-\d+$/.test(stem(sound))) return 'X';
  if (own.length === 1) return capital(sound.what);
  const letter = /-([a-z])$/.exec(stem(sound));
  return letter ? letter[1]!.toUpperCase() : capital(sound.what);
}

export function stepsOf(questions: Question[], sounds: Sound[]): Step[] {
  const claimed = new Set(sounds.filter((sound) => questions.some((question) => isOf(sound, question))));
  const references = sounds.filter((sound) => !claimed.has(sound));
  const steps: { questions: Question[]; own: Sound[]; round: string | null }[] = [];
  for (const question of questions) {
    const own = sounds.filter((sound) => isOf(sound, question));
    const last = steps.at(-1);
    const round = roundOf(question);
    if (last && round !== null && last.round === round) {
      last.questions.push(question);
      last.own.push(...own);
    } else if (last && (own.length === 0 || own.every((sound) => last.own.includes(sound)))) last.questions.push(question);
    else steps.push({ questions: [question], own, round });
  }
  return steps.map((step) => {
    const pair = step.questions.map(pairOf).find((one) => one !== null && one !== '');
    const beside = pair ? references.filter((sound) => sound.name.startsWith(pair)) : references;
    return {
      questions: step.questions,
      sounds: [
        ...beside.map((sound) => ({ name: sound.name, label: capital(sound.what), title: sound.what })),
        ...step.own.map((sound) => ({ name: sound.name, label: labelOf(sound, step.own), title: sound.what })),
      ],
    };
  });
}

// What was said, as the program takes it: one text, or one for each line where a question may be answered often.
export function answersOf(questions: Question[], said: Record<string, string>): Record<string, string | string[]> {
  const answers: Record<string, string | string[]> = {};
  for (const question of questions) {
    const text = (said[question.id] ?? '').trim();
    if (text === '') continue;
    answers[question.id] = question.many ? text.split('\n').map((line) => line.trim()).filter((line) => line !== '') : text;
  }
  return answers;
}

export const isAnswered = (question: Question, said: Record<string, string>): boolean =>
  question.optional || (said[question.id] ?? '').trim() !== '';
