import {
  ImportOutcome,
  type ImportedRatingInput,
  type ImportMyRatingsPayload,
  type UndoMyImportPayload,
} from '@pocketrocket/schema';
import { AppError } from '@pocketrocket/runtime';
import {
  importRatings,
  MAX_IMPORT_ID_LENGTH,
  MAX_IMPORT_ROWS,
  undoImport,
  type Database,
  type ImportOutcome as StoredOutcome,
  type RatingShare,
} from '@pocketrocket/schema/database';
import { requireUser } from '../accounts/viewer.ts';
import { checkEntries, checkRating, refuse } from '../arguments/checks.ts';
import type { CatalogueSource } from '../catalogue/catalogueSource.ts';
import type { Changes } from '../changes/changes.ts';
import { writeInTransaction } from '../database/retry.ts';
import type { RequestScope } from '../loaders/requestScope.ts';
import { nowSeconds } from '../timing/clock.ts';
import type { Deadline } from '../timing/deadline.ts';

interface ImportDeps {
  database: Database;
  catalogue: CatalogueSource;
  changes: Changes;
}

const OUTCOMES: Readonly<Record<StoredOutcome, ImportOutcome>> = {
  stored: ImportOutcome.STORED,
  unchanged: ImportOutcome.UNCHANGED,
  kept: ImportOutcome.KEPT,
  unknownMovie: ImportOutcome.UNKNOWN_MOVIE,
};

const IMPORT_ID = new RegExp(`^[\\w-]{8,${MAX_IMPORT_ID_LENGTH}}$`);

/**
 * Stores a batch of ratings from elsewhere as the viewer's own; the same batch again changes nothing.
 * @throws AppError BAD_USER_INPUT for a bad name, more than 500 rows, a rating off the scale, an import that was undone or is of another
 *   data set; UNAUTHENTICATED when the account is gone
 */
export async function importMyRatings(
  { database, catalogue, changes }: ImportDeps,
  scope: RequestScope,
  { userId, importId, rows }: { userId: number; importId: string; rows: readonly ImportedRatingInput[] },
  deadline: Deadline,
): Promise<ImportMyRatingsPayload> {
  checkImportId(importId);
  checkEntries(rows, 'rows', MAX_IMPORT_ROWS);
  const checked = rows.map(({ movieId, rating, ratedAt }) => ({
    movieId,
    halfStars: checkRating(rating, movieId),
    ratedAtSeconds: ratedAt ? checkTime(ratedAt, movieId) : null,
  }));
  const batch = await writeInTransaction(database, deadline, (manager) =>
    importRatings(manager, { userId, importId, rows: checked, nowSeconds: nowSeconds() }),
  );
  if (batch.status !== 'imported') return REFUSALS[batch.status](importId);
  takeOver(catalogue, batch.movies);
  changes.announce({ userId });
  scope.clear();
  return {
    importId,
    rows: rows.map(({ movieId, rating, ratedAt }, place) => ({
      movieId,
      rating,
      ratedAt: ratedAt ?? null,
      outcome: OUTCOMES[batch.outcomes[place] ?? 'unknownMovie'],
    })),
    storedCount: batch.outcomes.filter((outcome) => outcome === 'stored').length,
    user: await requireUser(scope, userId),
  };
}

const REFUSALS = {
  noUser: () => {
    throw new AppError('UNAUTHENTICATED', 'this account no longer exists; sign up again');
  },
  noDataset: () => refuse('there are no movies yet: import a data set first'),
  undone: (importId: string) => refuse(`import ${importId} was undone: begin one of another name`),
  otherDataset: (importId: string) =>
    refuse(
      `import ${importId} is of another data set, whose movies had other numbers: match again and begin a new one`,
    ),
} satisfies Record<string, (importId: string) => never>;

/**
 * Takes the viewer's import back: where a rating still stands as it was imported, the one before it comes back. Idempotent.
 * @throws AppError NOT_FOUND; BAD_USER_INPUT where the data set has been replaced since; UPSTREAM_UNAVAILABLE past the deadline, to be
 *   called again
 */
export async function undoMyImport(
  { database, catalogue, changes }: ImportDeps,
  scope: RequestScope,
  { userId, importId }: { userId: number; importId: string },
  deadline: Deadline,
): Promise<UndoMyImportPayload> {
  const sum = { restoredCount: 0, keptCount: 0 };
  for (let hasMore = true; hasMore;) {
    const batch = await writeInTransaction(database, deadline, (manager) =>
      undoImport(manager, { userId, importId, nowSeconds: nowSeconds() }),
    );
    if (batch.status !== 'undone') return NO_UNDO[batch.status](importId);
    takeOver(catalogue, batch.movies);
    changes.announce({ userId });
    sum.restoredCount += batch.numRestored;
    sum.keptCount += batch.numKept;
    hasMore = batch.hasMore;
  }
  scope.clear();
  return { importId, ...sum, user: await requireUser(scope, userId) };
}

const NO_UNDO = {
  noImport: (importId: string) => {
    throw new AppError('NOT_FOUND', `there is no import ${importId}`);
  },
  otherDataset: (importId: string) =>
    refuse(`import ${importId} is of a data set that has been replaced since: it cannot be undone`),
} satisfies Record<string, (importId: string) => never>;

function takeOver(catalogue: CatalogueSource, movies: ReadonlyMap<number, RatingShare>): void {
  for (const [movieId, tally] of movies) catalogue.recount(movieId, tally);
}

function checkImportId(importId: string): void {
  if (!IMPORT_ID.test(importId))
    refuse(`importId must have 8 to ${MAX_IMPORT_ID_LENGTH} letters, digits, - or _; a UUID fits`);
}

/** Unix time. @throws AppError BAD_USER_INPUT before 1970 */
function checkTime(ratedAt: Date, movieId: number): number {
  const seconds = Math.floor(ratedAt.getTime() / 1000);
  if (!(seconds >= 0)) refuse(`the rating of movie ${movieId} is from before 1970`);
  return seconds;
}
