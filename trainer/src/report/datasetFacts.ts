import type { Ratings } from '../pipeline/ratings/ratings.ts';
import type { RatingFacts } from '../pipeline/ratings/ratingFacts.ts';
import type { Distribution, RunReport } from './html/reportData.ts';

type DatasetFacts = RunReport['dataset'];

/** Describes a data set by its ratings; users and movies without any do not count. */
export function factsOf(
  { histogram, span, numUntimed, numRatings, years }: RatingFacts,
  { userCounts, itemCounts }: Pick<Ratings, 'userCounts' | 'itemCounts'>,
  { name, identity, synthetic }: Pick<DatasetFacts, 'name' | 'identity' | 'synthetic'>,
): DatasetFacts {
  const ofUser = [...userCounts.filter((count) => count > 0)];
  const ofMovie = [...itemCounts.filter((count) => count > 0)];
  const sumOfStars = histogram.reduce((sum, { stars, count }) => sum + stars * count, 0);
  return {
    name,
    identity,
    synthetic,
    users: ofUser.length,
    movies: ofMovie.length,
    ratings: numRatings,
    meanRating: numRatings === 0 ? null : sumOfStars / numRatings,
    ratingHistogram: histogram.map((bin) => ({ ...bin })),
    ratingsPerUser: distributionOf(ofUser),
    ratingsPerMovie: distributionOf(ofMovie),
    firstRatedAt: isoTime(span?.first),
    lastRatedAt: isoTime(span?.last),
    ratingsWithoutTime: numUntimed,
    ratingsPerYear: perYear(years),
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

/** The same with the years between that have none. */
function perYear(years: RatingFacts['years']): DatasetFacts['ratingsPerYear'] {
  const first = years[0]?.year ?? 0;
  const length = years.length === 0 ? 0 : (years.at(-1)?.year ?? first) - first + 1;
  const counts = new Map(years.map(({ year, count }) => [year, count]));
  return Array.from({ length }, (_, place) => {
    return { year: first + place, count: counts.get(first + place) ?? 0 };
  });
}

function isoTime(seconds: number | undefined): string | null {
  return seconds === undefined ? null : new Date(1000 * seconds).toISOString();
}
