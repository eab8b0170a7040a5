import type { Coverage } from '@pocketrocket/schema';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { ShownCounts } from '../lists/shownCounts.ts';

/** Share of the catalogue that counts as its head. */
const HEAD_SHARE = 0.01;

/**
 * Tells what lists showed of a catalogue, and how far popular movies had more than their part.
 * @param shown of each thread; those of another catalogue are left out
 */
export function coverageOf(
  { movies }: Pick<Catalogue, 'movies'>,
  shown: readonly ShownCounts[],
  nowMs: number,
): Coverage {
  const own = shown.filter(({ counts }) => counts.length === movies.length);
  const counts = new Float64Array(movies.length);
  for (const one of own) one.counts.forEach((count, place) => (counts[place] = (counts[place] ?? 0) + count));
  const byRatings = placesByRatings(movies);
  const headLength = Math.ceil(HEAD_SHARE * movies.length);
  let shownCount = 0;
  let shownMovieCount = 0;
  let rankSum = 0;
  let headCount = 0;
  let headRatings = 0;
  byRatings.forEach((place, rank) => {
    const count = counts[place] ?? 0;
    shownCount += count;
    if (count > 0) shownMovieCount++;
    rankSum += count * rank;
    if (rank >= headLength) return;
    headCount += count;
    headRatings += movies.ratingCount(place);
  });
  const isEmpty = shownCount === 0;
  const lastRank = Math.max(1, movies.length - 1);
  return {
    since: new Date(Math.min(nowMs, ...own.map(({ sinceMs }) => sinceMs))),
    shownCount,
    shownMovieCount,
    movieCount: movies.length,
    share: movies.length === 0 ? null : shownMovieCount / movies.length,
    gini: isEmpty ? null : giniOf(counts),
    meanPopularityRank: isEmpty ? null : rankSum / shownCount / lastRank,
    headShare: isEmpty ? null : headCount / shownCount,
    headShareOfRatings: movies.numRatings === 0 ? null : headRatings / movies.numRatings,
  };
}

/** Places of all movies, most ratings first; equal ones by place. */
function placesByRatings(movies: Catalogue['movies']): Uint32Array {
  return Uint32Array.from({ length: movies.length }, (_, place) => place).sort(
    (a, b) => movies.ratingCount(b) - movies.ratingCount(a) || a - b,
  );
}

/** The Gini index Σ (2i − n − 1)·x_i / (n·Σ x_i) of numbers in ascending order; their sum must not be 0. */
export function giniOf(numbers: Float64Array): number {
  const ascending = Float64Array.from(numbers).sort();
  const n = ascending.length;
  let weighted = 0;
  let sum = 0;
  ascending.forEach((number, index) => {
    weighted += (2 * (index + 1) - n - 1) * number;
    sum += number;
  });
  return weighted / (n * sum);
}
