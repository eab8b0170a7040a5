import type { ColumnFacts } from './columnFacts.ts';
import { certain, guessed, mend, type ScaleGuess } from './scaleGuess.ts';
import { bestOfName, columnName } from '../formats/columns.ts';
import { letters, likeWords, turnedIntoDates, withBest } from './wordScales.ts';

export type { ScaleGuess } from './scaleGuess.ts';

/** Of so many values a few may be slips. */
const WHOLE_SHARE = 0.98;
const MIXED_SHARE = 0.05;
const LEAST_CERTAIN = 5;
const BOUNDS = [5, 10, 100, Infinity] as const;

/**
 * Guesses how a column of ratings is written from the values that it holds and from its name; null where it looks like stars, or like nothing.
 * @param column its name as the file writes it
 */
export function guessScale(facts: ColumnFacts, column: string): ScaleGuess | null {
  const seen = see(facts);
  const ofWords = [likeWords, withBest, turnedIntoDates, letters];
  const numWords = [...facts.words.values()].reduce((sum, times) => sum + times, 0);
  const ofNumbers = [
    zeroAndOne,
    namedAfterCounts,
    namedAfterBest,
    shares,
    negatives,
    mixed,
    outOfTen,
    beyondTen,
    betweenHalves,
    zeros,
    lowBest,
  ];
  // What a few numbers among words look like tells nothing.
  for (const rule of numWords > facts.count ? ofWords : [...ofWords, ...ofNumbers]) {
    const guess = rule(seen, column);
    if (guess) return guess;
  }
  return null;
}

/** Words such as "from 1 to 10, whole numbers". */
export function describeRange(facts: ColumnFacts): string {
  const values = [...facts.values.keys()];
  const [lowest, highest] = [values[0], values.at(-1)];
  if (lowest === undefined || highest === undefined)
    return [...facts.words.keys()].slice(0, 4).join(', ') || 'no number';
  if (lowest === highest) return `${lowest} everywhere`;
  return `from ${lowest} to ${highest}${values.every(Number.isInteger) ? ', whole numbers' : ''}`;
}

interface Seen extends ColumnFacts {
  range: string;
  /** The least of `BOUNDS` that as good as all values keep to. */
  bound: number;
  isWhole: boolean;
  /** The number of rows whose value passes. */
  rows: (test: (value: number) => boolean) => number;
}

function see(facts: ColumnFacts): Seen {
  const entries = [...facts.values];
  const rows = (test: (value: number) => boolean) =>
    entries.reduce((sum, [value, times]) => sum + (test(value) ? times : 0), 0);
  const bound =
    BOUNDS.find((most) => rows((value) => value <= most) >= WHOLE_SHARE * facts.count) ?? Infinity;
  const isWhole = entries.every(([value]) => Number.isInteger(value));
  return { ...facts, range: describeRange(facts), bound, isWhole, rows };
}

function zeroAndOne({ values, count }: Seen): ScaleGuess | null {
  if (![...values.keys()].every((value) => value === 0 || value === 1 || value === -1)) return null;
  if (count < LEAST_CERTAIN) return null;
  const all = [...values.keys()].join(', ');
  return certain(
    'likes',
    values.size === 1
      ? `every rating is ${all}: they look like likes`
      : `ratings are ${all} and nothing else: they are likes`,
  );
}

const COUNT_NAMES =
  /^(?:play|listen|view|watch|click|visit)?counts?$|^(?:plays|listens|views|watches|hours|minutes)$/;

function namedAfterCounts({ count, range, rows }: Seen, column: string): ScaleGuess | null {
  if (!COUNT_NAMES.test(columnName(column)) || count < LEAST_CERTAIN || rows((value) => value < 0) > 0)
    return null;
  return certain('counts', `the column ${column} goes ${range}: it counts plays`);
}

/** A column that is called after another best than 5, whatever it holds. */
function namedAfterBest({ count, rows }: Seen, column: string): ScaleGuess | null {
  const best = bestOfName(column);
  if (best === null || best === '5' || count < LEAST_CERTAIN) return null;
  if (rows((value) => value < 0 || value > Number(best)) > 0) return null;
  return certain(best, `the column ${column} is out of ${best} by its name`);
}

function shares({ values, count, range }: Seen): ScaleGuess | null {
  const numbers = [...values.keys()];
  const isShare = numbers.every((value) => value >= 0 && value <= 1) && !numbers.every(Number.isInteger);
  if (!isShare || count < LEAST_CERTAIN) return null;
  const cause = `ratings go ${range}, none above 1: multiply them by 100${mend('100').replace(';', ' and')}`;
  return { scale: null, cause, isCertain: true };
}

function negatives({ values, rows, count, range }: Seen): ScaleGuess | null {
  const numNegative = rows((value) => value < 0);
  if (numNegative < (1 - WHOLE_SHARE) * count || numNegative === 0) return null;
  const [lowest = 0, second = 0] = values.keys();
  const highest = [...values.keys()].at(-1) ?? 0;
  const scale = highest > 5 ? ` --scale ${highest > 10 ? '100' : '10'}` : '';
  const cause =
    lowest === -1 && second > 0
      ? `${numNegative} ratings are -1, which often stands for "watched, not rated": --allow-skipped${scale} leaves them out, and reads the others`
      : `ratings go ${range}, and those below 0 are on no scale: make them (r + ${-lowest}) * 10 / ${highest - lowest}${mend('10').replace(';', ' and')}`;
  return { scale: null, cause, isCertain: false };
}

