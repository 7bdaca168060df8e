import { describe, expect, it } from 'vitest';
import type { Question, Sound } from '../src/api/library-types';
import { answersOf, isAnswered, stepsOf } from '../src/draw/steps';

const choice = (id: string, optional = false): Question => ({ id, text: '', form: 'choice', choices: ['a', 'b'], optional, many: false });
const text = (id: string, many = false): Question => ({ id, text: '', form: 'text', choices: [], optional: true, many });
const sound = (name: string, what = 'one of the two'): Sound => ({ name: `${name}.wav`, what });

describe('the steps of an exercise', () => {
  it('play a trial beside what it is compared with, and call it X', () => {
    const steps = stepsOf([choice('x-01'), choice('x-02')], [sound('with', 'with'), sound('without', 'without'), sound('x-01'), sound('x-02')]);
    expect(steps.map((step) => step.sounds.map((one) => one.label))).toEqual([['With', 'Without', 'X'], ['With', 'Without', 'X']]);
    expect(steps[1]!.sounds.at(-1)!.name).toBe('x-02.wav');
  });
  it('keep pairs of different moves apart', () => {
    const steps = stepsOf([choice('move-1-x-01'), choice('move-2-x-01')], ['move-1-with', 'move-1-without', 'move-1-x-01', 'move-2-with', 'move-2-without', 'move-2-x-01'].map((one) => sound(one)));
    expect(steps[1]!.sounds.map((one) => one.name)).toEqual(['move-2-with.wav', 'move-2-without.wav', 'move-2-x-01.wav']);
  });
  it('put A and B on one step, with what is asked about them', () => {
    const steps = stepsOf([choice('trial-01'), text('word-01'), choice('trial-02'), text('word-02')], ['trial-01-a', 'trial-01-b', 'trial-02-a', 'trial-02-b'].map((one) => sound(one)));
    expect(steps.map((step) => step.questions.map((one) => one.id))).toEqual([['trial-01', 'word-01'], ['trial-02', 'word-02']]);
    expect(steps[0]!.sounds.map((one) => one.label)).toEqual(['A', 'B']);
  });
  it('rate the versions of one round side by side', () => {
    const steps = stepsOf([choice('1-a'), choice('1-b'), choice('2-a'), choice('2-b')], ['1-a', '1-b', '2-a', '2-b'].map((one) => sound(one)));
    expect(steps.map((step) => step.sounds.map((one) => one.label))).toEqual([['A', 'B'], ['A', 'B']]);
  });
  it('call a place that was noted by its words', () => {
    const steps = stepsOf([{ ...text('note-01'), text: '1:05 the voice is buried' }], [sound('note-01', 'the voice is buried')]);
    expect(steps[0]!.sounds[0]!.label).toBe('The voice is buried');
  });
  it('ask everything at once where nothing is to be heard', () => {
    expect(stepsOf([text('one'), text('two')], [])).toHaveLength(1);
  });
  it('leave no sound out and name none twice on a step', () => {
    const questions = [choice('low'), choice('low-headphones', true), choice('high')];
    const sounds = ['same', 'low-narrow', 'low-wide', 'high-narrow'].map((one) => sound(one, one));
    const steps = stepsOf(questions, sounds);
    expect(new Set(steps.flatMap((step) => step.sounds.map((one) => one.name))).size).toBe(sounds.length);
    for (const step of steps) expect(new Set(step.sounds.map((one) => one.name)).size).toBe(step.sounds.length);
    expect(steps[0]!.questions.map((one) => one.id)).toEqual(['low', 'low-headphones']);
  });
});

describe('answers', () => {
  it('are one text, or one for each line', () => {
    expect(answersOf([choice('a'), text('b', true), text('c')], { a: ' x ', b: 'one\n\n two \n', c: '  ' })).toEqual({ a: 'x', b: ['one', 'two'] });
  });
  it('are missing where nothing but space was written', () => {
    expect(isAnswered(choice('a'), { a: ' ' })).toBe(false);
    expect(isAnswered(text('a'), {})).toBe(true);
  });
});
