import { describe, expect, it } from '@jest/globals';
import { isTooLong } from './searchLength.ts';

const words = (count: number) => Array<string>(count).fill('war').join(' ');

describe('isTooLong', () => {
  it.each([
    ['two hundred characters', 'a'.repeat(200), false],
    ['one more', 'a'.repeat(201), true],
    ['25 words', words(25), false],
    ['26 words', words(26), true],
    ['an article before them, which is not looked for', `The ${words(25)}`, false],
    ['signs between them, which are none', `${words(12)} & – ${words(13)}`, false],
  ])('tells of %s', (_what, text, expected) => expect(isTooLong(text)).toBe(expected));
});
