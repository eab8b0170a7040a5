import { AppError, type Progress } from '@pocketrocket/runtime';
import {
  AccountEntity,
  importRatings,
  MAX_IMPORT_ROWS,
  normaliseEmail,
  undoImport,
  type Database,
  type ImportOutcome,
} from '@pocketrocket/schema/database';
import type { MatchedExport } from './matchExport.ts';

/** The number of an account's user. @throws AppError NOT_FOUND */
export async function userOfAccount({ dataSource }: Database, email: string): Promise<number> {
  const account = await dataSource.getRepository(AccountEntity).findOneBy({ email: normaliseEmail(email) });
  if (account) return account.userId;
  throw new AppError(
    'NOT_FOUND',
    `there is no account with the email address ${email}: sign up in the portal first`,
  );
}

/** Writes ratings into an account in batches, as `importMyRatings` does. @returns how often each outcome came */
export async function storeRatings(
  database: Database,
  { userId, importId, rows }: { userId: number; importId: string; rows: MatchedExport['rows'] },
  progress: Progress,
): Promise<Record<ImportOutcome, number>> {
  const counts: Record<ImportOutcome, number> = { stored: 0, unchanged: 0, kept: 0, unknownMovie: 0 };
  const stage = progress.stage('storing ratings', rows.length, 'ratings');
  for (let start = 0; start < rows.length; start += MAX_IMPORT_ROWS) {
    const batch = rows.slice(start, start + MAX_IMPORT_ROWS);
    const stored = await database.transaction((manager) =>
      importRatings(manager, { userId, importId, rows: batch, nowSeconds: now() }),
    );
    if (stored.status !== 'imported')
      throw new AppError('DATASET_MISMATCH', 'the data set was replaced meanwhile: begin again');
    for (const outcome of stored.outcomes) counts[outcome]++;
    stage.update(start + batch.length);
  }
  stage.finish();
  return counts;
}

/** Takes an import back. @throws AppError NOT_FOUND, DATASET_MISMATCH */
export async function undoRatings(
  database: Database,
  { userId, importId }: { userId: number; importId: string },
): Promise<{ restored: number; kept: number }> {
  const sum = { restored: 0, kept: 0 };
  for (;;) {
    const batch = await database.transaction((manager) =>
      undoImport(manager, { userId, importId, nowSeconds: now() }),
    );
    if (batch.status === 'noImport')
      throw new AppError('NOT_FOUND', `the account has no import ${importId}, or more than 20 later ones`);
    if (batch.status === 'otherDataset')
      throw new AppError(
        'DATASET_MISMATCH',
        `import ${importId} is of a data set that has been replaced since`,
      );
    sum.restored += batch.numRestored;
    sum.kept += batch.numKept;
    if (!batch.hasMore) return sum;
  }
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