function mixed({ count, values, rows, bound }: Seen): ScaleGuess | null {
  const halves = [...values.keys()].filter(
    (value) => !Number.isInteger(value) && Number.isInteger(2 * value),
  );
  if (bound <= 5 || halves.length === 0 || halves.some((value) => value > 5)) return null;
  const numHalves = rows((value) => halves.includes(value));
  const numBeyond = rows((value) => value > 5);
  if (Math.min(numHalves, numBeyond) < MIXED_SHARE * count) return null;
  const cause = `half stars up to 5 and ${numBeyond} ratings above 5 are mixed: two scales in one column; bring them to one scale`;
  return { scale: null, cause, isCertain: false };
}

function outOfTen({ bound, range, isWhole, values, rows, count }: Seen): ScaleGuess | null {
  const between = [...values.keys()].filter((value) => value > 5 && value <= 10);
  // A few ratings above 5 are slips, unless they are of several values and nothing has halves.
  const isSparse = bound === 5 && isWhole && between.length >= 3 && rows((value) => value > 10) === 0;
  if (bound !== 10 && !isSparse) return null;
  return {
    scale: '10',
    cause: isSparse ? `ratings go ${range}: they are out of 10${mend('10')}` : outOf('10', range, values),
    isCertain: isSparse && count > LEAST_CERTAIN,
  };
}

function beyondTen({ bound, range, isWhole, count, values, rows }: Seen): ScaleGuess | null {
  if (bound <= 10) return null;
  // Plays are skewed: most movies once or a few times.
  const isSkewed = rows((value) => value <= 5) > count / 2;
  if (bound === Infinity || (isWhole && isSkewed))
    return guessed('counts', `ratings go ${range}: they look like numbers of plays`);
  return {
    scale: '100',
    cause: `${outOf('100', range, values)} (or, if they count plays, with --scale counts)`,
    isCertain: false,
  };
}

/** The words for a scale of which it is not sure that its best is the best: nothing may come near it. */
function outOf(scale: '10' | '100', range: string, values: Seen['values']): string {
  const highest = [...values.keys()].at(-1) ?? 0;
  const numPiled = piledZeros(values, scale);
  const zeros = numPiled === 0 ? '' : `; before, remove the ${numPiled} rows with 0 if that is "not rated"`;
  if (highest >= 0.8 * Number(scale))
    return `ratings go ${range}: they are out of ${scale}${mend(scale)}${zeros}`;
  const factor = Number((Number(scale) / highest).toPrecision(6));
  return `ratings go ${range}: if they are out of ${scale}, read them with --scale ${scale}; if ${highest} is the best, multiply them by ${factor} before${highest === 6 ? '; if 1 is the best, as of grades, write 7 - r before' : ''}`;
}

const PILED_SHARE = 0.2;
const LOW_SHARE = 0.3;
const LEAST_PILED = 10;

/** The number of zeros out of 10 or 100 where they are so many more than any other low rating that they can hardly be ratings; else 0. */
export function piledZeros(values: ColumnFacts['values'], scale: '10' | '100'): number {
  const numZeros = values.get(0) ?? 0;
  const count = [...values.values()].reduce((sum, times) => sum + times, 0);
  const low = [...values].filter(([value]) => value > 0 && value <= LOW_SHARE * Number(scale));
  const isPile = low.every(([, times]) => numZeros > 3 * times);
  return numZeros >= LEAST_PILED && numZeros >= PILED_SHARE * count && isPile ? numZeros : 0;
}

function betweenHalves({ values, bound }: Seen): ScaleGuess | null {
  const between = [...values.keys()].find((value) => !Number.isInteger(2 * value));
  if (bound > 5 || between === undefined) return null;
  return {
    scale: null,
    cause: `there are ratings between half stars, such as ${between}: round them to halves`,
    isCertain: false,
  };
}

function zeros({ values, bound }: Seen): ScaleGuess | null {
  const numZeros = values.get(0);
  if (bound > 5 || numZeros === undefined) return null;
  const cause = `${numZeros} ratings are 0, which often stands for "not rated": --allow-skipped leaves them out; if 0 is the worst of a scale to 5, double all ratings and read them with --scale 10`;
  return { scale: null, cause, isCertain: false };
}

/** Of so many stars one would be above 3. */
const LEAST_LOW = 40;

/** A scale to 2 or 3, or to 4. */
function lowBest({ values, count, isWhole, range }: Seen, column: string): ScaleGuess | null {
  const highest = [...values.keys()].at(-1) ?? 0;
  if (count < LEAST_LOW || values.size < 2 || highest > 4 || bestOfName(column) === '5') return null;
  const factor = Number((10 / highest).toPrecision(6));
  const cause = `ratings go ${range}, none above ${highest}: if ${highest} is the best, multiply them by ${factor}${mend('10').replace(';', ' and')}`;
  return { scale: null, cause, isCertain: isWhole && highest <= 3 };
}
