const byLocale = new Map<string, Formats>();

/** Numbers, ratings and days as a language writes them. */
export interface Formats {
  /** 12,345 */
  formatCount: (count: number) => string;
  /** A count where there is little room: 950, 1.2K */
  formatShort: (count: number) => string;
  /** A mean rating, always with one decimal: 4.0 */
  formatMean: (rating: number) => string;
  /** One person's rating in half-star steps: 4 or 4.5 */
  formatStars: (rating: number) => string;
  /** A share in whole per cent: 83% */
  formatPercent: (share: number) => string;
  /** An ISO 8601 time as a day in UTC, the same on server and client: Nov 23, 2026 */
  formatDay: (isoTime: string) => string;
}

/** The formats of a language, made once. */
export function formatsOf(locale: string): Formats {
  let formats = byLocale.get(locale);
  if (!formats) byLocale.set(locale, (formats = createFormats(locale)));
  return formats;
}

function createFormats(locale: string): Formats {
  const wholeNumber = new Intl.NumberFormat(locale);
  const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  const oneDecimal = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const upToOneDecimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  return {
    formatCount: (count) => wholeNumber.format(count),
    formatShort: (count) => short.format(count),
    formatMean: (rating) => oneDecimal.format(rating),
    formatStars: (rating) => upToOneDecimal.format(rating),
    formatPercent: (share) => percent.format(share),
    formatDay: (isoTime) => day.format(new Date(isoTime)),
  };
}
