/** A number that stands in words, from one word up to before another. */
export interface NumberInWords {
  from: number;
  to: number;
  value: number;
}

const ONES = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen ' +
  'seventeen eighteen nineteen'
).split(' ');
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const ORDINALS = (
  'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth ' +
  'fifteenth sixteenth seventeenth eighteenth nineteenth'
).split(' ');
const ORDINAL_TENS = TENS.map((word) => word.replace(/y$/, 'ieth'));

const UNITS = new Map([...valuesOf(ONES, 1, 0), ...valuesOf(ORDINALS, 1, 0)]);
const ALL_TENS = new Map([...valuesOf(TENS, 10, 20), ...valuesOf(ORDINAL_TENS, 10, 20)]);
const SCALES = new Map([
  ['hundred', 100],
  ['hundredth', 100],
  ['thousand', 1_000],
  ['million', 1_000_000],
]);

const HALVES = [['1', '2'], ['and', 'a', 'half'], ['and', 'half'], ['half']];

const DIGITS = /^(\d{1,7})(?:st|nd|rd|th)?$/;
/** Roman numbers up to 39, by which films are numbered. */
const ROMAN = /^(?=.)(x{0,3})(ix|iv|v?i{0,3})$/;
const ROMAN_VALUES: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10 };

/**
 * Finds the numbers in folded words, however they are written: digits, words, ordinals, and Roman ones, which never come first ("I,
 * Robot", "V for Vendetta", "X-Men").
 */
export function numbersIn(words: readonly string[]): NumberInWords[] {
  const numbers: NumberInWords[] = [];
  for (let from = 0; from < words.length;) {
    const found = withHalf(words, numberAt(words, from));
    if (found) numbers.push(found);
    from = found?.to ?? from + 1;
  }
  return numbers;
}

/** The term under which a number is found. */
export const numberTerm = (value: number): string => `#${value}`;

function numberAt(words: readonly string[], from: number): NumberInWords | null {
  const word = words[from] ?? '';
  const digits = DIGITS.exec(word);
  if (digits) return { from, to: from + 1, value: Number(digits[1]) };
  const spoken = spokenAt(words, from);
  if (spoken) return spoken;
  const roman = from > 0 ? romanValue(word) : null;
  return roman === null ? null : { from, to: from + 1, value: roman };
}

/** A number with the half behind it: "8 1 2", as "8½" is folded, and "eight and a half". */
function withHalf(words: readonly string[], number: NumberInWords | null): NumberInWords | null {
  if (!number) return null;
  const { from, to, value } = number;
  const after = HALVES.find((half) => half.every((word, at) => words[to + at] === word));
  return after ? { from, to: to + after.length, value: value + 0.5 } : number;
}

/** Such as "twenty one" and "one hundred and one". */
function spokenAt(words: readonly string[], from: number): NumberInWords | null {
  let sum = 0;
  let part: number | null = null;
  let least = Infinity;
  let to = from;
  for (let at = from; at < words.length; at++) {
    const word = words[at] ?? '';
    const scale = SCALES.get(word);
    const tens = ALL_TENS.get(word);
    const unit = UNITS.get(word);
    if (word === 'and' && sum > 0 && part === null && isSpoken(words[at + 1])) continue;
    if (scale !== undefined && (part !== null || at === from)) {
      sum += (part ?? 1) * scale;
      part = null;
      least = Infinity;
    } else if (tens !== undefined && part === null) {
      part = tens;
      least = 10;
    } else if (unit !== undefined && (part === null || unit < least)) {
      part = (part ?? 0) + unit;
      least = 0;
    } else break;
    to = at + 1;
  }
  return to === from ? null : { from, to, value: sum + (part ?? 0) };
}

const isSpoken = (word = ''): boolean => UNITS.has(word) || ALL_TENS.has(word);

function romanValue(word: string): number | null {
  if (!ROMAN.test(word)) return null;
  let value = 0;
  for (let at = 0; at < word.length; at++) {
    const digit = ROMAN_VALUES[word.charAt(at)] ?? 0;
    value += digit < (ROMAN_VALUES[word.charAt(at + 1)] ?? 0) ? -digit : digit;
  }
  return value;
}

function valuesOf(words: readonly string[], step: number, first: number): [string, number][] {
  return words.map((word, place) => [word, first + step * place]);
}
