import { describe, expect, it } from '@jest/globals';
import { ColumnTally } from './columnFacts.ts';
import { guessScale } from './guessScale.ts';

/** Values with how often each occurs, as `4x100 8x3`. */
function guess(column: string, name = 'rating') {
  const tally = new ColumnTally();
  for (const item of column.split(' ')) {
    const [text = '', times = '10'] = item.split('x');
    for (let index = 0; index < Number(times); index++) {
      if (/^-?[\d.]+$/.test(text)) tally.addNumber(Number(text));
      else tally.addText(text);
    }
  }
  const found = guessScale(tally.facts(), name);
  return found && [found.scale, found.isCertain];
}

describe('guessScale', () => {
  it.each([
    ['stars', '0.5 1 1.5 2 3 4.5 5', null],
    ['whole stars', '1 2 3 4 5', null],
    ['one star everywhere of a few', '1x4', null],
    ['stars with a slip', '1x200 2x200 5x200 7x2', null],
    ['1 to 10', '1 2 3 4 5 6 7 8 9 10', ['10', false]],
    ['0 to 10', '0 2 4 6 8 10', ['10', false]],
    ['1 to 10 with halves', '1.5 2 7.5 9 10', ['10', false]],
    ['1 to 10, mostly low', '1x400 2x400 5x200 6x3 7x3 9x2', ['10', true]],
    ['out of 100', '10 35 50 65 80 95 100', ['100', false]],
    ['zeros and ones', '0 1', ['likes', true]],
    ['one zero among ones', '0x1 1x2000', ['likes', true]],
    ['ones alone', '1x20', ['likes', true]],
    ['thumbs', '-1 1', ['likes', true]],
    ['thumbs with none', '-1 0 1', ['likes', true]],
    ['true and false', 'true FALSE', ['likes', true]],
    ['plays', '1x500 2x200 3x90 17x20 60x30 350x4', ['counts', false]],
    ['many plays', '1x50 20 400 9000', ['counts', false]],
    ['two scales', '0.5 3.5 4 5 20 80 95', [null, false]],
    ['two scales to 10', '0.5 3.5 4.5 5 7 8 9', [null, false]],
    ['averages', '3.7 4.12 2.9', [null, false]],
    ['stars with zeros', '0 1 2 3.5 5', [null, false]],
    ['words', 'good bad', null],
  ] as const)('%s: %s', (_, column, expected) => expect(guess(column)).toEqual(expected));

  it('believes the name of a column of plays', () => {
    expect(guess('1 2 3', 'playcount')).toEqual(['counts', true]);
    expect(guess('1 2 3', 'plays')).toEqual(['counts', true]);
    expect(guess('1 2 3', 'rating')).toBeNull();
  });
});
