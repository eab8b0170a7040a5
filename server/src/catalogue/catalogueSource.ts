import { asUnavailable, type Database } from '@pocketrocket/schema/database';
import { messageOf, type Logger } from '@pocketrocket/runtime';
import type { MovieMatcher } from '@pocketrocket/formats';
import { CatalogueRepository } from './catalogueRepository.ts';
import { Catalogue, type MovieTally } from './catalogue.ts';
import { readMatcher } from './movieMatching.ts';
import { TitleSearch } from './titleSearch.ts';

/** A movie's counts after a rating. */
export interface Recount {
  /** Identity of the data set. */
  dataset: string | null;
  movieId: number;
  tally: MovieTally;
}

/** Source of the current catalogue. */
export interface CatalogueSource {
  /** The catalogue; the same object until the data set changes. */
  current(): Catalogue;
  /** Finds the catalogue's movies by ids, titles and years; made when it is first asked for. */
  matcher(): Promise<MovieMatcher>;
  /** Takes over a movie's counts after a rating was written here, and tells whoever listens. */
  recount(movieId: number, tally: MovieTally): void;
  /** Takes over counts that were written elsewhere, where they are those of the data set at hand. */
  takeOver: (recount: Recount) => void;
  /** Listens to counts that are written here. */
  onRecount(listener: (recount: Recount) => void): void;
  /** Looks once whether the database holds another data set, and reads it if so; a look under way is waited for instead. */
  refresh(): Promise<void>;
  /** Why the database cannot be read, as of the last look; null where it can. */
  problem(): string | null;
  /** Stops looking. */
  close(): void;
}

/**
 * Reads the catalogue in one pass, and again whenever the database holds another data set.
 * A look costs one read of one row; when it fails the catalogue at hand stays. The log hears when that begins and when it ends.
 */
export async function openCatalogue(
  database: Database,
  logger: Logger,
  { lookEveryMs = 2_000 }: { lookEveryMs?: number } = {},
): Promise<CatalogueSource> {
  const repository = new CatalogueRepository(database.dataSource);
  let catalogue = await readCatalogue(repository);
  let reading: Promise<void> | undefined;
  const refresh = () =>
    (reading ??= (async () => {
      const dataset = await repository.dataset();
      if (dataset?.identity === catalogue.dataset?.identity) return;
      catalogue = await readCatalogue(repository);
      logger.info({ dataset: catalogue.dataset?.name, movies: catalogue.movies.length }, 'catalogue changed');
    })().finally(() => (reading = undefined)));
  let problem: string | null = null;
  const look = async () => {
    try {
      await refresh();
      if (problem !== null) logger.info('database answers again');
      problem = null;
    } catch (error) {
      const reported = asUnavailable(error);
      if (problem === null) logger.error({ err: reported }, 'database cannot be read');
      problem = messageOf(reported);
    }
    await lookAtWrites();
  };
  let toldWrites: string | null = null;
  const lookAtWrites = async () => {
    await database.writes.look();
    const refusal = database.writes.problem()?.message ?? null;
    if (refusal === toldWrites) return;
    if (refusal !== null) logger.error({ problem: refusal }, 'database refuses writes');
    else logger.info('database takes writes again');
    toldWrites = refusal;
  };
  const timer = setInterval(() => void look(), lookEveryMs);
  timer.unref();
  const matcherOf = oncePer<Catalogue, MovieMatcher>(() => readMatcher(database.dataSource));
  const listeners: ((recount: Recount) => void)[] = [];
  return {
    current: () => catalogue,
    matcher: () => matcherOf(catalogue),
    recount(movieId, tally) {
      catalogue.recount(movieId, tally);
      const dataset = catalogue.dataset?.identity ?? null;
      for (const listener of listeners) listener({ dataset, movieId, tally });
    },
    takeOver({ dataset, movieId, tally }) {
      if (dataset === (catalogue.dataset?.identity ?? null)) catalogue.recount(movieId, tally);
    },
    onRecount: (listener) => void listeners.push(listener),
    refresh,
    problem: () => problem,
    close: () => clearInterval(timer),
  };
}

async function readCatalogue(repository: CatalogueRepository): Promise<Catalogue> {
  const { dataset, genres, movies, titles } = await repository.read();
  return new Catalogue({ dataset, genres, movies, search: await TitleSearch.of(titles) });
}

/** Makes something once for each key, while the key lives; anew where that failed. */
function oncePer<Key extends object, T>(make: (key: Key) => Promise<T>): (key: Key) => Promise<T> {
  const made = new WeakMap<Key, Promise<T>>();
  return (key) => {
    const known = made.get(key);
    if (known) return known;
    const making = make(key);
    made.set(key, making);
    making.catch(() => made.delete(key));
    return making;
  };
}
