import {
  Genre,
  Movie,
  MovieConnection,
  MovieFilter,
  MovieMapConnection,
  MovieOrder,
  MovieSearchOrder,
  MovieTag,
  SimilarMovie,
  User,
} from '@pocketrocket/schema';
import { FIRST_OVERLAY_MOVIE_ID } from '@pocketrocket/schema/database';
import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { askingApp, type ApiContext } from '../context.ts';
import type { ApiDeps } from '../deps.ts';
import { checkFirst } from '../../arguments/checks.ts';
import { externalIdOfMovie, findMovie } from '../../movies/findMovie.ts';
import { listMovies } from '../../movies/listMovies.ts';
import { MAX_PLACES, pageOfMap } from '../../movies/movieMap.ts';
import { popularNow } from '../../movies/popularNow.ts';
import { listFoundMovies, searchMovies } from '../../movies/searchMovies.ts';
import { findSimilarMovies } from '../../movies/similarMovies.ts';
import { After, First, Skip } from './listArguments.ts';

@Resolver(() => Movie)
export class MovieResolver {
  constructor(private readonly deps: Pick<ApiDeps, 'repositories' | 'catalogue' | 'models'>) {}

  @Query(() => Movie, {
    nullable: true,
    description: 'One movie, by exactly one of the arguments; null where there is none.',
  })
  async movie(
    @Arg('movieId', () => Int, { nullable: true, description: "The movie's number." })
    movieId: number | null | undefined,
    @Arg('externalId', () => String, {
      nullable: true,
      description:
        "The movie's id: as the app that asks gave it, else as the data set's files write it, such as `tt0111161`, a UUID or `318`.",
    })
    externalId: string | null | undefined,
    @Arg('imdbId', () => String, {
      nullable: true,
      description: "The movie's id at IMDb, such as `tt0114709`, where the data set links it.",
    })
    imdbId: string | null | undefined,
    @Arg('tmdbId', () => Int, {
      nullable: true,
      description: "The movie's id at TMDB, where the data set links it.",
    })
    tmdbId: number | null | undefined,
    @Ctx() { scope, app }: ApiContext,
  ): Promise<Movie | null> {
    // A key that does not hold matters to what is asked for by an id of its app alone.
    const access = typeof externalId === 'string' ? await app() : null;
    return findMovie(scope, access, { movieId, externalId, imdbId, tmdbId });
  }

  @Query(() => MovieConnection, { nullable: true, description: 'All movies that pass a filter.' })
  movies(
    @Arg('filter', () => MovieFilter, {
      nullable: true,
      description: 'Conditions on the movies; all movies without it.',
    })
    filter: MovieFilter | null,
    @Arg('orderBy', () => MovieOrder, {
      defaultValue: MovieOrder.WEIGHTED_RATING_DESC,
      description: 'Order of the list.',
    })
    orderBy: MovieOrder,
    @First(20) first: number,
    @After() after: string | null | undefined,
    @Skip() skip: number,
  ): Promise<MovieConnection> {
    const { repositories, catalogue } = this.deps;
    return listMovies({ movies: repositories.movies, catalogue }, { filter, orderBy, first, after, skip });
  }

  @Query(() => [Movie], {
    nullable: true,
    description:
      'The first movies that `movieSearch` finds, best match first. Forgives case, accents, articles, misspelt and swapped letters, ' +
      'joined and parted words and an unfinished last word; understands initials, numbers in digits, words and Roman ones, digits ' +
      'for letters, years, and the number of a sequel; finds parts of Chinese, Japanese and Korean titles and emoji. Exact and ' +
      'often rated titles come first.',
  })
  searchMovies(
    @Arg('query', () => String, { description: 'The search text, up to 200 characters.' }) query: string,
    @First(10) first: number,
    @Ctx() { scope }: ApiContext,
  ): Promise<Movie[]> {
    return searchMovies(this.deps, scope, { query, first });
  }

