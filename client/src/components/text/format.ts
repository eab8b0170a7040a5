const wholeNumber = new Intl.NumberFormat('en');
const oneDecimal = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const upToOneDecimal = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' });

/** 12,345 */
export const formatCount = (count: number): string => wholeNumber.format(count);

/** A mean rating, always with one decimal: 4.0 */
export const formatMean = (rating: number): string => oneDecimal.format(rating);

/** One person's rating in half-star steps: 4 or 4.5 */
export const formatStars = (rating: number): string => upToOneDecimal.format(rating);

/** "1 rating", "12,345 ratings" */
export const formatNumbered = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** An ISO 8601 time as a day in UTC, the same on server and client: Nov 23, 2026 */
export const formatDay = (isoTime: string): string => day.format(new Date(isoTime));
