import { useLingui } from '@lingui/react';

const byLocale = new Map<string, Figures>();

/** Figures and times to the minute, as operators read them, in a language's own way. */
export interface Figures {
  /** Three decimals: 0.823 */
  formatFigure: (value: number) => string;
  /** A share with one decimal: 12.3% */
  formatShare: (share: number) => string;
  /** At most one decimal: 1,234.5 */
  formatNumber: (value: number) => string;
  /** The largest unit that leaves at least 1: 1.5 MB */
  formatBytes: (bytes: number) => string;
  /** An ISO 8601 time to the minute, in UTC */
  formatMoment: (isoTime: string) => string;
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

export const useFigures = (): Figures => figuresOf(useLingui().i18n.locale);

/** The figures of a language, made once. */
export function figuresOf(locale: string): Figures {
  let figures = byLocale.get(locale);
  if (!figures) byLocale.set(locale, (figures = createFigures(locale)));
  return figures;
}

function createFigures(locale: string): Figures {
  const figure = new Intl.NumberFormat(locale, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const moment = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  const bytes = UNITS.map(
    (unit) =>
      new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }),
  );
  return {
    formatFigure: (value) => figure.format(value),
    formatShare: (value) => share.format(value),
    formatNumber: (value) => number.format(value),
    formatBytes(count) {
      const power = count < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(count) / 3));
      return (bytes[power] ?? number).format(count / 1000 ** power);
    },
    formatMoment: (isoTime) => `${moment.format(new Date(isoTime))} UTC`,
  };
}
