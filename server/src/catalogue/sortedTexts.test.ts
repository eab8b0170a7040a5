import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@pocketrocket/engine';
import { commonBeginnings, visitSimilar } from './similarTerms.ts';
import { packSorted, SortedTexts } from './sortedTexts.ts';

const random = seededRandom(3);
const LETTERS = [...'aab', 'é', '千', '𠮷'];
const word = (most: number) =>
  Array.from(
    { length: Math.floor(most * random()) },
    () => LETTERS[Math.floor(LETTERS.length * random())],
  ).join('');
const words = [...new Set(Array.from({ length: 2_000 }, () => word(9)))].sort();
const texts = new SortedTexts(structuredClone(packSorted(words)));
const asked = [...words.slice(0, 200), ...Array.from({ length: 200 }, () => word(9)), 'z', ''];

describe('sorted texts', () => {
  it('are found as a whole and by their beginning', () => {
    expect(texts.length).toBe(words.length);
    for (const text of asked) {
      expect([text, texts.indexOf(text)]).toEqual([text, words.indexOf(text)]);
      const [from, to] = texts.rangeOf(text);
      expect(words.slice(from, to)).toEqual(words.filter((one) => one.startsWith(text)));
    }
  });

  it.each([1, 2])('are found with up to %i changes', (most) => {
    const beginnings = commonBeginnings(words);
    for (const text of asked.filter(({ length }) => length > 3).slice(0, 100)) {
      const found: [string | undefined, number][] = [];
      visitSimilar(texts, beginnings, text, most, (index, changes) => found.push([words[index], changes]));
      const expected = words.map((one): [string, number] => [one, changesBetween(one, text)]);
      expect([text, found]).toEqual([text, expected.filter(([, changes]) => changes <= most)]);
    }
  });
});

/** Optimal string alignment by its definition, row by row: Levenshtein's distance, and a swap of neighbours is one change. */
function changesBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column);
  let above: number[] = [];
  for (let at = 0; at < one.length; at++) {
    const next = [at + 1];
    for (let column = 1; column <= other.length; column++) {
      const isSwap =
        at > 0 && column > 1 && one[at] === other[column - 2] && one[at - 1] === other[column - 1];
      next.push(
        Math.min(
          (row[column] ?? 0) + 1,
          (next[column - 1] ?? 0) + 1,
          (row[column - 1] ?? 0) + (one[at] === other[column - 1] ? 0 : 1),
          isSwap ? (above[column - 2] ?? 0) + 1 : Infinity,
        ),
      );
    }
    above = row;
    row = next;
  }
  return row[other.length] ?? 0;
}