  @Query(() => MovieConnection, {
    nullable: true,
    description:
      'All movies that a text means and that pass a filter, forgiving as `searchMovies` is. Movies that have a part of its words are ' +
      'among them only where those that have all are few.',
  })
  movieSearch(
    @Arg('query', () => String, { description: 'The search text, up to 200 characters.' }) query: string,
    @Arg('filter', () => MovieFilter, {
      nullable: true,
      description: 'Conditions on the movies; all movies without it.',
    })
    filter: MovieFilter | null,
    @Arg('orderBy', () => MovieSearchOrder, {
      defaultValue: MovieSearchOrder.RELEVANCE,
      description: 'Order of the list.',
    })
    orderBy: MovieSearchOrder,
    @First(20) first: number,
    @After() after: string | null | undefined,
    @Skip() skip: number,
    @Ctx() { scope }: ApiContext,
  ): Promise<MovieConnection> {
    return listFoundMovies(this.deps, scope, { query, filter, orderBy, first, after, skip });
  }

  @Query(() => [Movie], {
    nullable: true,
    description:
      'The movies that most users watch at the end of what the model was trained on; by their number of ratings where no model ' +
      'serves or it knows no times.',
  })
  popularNow(
    @Arg('filter', () => MovieFilter, {
      nullable: true,
      description: 'Conditions on the movies; all movies without it.',
    })
    filter: MovieFilter | null | undefined,
    @First(20) first: number,
    @Ctx() { scope }: ApiContext,
  ): Promise<Movie[]> {
    return popularNow(this.deps, scope, { first, filter });
  }

  @Query(() => MovieMapConnection, {
    nullable: true,
    description:
      'The map of all movies, made in training so that movies watched by the same people lie near each other; null where no model ' +
      'serves or the one that does has none. Pages continue it as long as the same model serves.',
  })
  movieMap(
    @Arg('first', () => Int, {
      defaultValue: MAX_PLACES,
      description: `Maximum number of entries, 1 to ${MAX_PLACES}.`,
    })
    first: number,
    @After() after: string | null | undefined,
    @Ctx() { scope }: ApiContext,
  ): Promise<MovieMapConnection | null> {
    return pageOfMap(this.deps, scope, { first, after });
  }

  @FieldResolver(() => [MovieTag], {
    nullable: true,
    description:
      'Tags that users have given the movie, the most used first; empty where the data set has none.',
  })
  async tags(
    @Root() { movieId }: Movie,
    @First(10) first: number,
    @Ctx() { scope }: ApiContext,
  ): Promise<MovieTag[]> {
    checkFirst(first);
    return scope.tagsOfMovie(first).load(movieId);
  }

  @FieldResolver(() => String, {
    description:
      "The movie's id: as the app that asks gave it, else as the data set's files write it; the number itself where there is none.",
  })
  async externalId(@Root() { movieId }: Movie, @Ctx() context: ApiContext): Promise<string> {
    return externalIdOfMovie(context.scope, await askingApp(context), movieId);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'What the movie is about, as the app says that added it; null for movies of the data set.',
  })
  overview(@Root() { movieId }: Movie, @Ctx() { scope }: ApiContext): Promise<string | null> | null {
    return movieId < FIRST_OVERLAY_MOVIE_ID ? null : scope.overviewOfMovie.load(movieId);
  }

  @FieldResolver(() => [Genre], {
    description: 'All genres of the movie, by name; empty where none is known.',
  })
  genres(@Root() { movieId }: Movie, @Ctx() { scope }: ApiContext): Genre[] | Promise<Genre[]> {
    const kept = !scope.freshMovies.has(movieId) && this.deps.catalogue.current().genresOf(movieId);
    return kept ? [...kept] : scope.genresOfMovie.load(movieId);
  }

  @FieldResolver(() => [User], {
    nullable: true,
    description:
      'The users who like the movie most: the highest rating first; among equal ratings, those whose rating exceeds their own mean the most.',
  })
  async fans(
    @Root() { movieId }: Movie,
    @First(5) first: number,
    @Ctx() { scope }: ApiContext,
  ): Promise<User[]> {
    checkFirst(first);
    return scope.fansOfMovie(first).load(movieId);
  }

  @FieldResolver(() => [SimilarMovie], {
    nullable: true,
    description:
      'Movies that the same people watch, by the item2vec model, closest first. Where no model knows the movie: those that ' +
      'share genres and era with it, the often rated first.',
  })
  similar(
    @Root() { movieId }: Movie,
    @First(20) first: number,
    @Arg('filter', () => MovieFilter, {
      nullable: true,
      description: 'Conditions on the movies; all movies without it.',
    })
    filter: MovieFilter | null,
    @Ctx() { scope }: ApiContext,
  ): Promise<SimilarMovie[]> {
    return findSimilarMovies(this.deps, scope, { movieId, first, filter });
  }
}
