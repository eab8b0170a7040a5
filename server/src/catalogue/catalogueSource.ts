import { asUnavailable, DOES_NOT_ANSWER, type Database } from '@pocketrocket/schema/database';
import { AppError, messageOf, type Logger } from '@pocketrocket/runtime';
import type { MovieMatcher } from '@pocketrocket/formats';
import { CatalogueRepository, type CatalogueState, type ReadCatalogue } from './catalogueRepository.ts';
import { Catalogue, type SharedCatalogue } from './catalogue.ts';
import { withChangedMovies } from './changedMovies.ts';
import { CountKeeper } from './countKeeper.ts';
import { indexTitles, type SearchableMovies } from './indexTitles.ts';
import { readMatcher } from './movieMatching.ts';
import { MovieTable, type MovieTally } from './movieTable.ts';
import type { PackedIndex } from './packedIndex.ts';

/** Source of the current catalogue. */
export interface CatalogueSource {
  /** The catalogue; the same object until the data set changes, or apps change movies. */
  current(): Catalogue;
  /** Calls when there is another catalogue, in the thread that reads it. */
  onChange(listener: () => void): void;
  /** Looks soon whether apps have changed movies, as after a write. */
  lookSoon(): void;
  /** Finds the catalogue's movies by ids, titles and years; made when it is first asked for. */
  matcher(): Promise<MovieMatcher>;
  /** Takes over a movie's counts after a rating was written, for all threads. */
  recount(movieId: number, tally: MovieTally): void;
  /**
   * Looks once whether the database holds another data set or apps have changed movies, and reads what is new if so, unless another
   * thread does; a look under way is waited for instead.
   */
  refresh(): Promise<void>;
  /** Why the database cannot be read, as of the last look, or as one under way has waited for two seconds; null where it can. */
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

/** Milliseconds within which a database answers a look. Statements may wait longer for a connection, which nobody should hear of that late. */
const ANSWERS_WITHIN_MS = 2_000;

interface OpenCatalogueOptions {
  lookEveryMs?: number;
  /** Alone unless given. */
  place?: PlaceOfCatalogue;
}

/**
 * Opens the catalogue, which is read in one pass, and again whenever the database holds another data set; of what apps change, only that is
 * read. A look costs two reads of one row; when it fails the catalogue at hand stays. The log hears when that begins and when it ends.
 */
export async function openCatalogue(
  database: Database,
  logger: Logger,
  { lookEveryMs = 1_000, place = { kind: 'alone' } }: OpenCatalogueOptions = {},
): Promise<CatalogueSource> {
  const repository = new CatalogueRepository(database.dataSource);
  const listeners: (() => void)[] = [];
  const { current, renew } =
    place.kind === 'follows'
      ? { current: () => place.followed.current(), renew: async () => {} }
      : await openOwn(repository, place, logger);
  let problem: string | null = null;
  const tellProblem = (error: unknown) => {
    const reported = asUnavailable(error);
    if (problem === null) logger.error({ err: reported }, 'database cannot be read');
    problem = messageOf(reported);
  };
  const stateInTime = async () => {
    const late = setTimeout(
      () => tellProblem(new AppError('UPSTREAM_UNAVAILABLE', DOES_NOT_ANSWER)),
      ANSWERS_WITHIN_MS,
    );
    try {
      return await repository.state();
    } finally {
      clearTimeout(late);
    }
  };
  let restUntil = 0;
  let looking: Promise<void> | undefined;
  const refresh = () =>
    (looking ??= (async () => {
      const begunAt = performance.now();
      const before = current();
      await renew(await stateInTime());
      if (current() === before) return;
      // However often apps write, half of the time is left to others.
      restUntil = 2 * performance.now() - begunAt;
      for (const listener of listeners) listener();
    })().finally(() => (looking = undefined)));
  const look = async () => {
    try {
      await refresh();
      if (problem !== null) logger.info('database answers again');
      problem = null;
    } catch (error) {
      tellProblem(error);
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
  let isClosed = false;
  const lookUnlessResting = () => {
    if (!isClosed && performance.now() >= restUntil) void look();
  };
  const timer = setInterval(lookUnlessResting, lookEveryMs);
  timer.unref();
  const matcherOf = oncePer<Catalogue, MovieMatcher>(() => readMatcher(database.dataSource));
  return {
    current,
    matcher: () => matcherOf(current()),
    onChange: (listener) => void listeners.push(listener),
    lookSoon: lookUnlessResting,
    recount: (movieId, tally) => current().recount(movieId, tally),
    refresh,
    problem: () => problem,
    close() {
      isClosed = true;
      clearInterval(timer);
    },
  };
}

/** A catalogue that this thread reads. */
async function openOwn(
  repository: CatalogueRepository,
  place: Exclude<PlaceOfCatalogue, { kind: 'follows' }>,
  logger: Logger,
): Promise<{ current: () => Catalogue; renew: (now: CatalogueState) => Promise<void> }> {
  const {
    index,
    initial,
    tell,
  }: Omit<Extract<PlaceOfCatalogue, { kind: 'reads' }>, 'kind'> = place.kind === 'reads'
    ? place
    : { index: async (movies) => indexTitles(movies), initial: null, tell: () => {} };
  const indexed = async (read: ReadCatalogue): Promise<SharedCatalogue> => {
    const { movies, alternativeTitles } = read;
    const { titles, ratingCounts } = movies;
    return { ...read, index: await index({ titles, alternativeTitles, ratingCounts }) };
  };
  const readWhole = async () => {
    const whole = await indexed(await repository.read());
    tell(whole);
    return whole;
  };
  let shared = initial ?? (await readWhole());
  let catalogue = new Catalogue(shared);
  let counts: CountKeeper | null = null;
  const exchange = (next: SharedCatalogue, kept: CountKeeper | null) => {
    shared = next;
    catalogue = new Catalogue(next);
    counts = kept;
    logger.info({ dataset: next.dataset?.name, movies: catalogue.movies.length }, 'catalogue changed');
  };
  const takeChanges = async ({ version }: CatalogueState) => {
    const kept = new CountKeeper(catalogue.movies);
    const { genres, ...changes } = await repository.changesSince(shared.version);
    const next = await indexed({ ...shared, version, genres, ...withChangedMovies(shared, changes) });
    kept.carryOver(new MovieTable(next.movies));
    tell(next);
    exchange(next, kept);
  };
  return {
    current: () => catalogue,
    async renew(now) {
      // What other threads had rated in the catalogue before until they heard of this one.
      counts?.carryOver(catalogue.movies);
      counts = null;
      if (now.dataset?.identity !== shared.dataset?.identity || now.version < shared.version)
        exchange(await readWhole(), null);
      else if (now.version > shared.version) await takeChanges(now);
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
