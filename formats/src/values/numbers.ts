/** The largest number that an id or a time may be: the database's columns hold 32 bits. */
export const MAX_INT32 = 2 ** 31 - 1;

/** A whole number from 0 to 2³¹ − 1, else null. */
export function parseInt32(text: string): number | null {
  if (!/^\d{1,15}$/.test(text)) return null;
  const value = Number(text);
  return value <= MAX_INT32 ? value : null;
}

/** Stars from 0.5 to 5 in half steps as 1 … 10, else null. */
export function parseHalfStars(text: string): number | null {
  return /^\d(\.\d+)?$/.test(text) ? toHalfStars(Number(text)) : null;
}

/** A rating from 0.5 to 5 in half steps as 1 … 10, else null. */
export function toHalfStars(stars: number): number | null {
  const halfStars = stars * 2;
  return Number.isInteger(halfStars) && halfStars >= 1 && halfStars <= 10 ? halfStars : null;
}
