import type { EntityManager } from 'typeorm';
import { FIRST_OVERLAY_MOVIE_ID } from '../entities/overlayMovie.ts';
import { insertRows } from '../statements.ts';
import { lockCatalogue, readCatalogueState, writeCatalogueState } from './catalogueState.ts';
import {
  DESCRIPTION_COLUMNS,
  descriptionValues,
  inParts,
  isSameDescription,
  readOverlay,
  type OverlayFilm,
  type OverlayRow,
} from './overlayFilm.ts';
import { placeMovies, rewriteMovies, type NumberedFilm } from './places.ts';
import { readLinkedMovies, targetOf, type Target } from './targets.ts';

/** The outcome for a call's movies. */
export type UpsertedMovies =
  | { status: 'noDataset' }
  | {
      status: 'written';
      /** The number of each, in the order given. */
      movieIds: number[];
      /** Ids that were not known. */
      createdCount: number;
      /** Ids that were, those of deleted movies included. */
      updatedCount: number;
      /** Those who have rated one that is back, or of other genres, whose lists are others now. */
      changedUserIds: number[];
    };

/** A description, the row that was there, and the movie that it is of. */
interface Written {
  film: OverlayFilm;
  row: OverlayRow | undefined;
  target: Target;
}

const LAST_NUMBER = 2 ** 31 - 1;

/**
 * Writes movies of an app, at most some hundred with distinct ids, so that everybody sees them; within a transaction. A description of a
 * movie that is there already becomes another name of it. What is as it was costs no write.
 */
export async function upsertOverlayMovies(
  manager: EntityManager,
  namespace: string,
  films: readonly OverlayFilm[],
  nowSeconds: number,
): Promise<UpsertedMovies> {
  await lockCatalogue(manager);
  await lockMoviesOf(
    manager,
    namespace,
    films.map(({ externalId }) => externalId),
  );
  const [dataset] = await manager.query<{ meanRating: number }[]>('SELECT meanRating FROM dataset');
  if (!dataset) return { status: 'noDataset' };
  const state = await readCatalogueState(manager);
  const written = await decide(manager, namespace, films, state.lastMovieId);
  const version = state.version + 1;
  const changed = written.filter(isChange);
  const changedUserIds: number[] = [];
  if (changed.length > 0) {
    const own = changed.filter(({ target }) => target.isOwner);
    const isNew = ({ row }: Written) => row?.isOwner !== 1 || row.isHidden === 1;
    const placed = own.filter(isNew).map(numbered);
    changedUserIds.push(...(await placeMovies(manager, placed, dataset.meanRating)));
    changedUserIds.push(...(await rewriteMovies(manager, own.filter((one) => !isNew(one)).map(numbered))));
    await writeRows(manager, namespace, changed, version, nowSeconds);
    const numbers = own.map(({ target }) => target.movieId);
    const lastMovieId = numbers.reduce((last, number) => Math.max(last, number), state.lastMovieId);
    await writeCatalogueState(manager, { version, lastMovieId });
  }
  const createdCount = written.filter(({ row }) => row === undefined).length;
  return {
    status: 'written',
    movieIds: written.map(({ target }) => target.movieId),
    createdCount,
    updatedCount: written.length - createdCount,
    changedUserIds,
  };
}

/** Locks the movies that some ids are known for, before anything is read. */
export async function lockMoviesOf(
  manager: EntityManager,
  namespace: string,
  externalIds: readonly string[],
): Promise<void> {
  await inParts(externalIds, (part, marks) =>
    manager.query(
      `UPDATE movie SET ratingCount = ratingCount WHERE movieId IN
         (SELECT movieId FROM overlay_movie WHERE namespace = ? AND externalId IN (${marks}) AND isOwner = 1)`,
      [namespace, ...part],
    ),
  );
}

/** Reads an app's rows of some ids. */
export async function rowsOf(
  manager: EntityManager,
  namespace: string,
  externalIds: readonly string[],
): Promise<Map<string, OverlayRow>> {
  const held = new Map<string, OverlayRow>();
  await inParts(externalIds, async (part, marks) => {
    const rows = await readOverlay(manager, `namespace = ? AND externalId IN (${marks})`, [
      namespace,
      ...part,
    ]);
    for (const row of rows) held.set(row.externalId, row);
  });
  return held;
}

