import DataLoader from 'dataloader';
import type { RequestScope } from '../loaders/requestScope.ts';
import { catalogueBackedMovie } from '../movies/catalogueBackedMovie.ts';
import type { FilmIds } from '../tmdb/tmdb.ts';
import type { Turns } from '../timing/turns.ts';
import type { ApiDeps } from './deps.ts';

/** Keys of one statement at most; databases limit its parameters. */
const MAX_BATCH_SIZE = 5_000;

/** The same where a key has a history of its own to read: SQLite answers in this thread, which must not be held. */
const MAX_HISTORIES = 50;

/** The loaders of a new request. */
export function createRequestScope(
  {
    repositories: { movies, genres, users, apps, appUsers, ratings, marks },
    catalogue,
    caches,
    films,
  }: Pick<ApiDeps, 'repositories' | 'catalogue' | 'caches' | 'films'>,
  turns: Turns,
): RequestScope {
  const created: { clearAll(): unknown }[] = [];
  const loader: typeof createLoader = (load) => {
    const one = createLoader(load);
    created.push(one);
    return one;
  };
  const storedMovies = loader((ids) => movies.byIds(ids));
  const links = loader((ids) => movies.links(ids));
  const posterOf = async (ids: FilmIds | Error) => {
    if (ids instanceof Error) throw ids;
    return films?.posterUrl(ids) ?? null;
  };
  return {
    movies: storedMovies,
    movieForAnswer: (movieId) =>
      catalogueBackedMovie(catalogue.current(), movieId, caches.movies) ?? storedMovies.load(movieId),
    movieIdOf: loader((ids: readonly string[]) => movies.movieIdsOf(ids)),
    appMovieIdOf: perArguments((namespace) =>
      loader((ids: readonly string[]) => movies.movieIdsOfApp(namespace, ids)),
    ),
    appIdOfMovie: perArguments((namespace) => loader((ids) => movies.idsOfApp(namespace, ids))),
    movieIdOfLink: perArguments((kind) => loader((ids) => movies.movieIdsByLink(kind, ids))),
    linksOfMovie: links,
    posterOfMovie: films
      ? loader(async (ids) => Promise.all((await links.loadMany(ids)).map(posterOf)))
      : null,
    overviewOfMovie: loader((ids) => movies.overviews(ids)),
    freshMovies: new Set(),
    userIdOf: loader((ids: readonly string[]) => users.userIdsOf(ids)),
    externalIdOfMovie: loader((ids) => movies.externalIds(ids)),
    externalIdOfUser: loader((ids) => users.externalIds(ids)),
    apps: loader((ids: readonly string[]) => apps.byIds(ids)),
    keysOfApp: loader((ids: readonly string[]) => apps.keysOf(ids)),
    userCountOfApp: loader((ids: readonly string[]) => apps.userCounts(ids)),
    genres: loader((ids) => genres.byIds(ids)),
    users: loader((ids) => users.byIds(ids)),
    appUsers: loader((ids) => appUsers.byIds(ids)),
    appUserIdOf: perArguments((appId: string) =>
      loader((ids: readonly string[]) => appUsers.userIdsOf(appId, ids)),
    ),
    genresOfMovie: loader((ids) => genres.ofMovies(ids)),
    genreProfileOfUser: loader((ids) => users.genreProfiles(ids)),
    dismissedByUser: loader((ids) => marks.ofUsers('dismissed', ids)),
    historyOfUser: loader(inTurns(turns, (ids) => ratings.histories(ids))),
    moviesOfGenre: perArguments((request) => loader((ids) => movies.slicesOfGenres(ids, request))),
    ratingsOfUser: perArguments((request) =>
      loader(inTurns(turns, (ids) => ratings.slicesOfUsers(ids, request))),
    ),
    isMarkedBy: perArguments(({ mark, userId }) => loader((ids) => marks.isMarked(mark, userId, ids))),
    ratingsBy: perArguments((userId) => loader((ids) => ratings.ofUser(userId, ids))),
    clear() {
      for (const one of created) one.clearAll();
    },
    tagsOfMovie: perArguments((limit) => loader((ids) => movies.tags(ids, limit))),
    fansOfMovie: perArguments((limit) => loader(inTurns(turns, (ids) => users.fansOfMovies(ids, limit)))),
  };
}

type Load<T, Key = number> = (ids: readonly Key[]) => Promise<T[]>;

/** Loads no more than some keys at once, and lets others be served between. */
function inTurns<T>(turns: Turns, load: Load<T>): Load<T> {
  return async (ids) => {
    const loaded: T[] = [];
    for (let start = 0; start < ids.length; start += MAX_HISTORIES) {
      await turns.yieldIfLong();
      loaded.push(...(await load(ids.slice(start, start + MAX_HISTORIES))));
    }
    return loaded;
  };
}

function createLoader<T, Key = number>(load: Load<T, Key>): DataLoader<Key, T> {
  return new DataLoader(load, { maxBatchSize: MAX_BATCH_SIZE });
}

/** One loader for each different set of arguments. */
function perArguments<Args, T, Key = number>(
  create: (args: Args) => DataLoader<Key, T>,
): (args: Args) => DataLoader<Key, T> {
  const loaders = new Map<string, DataLoader<Key, T>>();
  return (args) => {
    const key = JSON.stringify(args);
    const known = loaders.get(key);
    if (known) return known;
    const created = create(args);
    loaders.set(key, created);
    return created;
  };
}
