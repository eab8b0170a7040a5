import { randomUUID } from 'node:crypto';
import { AppError, createProgress, type Config, type ProgressMode } from '@pocketrocket/runtime';
import { inspectDatabase, openDatabase, type Database } from '@pocketrocket/schema/database';
import { matchExport } from './personal/matchExport.ts';
import { readExport } from './personal/readExport.ts';
import { countKinds, reportLines, type PersonalReport } from './personal/report.ts';
import { storeRatings, undoRatings, userOfAccount } from './personal/storeRatings.ts';

export interface IntoAccountOptions {
  /** Email address of the account. */
  intoAccount: string;
  /** Name of an import to take back. */
  undo?: string;
  dryRun?: boolean;
  json?: boolean;
  progress?: ProgressMode;
}

interface Streams {
  out: NodeJS.WritableStream;
  err: NodeJS.WriteStream;
}

/**
 * Stores the ratings of a person's export as those of an account, or takes an import back, and prints what came of it.
 * @param path null where nothing is to be read
 * @throws AppError NOT_FOUND, BAD_DATA, BAD_USER_INPUT
 */
export async function runIntoAccount(
  config: Config,
  streams: Streams,
  path: string | null,
  options: IntoAccountOptions,
): Promise<void> {
  if ((path === null) === (options.undo === undefined))
    throw new AppError(
      'BAD_USER_INPUT',
      'with --into-account give the file of the export, or --undo <import>',
    );
  const url = config.databaseUrl;
  // Opening would make a file where there is none.
  const there = await inspectDatabase({ url });
  if (there === null) throw new AppError('NOT_FOUND', 'there is no database yet: run npm start once');
  await there.close();
  const database = await openDatabase({ url });
  try {
    const userId = await userOfAccount(database, options.intoAccount);
    if (path === null) await takeBack(database, streams, { ...options, userId });
    else await takeIn(database, streams, path, { ...options, userId });
  } finally {
    await database.close();
  }
}

async function takeBack(
  database: Database,
  { out }: Streams,
  { userId, undo = '', json }: IntoAccountOptions & { userId: number },
): Promise<void> {
  const undone = await undoRatings(database, { userId, importId: undo });
  out.write(
    json
      ? `${JSON.stringify({ status: 'undone', importId: undo, ...undone })}\n`
      : `${undone.restored} ratings taken back, ${undone.kept} kept as they were changed since or are of a later import too.\n`,
  );
}

async function takeIn(
  database: Database,
  { out, err }: Streams,
  path: string,
  { userId, intoAccount, dryRun = false, json, progress: mode }: IntoAccountOptions & { userId: number },
): Promise<void> {
  const own = await readExport(path);
  const { rows, unmatched } = await matchExport(database, own.rows);
  const importId = dryRun || rows.length === 0 ? null : randomUUID();
  const progress = createProgress(err, mode);
  try {
    const outcomes =
      importId === null ? null : await storeRatings(database, { userId, importId, rows }, progress);
    progress.close();
    const report: PersonalReport = {
      status: outcomes ? 'stored' : dryRun ? 'checked' : 'nothing',
      service: own.service,
      importId,
      films: countKinds(own),
      leftOut: Object.fromEntries(own.leftOut),
      matched: rows.length,
      outcomes,
      unmatched,
    };
    out.write(json ? `${JSON.stringify(report)}\n` : `${reportLines(report, intoAccount).join('\n')}\n`);
  } finally {
    progress.close();
  }
}
