import { asUnavailable, type Database } from '@pocketrocket/schema/database';
import { messageOf, type Logger } from '@pocketrocket/runtime';
import type { MovieMatcher } from '@pocketrocket/formats';
import { CatalogueRepository } from './catalogueRepository.ts';
import { Catalogue, type SharedCatalogue } from './catalogue.ts';
import { indexTitles, type SearchableMovies } from './indexTitles.ts';
import { readMatcher } from './movieMatching.ts';
import type { MovieTally } from './movieTable.ts';
import type { PackedIndex } from './packedIndex.ts';

/** Source of the current catalogue. */
export interface CatalogueSource {
  /** The catalogue; the same object until the data set changes. */
  current(): Catalogue;
  /** Finds the catalogue's movies by ids, titles and years; made when it is first asked for. */
  matcher(): Promise<MovieMatcher>;
  /** Takes over a movie's counts after a rating was written, for all threads. */
  recount(movieId: number, tally: MovieTally): void;
  /**
   * Looks once whether the database holds another data set, and reads it if so, unless another thread does; a look under way is waited
   * for instead.
   */
  refresh(): Promise<void>;
  /** Why the database cannot be read, as of the last look; null where it can. */
  problem(): string | null;
  /** Stops looking. */
  close(): void;
}

/** Makes the index of titles, off this thread where requests are answered on it. */
export type IndexTitles = (movies: SearchableMovies) => Promise<PackedIndex>;

/** Reads the catalogue for itself alone, reads it for all threads, or follows the thread that does. */
export type PlaceOfCatalogue =
  | { kind: 'alone' }
  | {
      kind: 'reads';
      index: IndexTitles;
      /** The catalogue that the other threads have already, as after this thread was started again. */
      initial: SharedCatalogue | null;
      tell: (shared: SharedCatalogue) => void;
    }
  | { kind: 'follows'; followed: FollowedCatalogue };

/** The catalogue that another thread reads and exchanges. */
export class FollowedCatalogue {
  #catalogue: Catalogue | null = null;

  /** Takes over what the other thread tells. */
  follow(shared: SharedCatalogue): void {
    this.#catalogue = new Catalogue(shared);
  }

  /** @throws Error before anything was told */
  current(): Catalogue {
    if (!this.#catalogue) throw new Error('a thread that follows another was not told the catalogue');
    return this.#catalogue;
  }
}

interface OpenCatalogueOptions {
  lookEveryMs?: number;
  /** Alone unless given. */
  place?: PlaceOfCatalogue;
}

/**
 * Opens the catalogue, which is read in one pass, and again whenever the database holds another data set.
 * A look costs one read of one row; when it fails the catalogue at hand stays. The log hears when that begins and when it ends.
 */
export async function openCatalogue(
  database: Database,
  logger: Logger,
  { lookEveryMs = 2_000, place = { kind: 'alone' } }: OpenCatalogueOptions = {},
): Promise<CatalogueSource> {
  const repository = new CatalogueRepository(database.dataSource);
  const { current, renew } =
    place.kind === 'follows'
      ? { current: () => place.followed.current(), renew: async () => {} }
      : await openOwn(repository, place, logger);
  let looking: Promise<void> | undefined;
  const refresh = () =>
    (looking ??= (async () => {
      const dataset = await repository.dataset();
      if (dataset?.identity !== current().dataset?.identity) await renew();
    })().finally(() => (looking = undefined)));
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
  return {
    current,
    matcher: () => matcherOf(current()),
    recount: (movieId, tally) => current().recount(movieId, tally),
    refresh,
    problem: () => problem,
    close: () => clearInterval(timer),
  };
}

/** A catalogue that this thread reads. */
async function openOwn(
  repository: CatalogueRepository,
  place: Exclude<PlaceOfCatalogue, { kind: 'follows' }>,
  logger: Logger,
): Promise<{ current: () => Catalogue; renew: () => Promise<void> }> {
  const {
    index,
    initial,
    tell,
  }: Omit<Extract<PlaceOfCatalogue, { kind: 'reads' }>, 'kind'> = place.kind === 'reads'
    ? place
    : { index: async (movies) => indexTitles(movies), initial: null, tell: () => {} };
  const read = async () => {
    const { alternativeTitles, ...shared } = await repository.read();
    const { titles, ratingCounts } = shared.movies;
    const whole = { ...shared, index: await index({ titles, alternativeTitles, ratingCounts }) };
    tell(whole);
    return new Catalogue(whole);
  };
  let catalogue = initial ? new Catalogue(initial) : await read();
  return {
    current: () => catalogue,
    async renew() {
      catalogue = await read();
      logger.info({ dataset: catalogue.dataset?.name, movies: catalogue.movies.length }, 'catalogue changed');
    },
  };
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
