/** The largest number that an id or a time may be: the database's columns hold 32 bits. */
export const MAX_INT32 = 2 ** 31 - 1;

/** A whole number from 0 to 2³¹ − 1, else null; `7.0` is 7, as pandas writes whole columns that have a gap, and `1e+05` 100000, as R does. */
export function parseInt32(text: string): number | null {
  const digits = withoutExponent(text) ?? text;
  if (!/^\d{1,15}(?:[.,]0+)?$/.test(digits)) return null;
  const value = Number.parseInt(digits, 10);
  return value <= MAX_INT32 ? value : null;
}

const DECIMAL = /^[-+]?(?:\d{1,15}(?:[.,]\d*)?|[.,]\d+)$/;
const SCIENTIFIC = /^[-+]?\d(?:[.,]\d{1,20})?e[-+]?\d{2}$/i;

/**
 * A number written with digits and at most one point or comma before decimals, else null; `.5` too, and `4.500e+00`, as NumPy writes it. No
 * thousands.
 */
export function parseDecimal(text: string): number | null {
  return DECIMAL.test(text) || SCIENTIFIC.test(text) ? Number(text.replace(',', '.')) : null;
}

/** R writes 15 digits, so that shorter numbers have all of theirs. */
const MAX_EXACT_EXPONENT = 15;

/**
 * The digits of a whole number that is written with an exponent and nothing lost: with at least as many decimals as the exponent,
 * as NumPy writes it (`1.234560000e+05`), or shorter than its digits, as R does (`1e+05`). Null for all else: spreadsheets round.
 */
export function withoutExponent(text: string): string | null {
  const found = /^(\d)(?:[.,](\d{1,20}))?(e)\+(\d{2})$/i.exec(text);
  if (!found) return null;
  const [, first = '', decimals = '', sign, exponent] = found;
  const length = Number(exponent);
  const isWhole = decimals.length >= length && /^0*$/.test(decimals.slice(length));
  const isShort =
    sign === 'e' && length <= MAX_EXACT_EXPONENT && text.length <= length + 1 && !decimals.endsWith('0');
  return isWhole || isShort ? first + decimals.slice(0, length).padEnd(length, '0') : null;
}

/** A rating from 0.5 to 5 in half steps as 1 … 10, else null. */
export function toHalfStars(stars: number): number | null {
  const halfStars = stars * 2;
  return Number.isInteger(halfStars) && halfStars >= 1 && halfStars <= 10 ? halfStars : null;
}
