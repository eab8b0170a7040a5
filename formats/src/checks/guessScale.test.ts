import { describe, expect, it } from '@jest/globals';
import { ColumnTally } from './columnFacts.ts';
import { guessScale, piledZeros } from './guessScale.ts';

/** Values with how often each occurs, as `4x100 8x3`. */
function guess(column: string, name = 'rating') {
  const found = guessed(column, name);
  return found && [found.scale, found.isCertain];
}

const causeOf = (column: string) => guessed(column, 'rating')?.cause;

function guessed(column: string, name: string) {
  const tally = new ColumnTally();
  for (const item of column.split(' ')) {
    const [text = '', times = '10'] = item.split('x');
    for (let index = 0; index < Number(times); index++) {
      if (/^-?[\d.]+$/.test(text)) tally.addNumber(Number(text));
      else tally.addText(text.replace('_', ' '));
    }
  }
  return guessScale(tally.facts(), name);
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
    ['thumbs in words', 'thumbs_up thumbs_down', ['likes', true]],
    ['grades, of which F is no dislike', 'a b c d f', [null, false]],
    ['percentages', '20% 80% 100%', ['100', false]],
    ['eight of ten', '8/10 6/10 7x1', ['10', false]],
    ['four of five', '4/5 3/5', ['stars', false]],
    ['shares', '0 0.25 0.9 1', [null, true]],
    ['halves to 1', '0.5 1', [null, true]],
    ['1 to 7', '1 2 3 4 5 6 7', ['10', false]],
    ['-1 for none among 1 to 10', '-1 5 8 9 10', [null, false]],
    ['below and above 0', '-10 -3.5 2 8.25', [null, false]],
    ['two of two', '1x30 2x30', [null, true]],
    ['1 to 3', '1x30 2x30 3x30', [null, true]],
    ['stars to 4, which may be stars', '0.5x30 2x30 4x30', [null, false]],
    ['twenty of fifty', '12/20 15/20', [null, false]],
    ['dates', '04-may 05-may 3', [null, false]],
    ['dates of another language', '4._mai 3._mai', [null, false]],
    ['drawn', '⭐⭐⭐ ⭐', ['stars', false]],
    ['a few ones among words', '1 fine so-so', null],
  ] as const)('%s: %s', (_, column, expected) => expect(guess(column)).toEqual(expected));

  it.each([
    ['1 2 3 4 5 6 7', /--scale 10; if 7 is the best, multiply them by 1\.42857 before$/],
    ['5 12 15 18 20', /--scale 100; if 20 is the best, multiply them by 5 before/],
    [
      '0 1 2 3 4 5',
      /leaves them out; if 0 is the worst .* double all ratings and read them with --scale 10$/,
    ],
    ['-1 8 9 10', /-1, which often stands for .* --allow-skipped --scale 10 leaves them out/],
    ['-2 -1 0 1 2', /make them \(r \+ 2\) \* 10 \/ 4 and read them with --scale 10$/],
    ['1 2 3 4 5 6', /if 1 is the best, as of grades, write 7 - r before$/],
    ['0x90 4 6 8 10', /--scale 10; before, remove the 90 rows with 0 if that is "not rated"$/],
    ['1x30 3x30', /multiply them by 3\.33333 and read them with --scale 10$/],
    ['04-may 05-may', /a spreadsheet made dates of them/],
    ['0.2 0.9', /multiply them by 100 and read them with --scale 100$/],
  ])('says of %j what mends it', (column, cause) => expect(causeOf(column)).toMatch(cause));

  it('believes the name of a column of plays', () => {
    expect(guess('1 2 3', 'playcount')).toEqual(['counts', true]);
    expect(guess('1 2 3', 'plays')).toEqual(['counts', true]);
    expect(guess('1 2 3', 'rating')).toBeNull();
  });

  it('believes the name of a column that says the best of its scale', () => {
    for (const name of ['rating (out of 10)', 'Rating_10', 'score10', 'rating (1-10)', 'Rating /10'])
      expect(guess('1 2 3 4 5', name)).toEqual(['10', true]);
    expect(guess('5 40 100', 'score_100')).toEqual(['100', true]);
    expect(guess('1 2 5', 'rating (%)')).toEqual(['100', true]);
    expect(guess('1 2 5 20', 'rating_10')).toEqual(['counts', false]);
    for (const name of ['rating (1-5)', 'rating/5', 'stars'])
      expect(guess('1x30 2x30 3x30', name)).toEqual(name === 'stars' ? [null, true] : null);
  });

  it('tells piles of zeros from ratings', () => {
    const zeros = (column: string) => {
      const tally = new ColumnTally();
      for (const item of column.split(' ')) {
        const [value, times] = item.split('x');
        for (let index = 0; index < Number(times); index++) tally.addNumber(Number(value));
      }
      return piledZeros(tally.facts().values, '10');
    };
    expect(zeros('0x50 1x2 2x3 8x60')).toBe(50);
    expect(zeros('0x50 1x20 8x60')).toBe(0);
    expect(zeros('0x9 8x9')).toBe(0);
    expect(zeros('0x12 8x90')).toBe(0);
  });
});
