/** Bytes that each cache of one thread may hold. */
export interface CacheBounds {
  /** Documents that were parsed and validated, with the costs that are known of them. */
  documents: number;
  /** Functions that graphql-jit made of operations. */
  compiledOperations: number;
  /** Texts of persisted queries. */
  persistedQueries: number;
  /** Lists of recommendations that later pages continue. */
  pinnedLists: number;
  /** Movies out of the catalogue, as answers have them. */
  movies: number;
  /** Answers of TMDB, where it is asked. */
  tmdb: number;
  /** Folded-in histories of users. */
  profiles: number;
}

const MEGABYTE = 1024 * 1024;

/** Bytes of a rating in a profile, about: `PROFILE_RATINGS` counts in these. */
const BYTES_PER_PROFILE_RATING = 80;

/**
 * The bounds of one of several threads that share the work.
 * @param profileRatings of all threads together
 * @param threads each gets an equal share
 */
export function cacheBounds({
  profileRatings,
  threads = 1,
}: {
  profileRatings: number;
  threads?: number;
}): CacheBounds {
  return {
    documents: (24 * MEGABYTE) / threads,
    compiledOperations: (48 * MEGABYTE) / threads,
    persistedQueries: (8 * MEGABYTE) / threads,
    pinnedLists: (48 * MEGABYTE) / threads,
    movies: (16 * MEGABYTE) / threads,
    tmdb: (8 * MEGABYTE) / threads,
    profiles: (profileRatings * BYTES_PER_PROFILE_RATING) / threads,
  };
}
