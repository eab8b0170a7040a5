import { describe, expect, it } from '@jest/globals';
import { numbersIn } from './searchNumbers.ts';

describe('numbers in words', () => {
  it.each([
    ['terminator 2', [2]],
    ['godfather part ii', [2]],
    ['rocky iv', [4]],
    ['star wars episode ix', [9]],
    ['the sixth sense', [6]],
    ['the 6th sense', [6]],
    ['twenty one grams', [21]],
    ['one hundred and one dalmatians', [101]],
    ['two thousand and one', [2001]],
    ['twelve angry men', [12]],
    ['seven eight', [7, 8]],
    ['i robot', []],
    ['v for vendetta', []],
    ['x men', []],
    ['salt and pepper', []],
    ['', []],
  ])('of %p are %p', (text, values) => {
    expect(numbersIn(text.split(' ')).map(({ value }) => value)).toEqual(values);
  });

  it('span the words that they take', () => {
    expect(numbersIn('the one hundred and one'.split(' '))).toEqual([{ from: 1, to: 5, value: 101 }]);
  });
});
