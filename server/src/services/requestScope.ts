import type { Genre, GenreShare, Movie, MovieOrder, RatingOrder, User } from '@pocketrocket/schema';
import DataLoader from 'dataloader';
import type { ApiDeps } from '../deps.ts';
import { GenreRepository } from '../repositories/genreRepository.ts';
import type { Slice, SliceRequest } from '../repositories/keyset.ts';
import { MovieRepository } from '../repositories/movieRepository.ts';
import { RatingRepository, type RatedMovie, type RatingRecord } from '../repositories/ratingRepository.ts';
import { UserRepository, type StoredUser } from '../repositories/userRepository.ts';
import { shownMovie } from './shownMovie.ts';

/** Keys of one statement at most; databases limit its parameters. */
const MAX_BATCH_SIZE = 5_000;

type Loader<T> = DataLoader<number, T>;

/** The loaders of one request: keys asked for at the same time become one statement, keys asked for again none. */
export interface RequestScope {
  movies: Loader<Movie | null>;
  /** A movie for an answer: out of the catalogue in memory where it is there, else read. */
  shownMovie(movieId: number): Movie | Promise<Movie | null>;
  genres: Loader<Genre | null>;
  users: Loader<StoredUser | null>;
  genresOfMovie: Loader<Genre[]>;
  /** Genres watched most first. */
  genreProfileOfUser: Loader<GenreShare[]>;
  /** Every rating of a user, oldest first. */
  historyOfUser: Loader<RatedMovie[]>;
  moviesOfGenre(request: SliceRequest<MovieOrder>): Loader<Slice<Movie>>;
  ratingsOfUser(request: SliceRequest<RatingOrder>): Loader<Slice<RatingRecord>>;
  /** A user's rating of each movie, 0.5 to 5; null without one. */
  ratingsBy(userId: number): Loader<number | null>;
  /** Forgets what was read, after a write. */
  clear(): void;
  /** Who likes a movie most, at most so many. */
  fansOfMovie(limit: number): Loader<User[]>;
}

export function createRequestScope({
  database: { dataSource },
  catalogue,
}: Pick<ApiDeps, 'database' | 'catalogue'>): RequestScope {
  const movies = new MovieRepository(dataSource);
  const genres = new GenreRepository(dataSource);
  const users = new UserRepository(dataSource);
  const ratings = new RatingRepository(dataSource);
  const created: { clearAll(): unknown }[] = [];
  const loader: typeof createLoader = (load) => {
    const one = createLoader(load);
    created.push(one);
    return one;
  };
  const storedMovies = loader((ids) => movies.byIds(ids));
  return {
    movies: storedMovies,
    shownMovie(movieId) {
      const movie = catalogue.current().movie(movieId);
      return movie ? shownMovie(movie) : storedMovies.load(movieId);
    },
    genres: loader((ids) => genres.byIds(ids)),
    users: loader((ids) => users.byIds(ids)),
    genresOfMovie: loader((ids) => genres.ofMovies(ids)),
    genreProfileOfUser: loader((ids) => users.genreProfiles(ids)),
    historyOfUser: loader((ids) => ratings.histories(ids)),
    moviesOfGenre: perArguments((request) => loader((ids) => movies.slicesOfGenres(ids, request))),
    ratingsOfUser: perArguments((request) => loader((ids) => ratings.slicesOfUsers(ids, request))),
    ratingsBy: perArguments((userId) => loader((ids) => ratings.ofUser(userId, ids))),
    clear() {
      for (const one of created) one.clearAll();
    },
    fansOfMovie: perArguments((limit) => loader((ids) => users.fansOfMovies(ids, limit))),
  };
}

function createLoader<T>(load: (ids: readonly number[]) => Promise<T[]>): Loader<T> {
  return new DataLoader(load, { maxBatchSize: MAX_BATCH_SIZE });
}

/** One loader for each different set of arguments. */
function perArguments<Args, T>(create: (args: Args) => Loader<T>): (args: Args) => Loader<T> {
  const loaders = new Map<string, Loader<T>>();
  return (args) => {
    const key = JSON.stringify(args);
    const known = loaders.get(key);
    if (known) return known;
    const created = create(args);
    loaders.set(key, created);
    return created;
  };
}