async function decide(
  manager: EntityManager,
  namespace: string,
  films: readonly OverlayFilm[],
  lastMovieId: number,
): Promise<Written[]> {
  const held = await rowsOf(
    manager,
    namespace,
    films.map(({ externalId }) => externalId),
  );
  const linked = await readLinkedMovies(manager, films);
  const there = await moviesThere(manager, [...held.values()]);
  const next = await freeNumbers(manager, lastMovieId);
  return films.map((film) => {
    const row = held.get(film.externalId);
    const target = targetOf(film, row, linked, (movieId) => there.has(movieId), next);
    // Of two descriptions of one movie in a call the second is another name of the first.
    if (target.isOwner) linked.add({ ...film, movieId: target.movieId });
    return { film, row, target };
  });
}

async function moviesThere(manager: EntityManager, rows: readonly OverlayRow[]): Promise<Set<number>> {
  const there = new Set<number>();
  await inParts(
    rows.map(({ movieId }) => movieId),
    async (part, marks) => {
      const found = await manager.query<{ movieId: number }[]>(
        `SELECT movieId FROM movie WHERE movieId IN (${marks})`,
        part,
      );
      for (const { movieId } of found) there.add(movieId);
    },
  );
  return there;
}

/** Gives numbers behind the last one that was given; a data set may have movies of such numbers. */
async function freeNumbers(manager: EntityManager, lastMovieId: number): Promise<() => number> {
  let next = Math.max(FIRST_OVERLAY_MOVIE_ID, lastMovieId + 1);
  const taken = await manager.query<{ movieId: number }[]>(
    'SELECT movieId FROM movie WHERE movieId >= ? ORDER BY movieId LIMIT 10000',
    [next],
  );
  const isTaken = new Set(taken.map(({ movieId }) => movieId));
  return () => {
    while (isTaken.has(next)) next++;
    if (next > LAST_NUMBER) throw new RangeError('there are no numbers left for movies of apps');
    return next++;
  };
}

function isChange({ film, row, target }: Written): boolean {
  return (
    row === undefined ||
    row.isHidden === 1 ||
    row.movieId !== target.movieId ||
    (row.isOwner === 1) !== target.isOwner ||
    !isSameDescription(film, row)
  );
}

function numbered({ film, target }: Written): NumberedFilm {
  return { ...film, movieId: target.movieId };
}

async function writeRows(
  manager: EntityManager,
  namespace: string,
  changed: readonly Written[],
  version: number,
  nowSeconds: number,
): Promise<void> {
  const stateColumns = ['movieId', 'isOwner', 'isHidden', 'version', 'changedAtSeconds'];
  const columns = [...stateColumns, ...DESCRIPTION_COLUMNS];
  const valuesOf = ({ film, target }: Written) => [
    target.movieId,
    target.isOwner ? 1 : 0,
    0,
    version,
    nowSeconds,
    ...descriptionValues(film),
  ];
  await inParts(
    changed.filter(({ row }) => row === undefined),
    (part) =>
      insertRows(
        manager,
        'overlay_movie',
        ['namespace', 'externalId', 'createdAtSeconds', ...columns],
        part.map((one) => [namespace, one.film.externalId, nowSeconds, ...valuesOf(one)]),
      ),
  );
  for (const one of changed) {
    if (one.row)
      await manager.query(
        `UPDATE overlay_movie SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE namespace = ? AND externalId = ?`,
        [...valuesOf(one), namespace, one.film.externalId],
      );
  }
  await inParts(changed, async (part, marks) => {
    await manager.query(`DELETE FROM movie_external_id WHERE namespace = ? AND externalId IN (${marks})`, [
      namespace,
      ...part.map(({ film }) => film.externalId),
    ]);
    await insertRows(
      manager,
      'movie_external_id',
      ['namespace', 'externalId', 'movieId'],
      part.map(({ film, target }) => [namespace, film.externalId, target.movieId]),
    );
  });
}
