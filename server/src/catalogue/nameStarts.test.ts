import { describe, expect, it } from '@jest/globals';
import { NameStarts, packStarts } from './nameStarts.ts';
import { packSorted } from './sortedTexts.ts';

const TEXTS = ['bat man', 'batman', 'italian spiderman', 'spider', 'spider man 2', 'spiders', 'x men'];
const packed = packSorted(TEXTS);
const starts = new NameStarts(packed, packStarts(packed));
const find = (text: string) => starts.find(text, 100).map((found) => TEXTS[found.text]);

describe('begins of words', () => {
  it('are found whether joined or split there', () => {
    expect(find('spiderman').sort()).toEqual(['italian spiderman', 'spider man 2']);
    expect(find('batman').sort()).toEqual(['bat man', 'batman']);
    expect(find('xmen')).toEqual(['x men']);
    expect(find('men')).toEqual(['x men']);
    expect(find('spiderman2')).toEqual(['spider man 2']);
  });

  it('are none inside of words, beyond an end, or where there are too many', () => {
    expect(find('atman')).toEqual([]);
    expect(find('spidersx')).toEqual([]);
    expect(find('zzz')).toEqual([]);
    expect(starts.find('spider', 2)).toEqual([]);
    expect(starts.find('spider', 4)).toHaveLength(4);
  });

  it('tell where they begin, end and are split', () => {
    expect(starts.find('spiderman', 9)).toEqual(
      expect.arrayContaining([
        { text: 4, isWhole: true, isFirst: true, numSpaces: 1, length: 10 },
        { text: 2, isWhole: true, isFirst: false, numSpaces: 0, length: 9 },
      ]),
    );
    expect(starts.find('batm', 9).map(({ isWhole }) => isWhole)).toEqual([false, false]);
  });
});
