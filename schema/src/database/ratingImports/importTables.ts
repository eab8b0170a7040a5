import type { EntityManager } from 'typeorm';
import type { RatingStep, StoredRating } from '../changeRatings.ts';
import { insertRows, placeholders } from '../statements.ts';

/** Imports of an account that can be undone; what older ones replaced is forgotten. */
export const MAX_KEPT_IMPORTS = 20;

/** An import that takes ratings. */
export interface BegunImport {
  userId: number;
  importId: string;
  /** Time of its first batch. */
  startedAtSeconds: number;
  /** Of the data set, in stars. */
  meanRating: number;
}

/** Reasons for which an import takes no ratings: no account, no data set, undone, or begun on another data set. */
export type ImportRefusal = 'noUser' | 'noDataset' | 'undone' | 'otherDataset';

/** Begins an import or goes on with it; the user is locked. */
export async function beginImport(
  manager: EntityManager,
  userId: number,
  importId: string,
  nowSeconds: number,
): Promise<BegunImport | ImportRefusal> {
  const [user] = await manager.query<unknown[]>('SELECT userId FROM user WHERE userId = ?', [userId]);
  if (!user) return 'noUser';
  const dataset = await datasetOf(manager);
  if (!dataset) return 'noDataset';
  const held = await findImport(manager, userId, importId);
  if (held && held.undoneAtSeconds !== null) return 'undone';
  if (held && held.dataset !== dataset.identity) return 'otherDataset';
  if (!held) {
    await insertRows(
      manager,
      'rating_import',
      ['userId', 'importId', 'dataset', 'startedAtSeconds'],
      [[userId, importId, dataset.identity, nowSeconds]],
    );
    await forgetOldImports(manager, userId, importId);
  }
  const startedAtSeconds = held?.startedAtSeconds ?? nowSeconds;
  return { userId, importId, startedAtSeconds, meanRating: dataset.meanRating };
}

/** An import as it is stored. */
export interface HeldImport {
  dataset: string;
  startedAtSeconds: number;
  undoneAtSeconds: number | null;
}

/** Null where the account has none of this name. */
export async function findImport(
  manager: EntityManager,
  userId: number,
  importId: string,
): Promise<HeldImport | null> {
  const [held] = await manager.query<HeldImport[]>(
    'SELECT dataset, startedAtSeconds, undoneAtSeconds FROM rating_import WHERE userId = ? AND importId = ?',
    [userId, importId],
  );
  return held ?? null;
}

export async function datasetOf(
  manager: EntityManager,
): Promise<{ identity: string; meanRating: number } | null> {
  const [dataset] = await manager.query<{ identity: string; meanRating: number }[]>(
    'SELECT identity, meanRating FROM dataset',
  );
  return dataset ?? null;
}

async function forgetOldImports(manager: EntityManager, userId: number, begun: string): Promise<void> {
  const imports = await manager.query<{ importId: string }[]>(
    'SELECT importId FROM rating_import WHERE userId = ? AND importId <> ? ORDER BY startedAtSeconds DESC, importId',
    [userId, begun],
  );
  for (const { importId } of imports.slice(MAX_KEPT_IMPORTS - 1))
    for (const table of ['imported_rating', 'rating_import'])
      await manager.query(`DELETE FROM ${table} WHERE userId = ? AND importId = ?`, [userId, importId]);
}

/** The user's ratings of some movies, by movieId; of movies that an app has deleted they are kept in another table. */
export async function ratingsOf(
  manager: EntityManager,
  userId: number,
  movieIds: readonly number[],
  table: 'rating' | 'hidden_rating' = 'rating',
): Promise<Map<number, StoredRating>> {
  if (movieIds.length === 0) return new Map();
  const rows = await manager.query<({ movieId: number } & StoredRating)[]>(
    `SELECT movieId, halfStars, ratedAtSeconds FROM ${table} WHERE userId = ? AND movieId IN (${placeholders(movieIds)})`,
    [userId, ...movieIds],
  );
  return new Map(rows.map(({ movieId, ...rating }) => [movieId, rating]));
}

/** A rating that an import brought, and the one that it found. */
export interface Imported {
  imported: StoredRating;
  before: StoredRating | null;
}

interface ImportedRatingRow extends StoredRating {
  movieId: number;
  beforeHalfStars: number | null;
  beforeRatedAtSeconds: number | null;
}

const COLUMNS = 'movieId, halfStars, ratedAtSeconds, beforeHalfStars, beforeRatedAtSeconds';

/** The ratings that an import brought, of some movies, by movieId. */
export async function importedOf(
  manager: EntityManager,
  { userId, importId }: Pick<BegunImport, 'userId' | 'importId'>,
  movieIds: readonly number[],
): Promise<Map<number, Imported>> {
  if (movieIds.length === 0) return new Map();
  const rows = await manager.query<ImportedRatingRow[]>(
    `SELECT ${COLUMNS} FROM imported_rating WHERE userId = ? AND importId = ? AND movieId IN (${placeholders(movieIds)})`,
    [userId, importId, ...movieIds],
  );
  return new Map(rows.map((row) => [row.movieId, toImported(row)]));
}

function toImported({
  halfStars,
  ratedAtSeconds,
  beforeHalfStars,
  beforeRatedAtSeconds,
}: ImportedRatingRow): Imported {
  return {
    imported: { halfStars, ratedAtSeconds },
    before:
      beforeHalfStars === null ? null : { halfStars: beforeHalfStars, ratedAtSeconds: beforeRatedAtSeconds },
  };
}

/** Keeps what an import brings, and what stood there before its first row of the movie. */
export async function rememberImported(
  manager: EntityManager,
  begun: BegunImport,
  taken: ReadonlyMap<number, RatingStep>,
): Promise<void> {
  const movieIds = [...taken.keys()];
  const earlier = await importedOf(manager, begun, movieIds);
  await forgetImported(manager, begun, movieIds);
  const rows = [...taken].flatMap(([movieId, { from, to }]) => {
    if (!to) return [];
    const known = earlier.get(movieId);
    const before = known ? known.before : from;
    return [
      [
        begun.userId,
        begun.importId,
        movieId,
        to.halfStars,
        to.ratedAtSeconds,
        before?.halfStars ?? null,
        before?.ratedAtSeconds ?? null,
      ],
    ];
  });
  await insertRows(manager, 'imported_rating', ['userId', 'importId', ...COLUMNS.split(', ')], rows);
}

export async function forgetImported(
  manager: EntityManager,
  { userId, importId }: Pick<BegunImport, 'userId' | 'importId'>,
  movieIds: readonly number[],
): Promise<void> {
  if (movieIds.length === 0) return;
  await manager.query(
    `DELETE FROM imported_rating WHERE userId = ? AND importId = ? AND movieId IN (${placeholders(movieIds)})`,
    [userId, importId, ...movieIds],
  );
}
