import {
  buildProfile,
  inProcessRanker,
  inProcessVectorStore,
  likesNothing,
  neighboursOf,
  recommend,
  withNewMovies,
  type LoadedModel,
  type RatedMovie,
  type RecommendedItem,
} from '@pocketrocket/model';
import type { CatalogueMovie } from '../data/catalogue.ts';

type Scored = Pick<RecommendedItem, 'movieId' | 'score'>;

/** A whole list for a user, best first. */
export interface UserList {
  entries(start: number, count: number): (Scored & Pick<RecommendedItem, 'reasons'>)[];
  scores(start: number, count: number): Scored[];
}

const PORTS = { vectorStore: inProcessVectorStore, ranker: inProcessRanker };

/** Makes the lists that the server gives without a filter, in this process. */
export class UserLists {
  readonly #model: LoadedModel;
  /** All movies by damped popularity n / (n + k), n a movie's number of ratings and k the mean; ties ascending by movieId. */
  readonly #popular: readonly Scored[];
  /** Movies that must not be in a user's lists. */
  readonly #dismissed = new Map<number, number[]>();

  constructor(published: LoadedModel, movies: readonly CatalogueMovie[]) {
    this.#model = withNewMovies(published, movies);
    this.#popular = byPopularity(movies);
    for (const { movieId, dismissedBy = [] } of movies)
      for (const userId of dismissedBy)
        this.#dismissed.set(userId, [...(this.#dismissed.get(userId) ?? []), movieId]);
  }

  /**
   * The list of a user; popular movies for one whose ratings say nothing to the model.
   * @param rated oldest first
   */
  async listFor(userId: number, rated: readonly RatedMovie[], diversity = 0): Promise<UserList> {
    const profile = buildProfile(this.#model, rated, userId);
    const dismissed = this.#dismissed.get(userId) ?? [];
    const seen = [...rated.map(({ movieId }) => movieId), ...dismissed];
    if (!profile) return this.#popularWithout(seen);
    if (likesNothing(profile)) {
      return this.#popularWithout([...seen, ...neighboursOf(this.#model, profile)]);
    }
    const eligible = new Uint8Array(this.#model.items.size).fill(1);
    for (const itemIndex of profile.items) eligible[itemIndex] = 0;
    for (const movieId of dismissed) eligible[this.#model.items.indexOf(movieId)] = 0;
    return recommend(PORTS, this.#model, { profile, eligible, diversity });
  }

  #popularWithout(movieIds: Iterable<number>): UserList {
    const leftOut = new Set(movieIds);
    const scores: UserList['scores'] = (start, count) => {
      const found: Scored[] = [];
      for (const movie of this.#popular) {
        if (found.length === start + count) break;
        if (!leftOut.has(movie.movieId)) found.push(movie);
      }
      return found.slice(start);
    };
    return {
      scores,
      entries: (start, count) => scores(start, count).map((movie) => ({ ...movie, reasons: [] })),
    };
  }
}

function byPopularity(movies: readonly CatalogueMovie[]): Scored[] {
  const numRatings = movies.reduce((sum, { ratingCount }) => sum + ratingCount, 0);
  const meanCount = numRatings / Math.max(movies.length, 1);
  return movies
    .toSorted((a, b) => b.ratingCount - a.ratingCount || a.movieId - b.movieId)
    .map(({ movieId, ratingCount }) => ({
      movieId,
      score: ratingCount === 0 ? 0 : ratingCount / (ratingCount + meanCount),
    }));
}
