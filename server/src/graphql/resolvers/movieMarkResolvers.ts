import {
  DismissMoviePayload,
  Movie,
  MovieConnection,
  RateMoviesPayload,
  RatingInput,
  RestoreMoviePayload,
  User,
  WatchlistPayload,
} from '@pocketrocket/schema';
import type { MovieMark } from '@pocketrocket/schema/database';
import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import { requireViewer } from '../../accounts/viewer.ts';
import { listMarked } from '../../ratings/listMarked.ts';
import { markMovie } from '../../ratings/markMovie.ts';
import { rateMovies } from '../../ratings/rateMovies.ts';
import type { ApiContext } from '../context.ts';
import type { ApiDeps } from '../deps.ts';
import { After, First } from './listArguments.ts';

const SIGNED_IN = 'UNAUTHENTICATED unless signed in.';

/** The argument `movieId` of what is done with one movie. */
const MovieId = () => Arg('movieId', () => Int, { description: "The movie's number." });

@Resolver(() => Movie)
export class MovieMarkResolver {
  constructor(private readonly deps: Pick<ApiDeps, 'database' | 'catalogue' | 'changes'>) {}

  @Mutation(() => DismissMoviePayload, {
    description: `Keeps a movie out of all lists of recommendations of the viewer until it is restored; idempotent. The next list follows. NOT_FOUND; ${SIGNED_IN}`,
  })
  dismissMovie(@MovieId() movieId: number, @Ctx() context: ApiContext): Promise<DismissMoviePayload> {
    return this.#mark('dismiss', movieId, context);
  }

  @Mutation(() => RestoreMoviePayload, {
    description: `Lets a dismissed movie be recommended to the viewer again; idempotent. The next list follows. NOT_FOUND; ${SIGNED_IN}`,
  })
  restoreMovie(@MovieId() movieId: number, @Ctx() context: ApiContext): Promise<RestoreMoviePayload> {
    return this.#mark('restore', movieId, context);
  }

  @Mutation(() => WatchlistPayload, {
    description: `Puts a movie on the viewer's watchlist; idempotent. Rating it takes it off again. NOT_FOUND; ${SIGNED_IN}`,
  })
  addToWatchlist(@MovieId() movieId: number, @Ctx() context: ApiContext): Promise<WatchlistPayload> {
    return this.#mark('addToWatchlist', movieId, context);
  }

  @Mutation(() => WatchlistPayload, {
    description: `Takes a movie off the viewer's watchlist; idempotent. NOT_FOUND; ${SIGNED_IN}`,
  })
  removeFromWatchlist(@MovieId() movieId: number, @Ctx() context: ApiContext): Promise<WatchlistPayload> {
    return this.#mark('removeFromWatchlist', movieId, context);
  }

  @Mutation(() => RateMoviesPayload, {
    description:
      'Stores several ratings of the viewer in one transaction, replacing earlier ones; idempotent. One rating off the scale, or a movie ' +
      'named twice, refuses all (BAD_USER_INPUT); movies that do not exist are passed over and named. ' +
      SIGNED_IN,
  })
  async rateMovies(
    @Arg('ratings', () => [RatingInput], { description: 'The ratings, each movie once, at most 500.' })
    ratings: RatingInput[],
    @Ctx() { scope, viewerId, deadline }: ApiContext,
  ): Promise<RateMoviesPayload> {
    return rateMovies(this.deps, scope, { userId: requireViewer(await viewerId()), ratings }, deadline);
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: 'True if the viewer has dismissed the movie; null unless signed in.',
  })
  isDismissed(@Root() movie: Movie, @Ctx() context: ApiContext): Promise<boolean | null> {
    return this.#isMarked('dismissed', movie, context);
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: "True if the movie is on the viewer's watchlist; null unless signed in.",
  })
  isOnWatchlist(@Root() movie: Movie, @Ctx() context: ApiContext): Promise<boolean | null> {
    return this.#isMarked('watchlist', movie, context);
  }

  async #mark(
    change: Parameters<typeof markMovie>[2]['change'],
    movieId: number,
    { scope, viewerId, deadline }: ApiContext,
  ): ReturnType<typeof markMovie> {
    const userId = requireViewer(await viewerId());
    return markMovie(this.deps, scope, { userId, movieId, change }, deadline);
  }

  async #isMarked(
    mark: MovieMark,
    { movieId }: Movie,
    { scope, viewerId }: ApiContext,
  ): Promise<boolean | null> {
    const userId = await viewerId();
    return userId === null ? null : scope.isMarkedBy({ mark, userId }).load(movieId);
  }
}

@Resolver(() => User)
export class MarkedMoviesResolver {
  constructor(private readonly deps: Pick<ApiDeps, 'repositories'>) {}

  @FieldResolver(() => MovieConnection, {
    nullable: true,
    description: 'The movies that the user means to watch, latest first; null for everybody else.',
  })
  watchlist(
    @Root() user: User,
    @First(20) first: number,
    @After() after: string | null | undefined,
    @Ctx() { scope }: ApiContext,
  ): Promise<MovieConnection> {
    return listMarked(this.deps.repositories.marks, scope, { mark: 'watchlist', user, first, after });
  }

  @FieldResolver(() => MovieConnection, {
    nullable: true,
    description:
      'The movies that the user has dismissed, latest first; null for everybody but the user, and the app whose user it is.',
  })
  dismissedMovies(
    @Root() user: User,
    @First(20) first: number,
    @After() after: string | null | undefined,
    @Ctx() { scope }: ApiContext,
  ): Promise<MovieConnection> {
    return listMarked(this.deps.repositories.marks, scope, { mark: 'dismissed', user, first, after });
  }
}
