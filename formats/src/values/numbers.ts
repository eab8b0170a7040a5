/** The largest number that an id or a time may be: the database's columns hold 32 bits. */
export const MAX_INT32 = 2 ** 31 - 1;

/** A whole number from 0 to 2³¹ − 1, else null; `7.0` is 7, as pandas writes whole columns that have a gap. */
export function parseInt32(text: string): number | null {
  if (!/^\d{1,15}(?:[.,]0+)?$/.test(text)) return null;
  const value = Number.parseInt(text, 10);
  return value <= MAX_INT32 ? value : null;
}

/** A number written with digits and at most one point or comma before decimals, else null; no exponents, no thousands. */
export function parseDecimal(text: string): number | null {
  return /^[-+]?\d{1,15}(?:[.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : null;
}

/** A rating from 0.5 to 5 in half steps as 1 … 10, else null. */
export function toHalfStars(stars: number): number | null {
  const halfStars = stars * 2;
  return Number.isInteger(halfStars) && halfStars >= 1 && halfStars <= 10 ? halfStars : null;
}
