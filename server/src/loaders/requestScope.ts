import type { RatedMovie } from '@pocketrocket/model';
import type {
  ApiKey,
  App,
  Genre,
  GenreShare,
  Movie,
  MovieOrder,
  MovieTag,
  RatingOrder,
  User,
} from '@pocketrocket/schema';
import type { MovieMark } from '@pocketrocket/schema/database';
import type DataLoader from 'dataloader';
import type { Slice, SliceRequest } from '../database/keyset.ts';

export type Loader<T> = DataLoader<number, T>;
/** Finds numbers by ids as the data set's files write them; null for what is none. */
export type NumberLoader = DataLoader<string, number | null>;

/** A user as stored: every user that this server hands to GraphQL is one. */
export interface StoredUser extends User {
  /** Another text after every change of the user's ratings. */
  ratingsState: string;
  /** True where it is known, without a token, that the user asks: after a sign-in. */
  isOwn?: boolean;
  /** The app whose user it is, and as which; left out for all others, and for users whom their app shares. */
  ofApp?: { appId: string; externalId: string };
}

/** A user of an app. */
export interface AppUser extends StoredUser {
  ofApp: { appId: string; externalId: string };
}

/** A rating by the numbers of its user and movie, before these are looked up. */
export interface RatingRecord {
  userId: number;
  movieId: number;
  /** 0.5 to 5. */
  rating: number;
  ratedAt: Date | null;
}

/** The loaders of one request: keys asked for at the same time become one statement, keys asked for again none. */
export interface RequestScope {
  movies: Loader<Movie | null>;
  /** A movie for an answer: out of the catalogue in memory where it is there, else read. */
  movieForAnswer(movieId: number): Movie | Promise<Movie | null>;
  movieIdOf: NumberLoader;
  /** Finds movies by ids that an app has given. */
  appMovieIdOf(namespace: string): NumberLoader;
  /** The id that an app has given a movie; null where it gave none. */
  appIdOfMovie(namespace: string): Loader<string | null>;
  /** The movie of an id at IMDb or TMDB; null without one. */
  movieIdOfLink(kind: 'imdbId' | 'tmdbId'): Loader<number | null>;
  /** A movie's numbers at IMDb and TMDB; null for those that it has not. */
  linksOfMovie: Loader<{ imdbId: number | null; tmdbId: number | null }>;
  /** URL of a poster from elsewhere than the data set, where one is known already; null where nobody is asked. */
  posterOfMovie: Loader<string | null> | null;
  /** Tells what a movie is about, as its app says; null where none does. */
  overviewOfMovie: Loader<string | null>;
  /** Movies that this request has written: what is in memory of them is not the latest. */
  readonly freshMovies: Set<number>;
  userIdOf: NumberLoader;
  externalIdOfMovie: Loader<string>;
  externalIdOfUser: Loader<string>;
  /** For administrators. */
  apps: DataLoader<string, App | null>;
  keysOfApp: DataLoader<string, ApiKey[]>;
  userCountOfApp: DataLoader<string, number>;
  genres: Loader<Genre | null>;
  /** Users whom everybody may see; those of apps only where their app shares them. */
  users: Loader<StoredUser | null>;
  /** Users of all apps, by number: for their own app alone to see. */
  appUsers: Loader<AppUser | null>;
  /** Finds the numbers of an app's users by their external ids. */
  appUserIdOf(appId: string): NumberLoader;
  genresOfMovie: Loader<Genre[]>;
  /** Genres watched most first. */
  genreProfileOfUser: Loader<GenreShare[]>;
  /** The movies that a user has dismissed. */
  dismissedByUser: Loader<number[]>;
  /** Every rating of a user, oldest first. */
  historyOfUser: Loader<RatedMovie[]>;
  moviesOfGenre(request: SliceRequest<MovieOrder>): Loader<Slice<Movie>>;
  ratingsOfUser(request: SliceRequest<RatingOrder>): Loader<Slice<RatingRecord>>;
  /** A user's rating of each movie, 0.5 to 5; null without one. */
  ratingsBy(userId: number): Loader<number | null>;
  /** The tags that a movie was given most, at most `limit`, most used first. */
  tagsOfMovie(limit: number): Loader<MovieTag[]>;
  /** True of each movie that a user has marked so. */
  isMarkedBy(asked: { mark: MovieMark; userId: number }): Loader<boolean>;
  /** Forgets what was read, after a write. */
  clear(): void;
  /** The users who like a movie most, at most `limit`. */
  fansOfMovie(limit: number): Loader<StoredUser[]>;
}
