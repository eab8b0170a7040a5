import { undrawn } from '../values/drawnStars.ts';
import { bestOf, halfStarsOn, type RatingScale } from '../values/scales.ts';
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

/** Ratings that are written with the best of their scale, `8/10` and `80 %`, or drawn. */
export function withBest({ words, count }: ColumnFacts): ScaleGuess | null {
  for (const [scale, best] of BESTS) {
    const isOnScale = (word: string) =>
      bestOf(word) === best || (scale === 'stars' && undrawn(word) !== word);
    const { examples, numRows, numOthers } = wordsThat(words, isOnScale);
    if (numRows > count + numOthers) return guessed(scale, `ratings are written as ${examples}`);
  }
  const { examples, numRows, numOthers } = wordsThat(words, (word) => bestOf(word) !== null);
  if (numRows <= count + numOthers) return null;
  const cause = `ratings are written as ${examples}: write them out of 5, 10 or 100`;
  return { scale: null, cause, isCertain: false };
}

const BESTS: readonly [RatingScale, string][] = [
  ['100', '100'],
  ['10', '10'],
  ['stars', '5'],
];

const DAY_AND_MONTH =
  /^(?:\d{1,2}[-. ]+\p{L}{3,9}\.?(?:[-. ]+\d{2,4})?|\p{L}{3,9}\.?[- ]\d{1,4}|\d{1,2}[./-]\d{1,2}[./-](?:\d{2,4})?|\d{4}-\d{2}-\d{2}.*)$/u;
const LEAST_DATES = 5;

/** Ratings such as `4.5` and `4/5` that a spreadsheet took for the fourth of May. */
export function turnedIntoDates({ words }: ColumnFacts): ScaleGuess | null {
  const { examples, numRows, numOthers } = wordsThat(words, (word) => DAY_AND_MONTH.test(word));
  if (numRows < LEAST_DATES || numRows <= numOthers) return null;
  const cause = `${numRows} ratings are dates such as ${examples}: a spreadsheet made dates of them; take the file as it was before, or import the column as text`;
  return { scale: null, cause, isCertain: false };
}

/** Grades from A to F. */
export function letters({ words, count }: ColumnFacts): ScaleGuess | null {
  const { examples, numRows, numOthers } = wordsThat(words, (word) => /^[a-f][-+]?$/.test(word));
  if (numRows <= count + numOthers) return null;
  const cause = `ratings are grades such as ${examples}: write numbers in their place, such as 5 for A`;
  return { scale: null, cause, isCertain: false };
}
