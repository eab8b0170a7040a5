import { countItems, type Interactions } from '@pocketrocket/engine';
import type { Distribution, RunReport } from './html/reportData.ts';

type DatasetFacts = RunReport['dataset'];

/** Describes the data that interactions come from; users and movies without any do not count. */
export function factsOf(
  interactions: Interactions,
  { name, identity, synthetic }: Pick<DatasetFacts, 'name' | 'identity' | 'synthetic'>,
): DatasetFacts {
  const { numUsers, userOffsets, ratings, timestamps } = interactions;
  const ofUser = Array.from({ length: numUsers }, (_, userIndex) => {
    return (userOffsets[userIndex + 1] ?? 0) - (userOffsets[userIndex] ?? 0);
  }).filter((count) => count > 0);
  const ofMovie = [...countItems(interactions)].filter((count) => count > 0);
  const known = timestamps.filter((time) => !Number.isNaN(time)).sort();
  return {
    name,
    identity,
    synthetic,
    users: ofUser.length,
    movies: ofMovie.length,
    ratings: ratings.length,
    meanRating: ratings.length === 0 ? null : ratings.reduce((sum, stars) => sum + stars, 0) / ratings.length,
    ratingHistogram: histogramOf(ratings),
    ratingsPerUser: distributionOf(ofUser),
    ratingsPerMovie: distributionOf(ofMovie),
    firstRatedAt: isoTime(known[0]),
    lastRatedAt: isoTime(known.at(-1)),
    ratingsWithoutTime: timestamps.length - known.length,
    ratingsPerYear: perYear(known),
  };
}

/** Distribution of counts of at least 1, in bins of 1, 2–3, 4–7, 8–15, …; null for none. */
export function distributionOf(counts: readonly number[]): Distribution | null {
  if (counts.length === 0) return null;
  const sorted = [...counts].sort((a, b) => a - b);
  const at = (place: number): number => sorted[place] ?? NaN;
  const binOf = (count: number): number => Math.floor(Math.log2(count));
  const first = binOf(at(0));
  const last = binOf(at(sorted.length - 1));
  const bins = Array.from({ length: last - first + 1 }, (_, place) => {
    const from = 2 ** (first + place);
    return { from, to: 2 * from - 1, count: 0 };
  });
  for (const count of sorted) {
    const bin = bins[binOf(count) - first];
    if (bin) bin.count++;
  }
  const middle = sorted.length / 2;
  return {
    min: at(0),
    median: (at(Math.ceil(middle) - 1) + at(Math.floor(middle))) / 2,
    mean: sorted.reduce((sum, count) => sum + count, 0) / sorted.length,
    max: at(sorted.length - 1),
    bins,
  };
}

function histogramOf(ratings: Float32Array): DatasetFacts['ratingHistogram'] {
  const counts = new Map<number, number>();
  for (const stars of ratings) counts.set(stars, (counts.get(stars) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a - b).map(([stars, count]) => ({ stars, count }));
}

/** @param times Unix seconds, ascending */
function perYear(times: Float64Array): DatasetFacts['ratingsPerYear'] {
  const yearOf = (seconds: number): number => new Date(1000 * seconds).getUTCFullYear();
  const counts = new Map<number, number>();
  for (const seconds of times) {
    const year = yearOf(seconds);
    counts.set(year, (counts.get(year) ?? 0) + 1);
  }
  const years = [...counts.keys()];
  const first = years[0] ?? 0;
  const length = years.length === 0 ? 0 : (years.at(-1) ?? first) - first + 1;
  return Array.from({ length }, (_, place) => {
    return { year: first + place, count: counts.get(first + place) ?? 0 };
  });
}

function isoTime(seconds: number | undefined): string | null {
  return seconds === undefined ? null : new Date(1000 * seconds).toISOString();
}
