import { GenreComparison, type GenreShare, type RatingPair, type UserComparison } from '@pocketrocket/schema';
import { checkFirst, refuse } from '../arguments/checks.ts';
import type { RequestScope, StoredUser } from '../loaders/requestScope.ts';
import { withMovies } from '../loaders/withMovies.ts';

/** Shared movies at which a similarity counts for half. */
const DAMPING = 10;
/** Stars by which ratings agree at most, and disagree at least. */
const AGREEMENT = 0.5;
const DISAGREEMENT = 1;

interface Pair {
  movieId: number;
  rating: number;
  otherRating: number;
}

/** The two users, and how many agreements and disagreements at most. */
export interface ComparedUsers {
  user: StoredUser;
  other: StoredUser;
  first: number;
}

/**
 * Compares two users whose ratings may be read: how alike they rate what both have rated, and on what they agree and differ.
 * @throws AppError BAD_USER_INPUT for a length out of range, or one user twice
 */
export async function compareUsers(
  scope: RequestScope,
  { user, other, first }: ComparedUsers,
): Promise<UserComparison> {
  checkFirst(first);
  if (user.userId === other.userId) refuse(`userId and otherUserId are both ${user.userId}: give two users`);
  const [histories, profiles] = await Promise.all([
    Promise.all([user, other].map(({ userId }) => scope.historyOfUser.load(userId))),
    Promise.all([user, other].map(({ userId }) => scope.genreProfileOfUser.load(userId))),
  ]);
  const [own = [], others = []] = histories;
  const ratingOf = new Map(others.map(({ movieId, rating }) => [movieId, rating]));
  const pairs = own.flatMap(({ movieId, rating }): Pair[] => {
    const otherRating = ratingOf.get(movieId);
    return otherRating === undefined ? [] : [{ movieId, rating, otherRating }];
  });
  const means = { mean: user.averageRating ?? 0, otherMean: other.averageRating ?? 0 };
  const agreeing = pairs.filter((pair) => differenceOf(pair) <= AGREEMENT);
  const differing = pairs.filter((pair) => differenceOf(pair) >= DISAGREEMENT);
  const [agreements, disagreements] = await Promise.all([
    shown(scope, agreeing, first, (pair) => emphasisOf(pair, means)),
    shown(scope, differing, first, differenceOf),
  ]);
  return {
    similarity: similarityOf(pairs, means),
    commonCount: pairs.length,
    agreements,
    disagreements,
    genres: compareGenres(profiles[0] ?? [], profiles[1] ?? []),
  };
}

/** The users' mean ratings. */
interface Means {
  mean: number;
  otherMean: number;
}

/**
 * The cosine of two users' ratings of the movies that both have rated, each less its user's own mean, times n / (n + 10); 0 where
 * either rates all of them at the mean.
 *
 * Source: Herlocker et al., "An Algorithmic Framework for Performing Collaborative Filtering", SIGIR 1999: agreement on few items is
 * trusted little; shrunk as in Koren, KDD 2008.
 */
export function similarityOf(
  pairs: readonly Pick<Pair, 'rating' | 'otherRating'>[],
  { mean, otherMean }: Means,
): number {
  let product = 0;
  let square = 0;
  let otherSquare = 0;
  for (const { rating, otherRating } of pairs) {
    product += (rating - mean) * (otherRating - otherMean);
    square += (rating - mean) ** 2;
    otherSquare += (otherRating - otherMean) ** 2;
  }
  const norm = Math.sqrt(square * otherSquare);
  if (norm === 0) return 0;
  const cosine = Math.min(1, Math.max(-1, product / norm));
  return (cosine * pairs.length) / (pairs.length + DAMPING);
}

function differenceOf({ rating, otherRating }: Pair): number {
  return Math.abs(rating - otherRating);
}

/** Tells how far both stand above their means, or both below: the smaller of the distances, negative where they stand on two sides. */
function emphasisOf({ rating, otherRating }: Pair, { mean, otherMean }: Means): number {
  const [own, others] = [rating - mean, otherRating - otherMean];
  return Math.min(Math.abs(own), Math.abs(others)) * Math.sign(own * others);
}

/** The pairs with the largest weights, at most so many, with their movies; of equal ones those of the lower number. */
async function shown(
  scope: RequestScope,
  pairs: readonly Pair[],
  first: number,
  weightOf: (pair: Pair) => number,
): Promise<RatingPair[]> {
  const best = [...pairs].sort((a, b) => weightOf(b) - weightOf(a) || a.movieId - b.movieId).slice(0, first);
  const found = await withMovies(scope, best, ({ movieId }) => movieId);
  return found.map(({ of: { rating, otherRating }, movie }) => ({ movie, rating, otherRating }));
}

function compareGenres(own: readonly GenreShare[], others: readonly GenreShare[]): GenreComparison[] {
  const genres = new Map([...own, ...others].map(({ genre }) => [genre.genreId, genre]));
  const shareOf = (shares: readonly GenreShare[]) =>
    new Map(shares.map((share) => [share.genre.genreId, share]));
  const [ownShares, otherShares] = [shareOf(own), shareOf(others)];
  return [...genres]
    .map(([genreId, genre]) => {
      const [share, other] = [ownShares.get(genreId), otherShares.get(genreId)];
      return Object.assign(new GenreComparison(), {
        genre,
        ratingCount: share?.ratingCount ?? 0,
        otherRatingCount: other?.ratingCount ?? 0,
        averageRating: share?.averageRating ?? null,
        otherAverageRating: other?.averageRating ?? null,
      });
    })
    .sort(
      (a, b) =>
        b.ratingCount + b.otherRatingCount - a.ratingCount - a.otherRatingCount ||
        (a.genre.name < b.genre.name ? -1 : 1),
    );
}
