import { halfStarsOn, type RatingScale } from '../values/scales.ts';
import type { ColumnFacts } from './columnFacts.ts';
import { certain, guessed, type ScaleGuess } from './scaleGuess.ts';

/** Likes that are written as words. */
export function likeWords({ words, count, numEmpty }: ColumnFacts): ScaleGuess | null {
  const { examples, numRows, numOthers } = wordsThat(words, (word) => halfStarsOn('likes', word) !== null);
  if (numRows === 0 || numRows < count + numEmpty || numRows < 9 * numOthers) return null;
  return certain('likes', `ratings are words such as ${examples}: they are likes`);
}

/** The first two words that pass, the number of their rows, and that of all other words. */
function wordsThat(words: ColumnFacts['words'], test: (word: string) => boolean) {
  const found = [...words].filter(([word]) => test(word));
  const sum = (entries: [string, number][]) => entries.reduce((total, [, times]) => total + times, 0);
  const numRows = sum(found);
  const examples = found.slice(0, 2).map(([word]) => word);
  return { examples: examples.join(' and '), numRows, numOthers: sum([...words]) - numRows };
}

/** Ratings that are written with the best of their scale: `8/10` and `80 %`. */
export function withBest({ words, count }: ColumnFacts): ScaleGuess | null {
  for (const [scale, pattern] of BESTS) {
    const { examples, numRows, numOthers } = wordsThat(words, (word) => pattern.test(word));
    if (numRows > count + numOthers) return guessed(scale, `ratings are written as ${examples}`);
  }
  return null;
}

const BESTS: readonly [RatingScale, RegExp][] = [
  ['100', /^[\d.,]+\s*(?:%|\/\s*100)$/],
  ['10', /^[\d.,]+\s*\/\s*10$/],
  ['stars', /^(?:[\d.,]+\s*\/\s*5|★+½?☆*)$/],
];

/** Grades from A to F. */
export function letters({ words, count }: ColumnFacts): ScaleGuess | null {
  const { examples, numRows, numOthers } = wordsThat(words, (word) => /^[a-f][-+]?$/.test(word));
  if (numRows <= count + numOthers) return null;
  const cause = `ratings are grades such as ${examples}: write numbers in their place, such as 5 for A`;
  return { scale: null, cause, isCertain: false };
}
