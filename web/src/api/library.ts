// The requests of the library: searching, sheets, lessons, the workbook, gear and releases.
import type { Due, Exercise, Filters, Found, FoundPage, Gear, GearAnswers, GearWeighed, Lesson, LessonEntry, Recoupment, Release, Sheet, SheetEntry, Workbook } from './library-types';
import { json, send, sendFile } from './client';

export type { Due, Exercise, Filters, Found, FoundPage, Gear, GearAnswers, GearWeighed, Lesson, LessonEntry, Recoupment, Release, Sheet, SheetEntry, Workbook };
export type { CheckedRelease, Entry, KeptFile, Outcome, Question, Reached, Reading, Round, Sound } from './library-types';

type Bag = Record<string, unknown>;

export const filters = (): Promise<Filters> => json('/api/library/filters');
export const find = (query: string): Promise<Found> => json(`/api/library/find?${query}`);
export const foundPage = (id: string): Promise<FoundPage> => json(`/api/library/pages/${id}`);
export const sheets = (): Promise<{ items: SheetEntry[] }> => json('/api/library/sheets');
export const sheet = (id: string): Promise<Sheet> => json(`/api/library/sheets/${id}`);

export const lessons = (): Promise<{ items: LessonEntry[] }> => json('/api/lessons');
export const lesson = (id: string): Promise<Lesson> => json(`/api/lessons/${id}`);
export const answer = (id: string, prompt: number, text: string): Promise<Lesson> => send('POST', `/api/lessons/${id}/answers`, { prompt, text });
export const finish = (id: string): Promise<Lesson> => send('POST', `/api/lessons/${id}/done`, {});

export type Input = { song: string } | { file: string } | { names: true };
export const exercise = (id: string): Promise<Exercise> => json(`/api/lessons/${id}/exercise`);
export const runExercise = (id: string, inputs: Input[], first: Bag): Promise<{ job: number }> => send('POST', `/api/lessons/${id}/run`, { inputs, first });
export const score = (id: string, answers: Bag): Promise<Exercise> => send('POST', `/api/lessons/${id}/score`, answers);
export const sound = (id: string, name: string): string => `/api/lessons/${id}/sounds/${name}`;
export const addExerciseFile = (id: string, file: File): Promise<Exercise> => sendFile(`/api/lessons/${id}/files?name=${encodeURIComponent(file.name)}`, file);
export const removeExerciseFile = (id: string, name: string): Promise<Exercise> => send('DELETE', `/api/lessons/${id}/files?name=${encodeURIComponent(name)}`);
export const keepNames = (id: string, names: string[]): Promise<Exercise> => send('POST', `/api/lessons/${id}/names`, { names });

export const workbook = (): Promise<Workbook> => json('/api/workbook');
export const addNote = (subject: string, text: string): Promise<Workbook> => send('POST', '/api/workbook/notes', { subject, text });
export const changeNote = (id: number, subject: string, text: string): Promise<Workbook> => send('PUT', `/api/workbook/notes/${id}`, { subject, text });
export const removeNote = (id: number): Promise<Workbook> => send('DELETE', `/api/workbook/notes/${id}`);
export const importWorkbook = (file: File): Promise<{ summary: string }> => sendFile('/api/workbook/import', file);

export const gear = (): Promise<Gear> => json('/api/gear');
export const weigh = (answers: Bag, keep: boolean): Promise<GearWeighed> => send('POST', '/api/gear', { answers, keep });
export const closeGear = (id: string, outcome: string): Promise<Gear> => send('POST', `/api/gear/${id}/close`, { outcome });
export const due = (): Promise<Due> => json('/api/due');

export const releases = (): Promise<{ releases: Release[] }> => json('/api/releases');
export const addRelease = (): Promise<Release> => send('POST', '/api/releases', {});
export const release = (id: string): Promise<Release> => json(`/api/releases/${id}`);
export const removeRelease = (id: string): Promise<unknown> => send('DELETE', `/api/releases/${id}`);
export const addReleaseFile = (id: string, name: string, file: File): Promise<Release> => sendFile(`/api/releases/${id}/files?name=${encodeURIComponent(name)}`, file);
export const removeReleaseFile = (id: string, name: string): Promise<Release> => send('DELETE', `/api/releases/${id}/files?name=${encodeURIComponent(name)}`);
export const keepAbout = (id: string, text: string): Promise<Release> => sendFile(`/api/releases/${id}/about`, new Blob([text]), 'PUT');
export const writeTemplate = (id: string): Promise<Release> => send('POST', `/api/releases/${id}/template`, {});
export const checkRelease = (id: string): Promise<{ job: number }> => send('POST', `/api/releases/${id}/check`, {});
export const deal = (figures: Bag): Promise<Recoupment> => send('POST', '/api/deal', figures);
