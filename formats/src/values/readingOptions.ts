import { RATING_SCALES } from './scales.ts';
import { TIME_UNITS } from './times.ts';

/** The options of every command that reads files of ratings, as a command line writes and explains them. */
export const READING_OPTIONS = {
  scale: {
    flags: '--scale <name>',
    description:
      'how ratings are written: 0.5 to 5 stars, out of 10, out of 100, likes (1, 0, -1) or counts of plays (default: stars)',
    choices: RATING_SCALES,
  },
  timeUnit: {
    flags: '--time-unit <name>',
    description:
      'how times are written: Unix time (s, ms, us, ns), dates (iso; dmy, mdy: the day or the month first) or days of spreadsheets (default: seconds and dates, by their looks)',
    choices: TIME_UNITS,
  },
  allowSkipped: {
    flags: '--allow-skipped',
    description: 'leave out rows that cannot be used, however many they are',
  },
  strict: {
    flags: '--strict',
    description: 'stop at the first row that cannot be used',
    conflicts: 'allowSkipped',
  },
} as const;
