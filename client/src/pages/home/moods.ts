import { msg } from '@lingui/core/macro';
import type { MessageDescriptor } from '@lingui/core';
import type { MovieFilter } from '../../gql/graphql.ts';

export type Mood = 'any' | 'light' | 'tense' | 'touching' | 'far' | 'classic' | 'family';

/** The moods in words. */
export const MOODS: Readonly<Record<Mood, MessageDescriptor>> = {
  any: msg`Any mood`,
  light: msg`Something light`,
  tense: msg`Something tense`,
  touching: msg`Something touching`,
  far: msg`Far from here`,
  classic: msg`A classic`,
  family: msg`For the family`,
};

const CLASSIC_UNTIL = 1979;

interface Preset {
  genres?: readonly string[];
  excludeGenres?: readonly string[];
  yearTo?: number;
}

const PRESETS: Readonly<Record<Exclude<Mood, 'any'>, Preset>> = {
  light: {
    genres: ['Comedy', 'Animation', 'Musical'],
    excludeGenres: ['Horror', 'War', 'Thriller', 'Crime'],
  },
  tense: { genres: ['Thriller', 'Mystery', 'Horror', 'Crime'], excludeGenres: ['Comedy', 'Children'] },
  touching: { genres: ['Romance', 'Drama'], excludeGenres: ['Horror', 'Action', 'Thriller'] },
  far: { genres: ['Adventure', 'Sci-Fi', 'Fantasy', 'Western'] },
  classic: { yearTo: CLASSIC_UNTIL },
  family: { genres: ['Children', 'Animation', 'Family'], excludeGenres: ['Horror', 'War', 'Crime'] },
};

/**
 * A mood as a filter of the genres that the data set has; null where it filters nothing.
 * @param known the names of the genres that there are: the API refuses all others
 */
export function moodFilter(mood: Mood, known: readonly string[]): MovieFilter | null {
  if (mood === 'any') return null;
  const { genres = [], excludeGenres = [], yearTo } = PRESETS[mood];
  const among = (names: readonly string[]) => names.filter((name) => known.includes(name));
  const filter: MovieFilter = {
    ...(among(genres).length > 0 && { genres: among(genres) }),
    ...(among(excludeGenres).length > 0 && { excludeGenres: among(excludeGenres) }),
    ...(yearTo !== undefined && { yearTo }),
  };
  return Object.keys(filter).length > 0 ? filter : null;
}

/** The moods that filter something in this data set. */
export const moodsFor = (known: readonly string[]): Mood[] =>
  (Object.keys(MOODS) as Mood[]).filter((mood) => mood === 'any' || moodFilter(mood, known) !== null);
