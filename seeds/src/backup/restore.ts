import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { listVersions, MODEL_NAME } from '@pocketrocket/model/artifact';
import { AppError, isDiskFull, messageOf, type Config, type Progress } from '@pocketrocket/runtime';
import { asUnavailable, claimHome, dialectOf, writeFailureOf } from '@pocketrocket/schema/database';
import { putBack, removeLeftBehind } from '../output/leftBehind.ts';
import { removeWhenStopped } from '../output/unfinished.ts';
import { modelFileOf, rowsSchema, SECRET, tableOf, type Header } from './archiveFormat.ts';
import { readEntries, verifyArchive } from './readArchive.ts';
import { describeHoldings, holdingsOf } from './holdings.ts';
import { beginRestore } from './restoreTarget.ts';
import type { DatabaseAddress } from './snapshot.ts';

export interface RestoreRequest {
  file: string;
  /** Allows to replace existing data, models and secret. */
  replace: boolean;
  /** As in a backup's request. */
  sqliteEngine?: DatabaseAddress['sqliteEngine'];
}

/** The outcome of a restore. */
export interface RestoreReport {
  createdAt: string;
  dataset: string | null;
  rows: number;
  modelVersions: number[];
  secret: boolean;
}

/**
 * Puts a backup's database, models and secret in place. The file is checked whole before anything is changed.
 * @param say is told what goes, before it does
 * @throws AppError BAD_DATA where the backup is not whole; BAD_USER_INPUT where something is there and `replace` is not given;
 *   CONFLICT while another process uses the database or the models; ENVIRONMENT where the disk is full
 */
export async function restore(
  config: Config,
  request: RestoreRequest,
  progress: Progress,
  say: (line: string) => void = () => {},
): Promise<RestoreReport> {
  const header = await verifyArchive(request.file, progress);
  const release = claimHome(config, { purpose: 'restore', isExclusive: true });
  try {
    return await restoreVerified(config, request, header, progress, say);
  } finally {
    release();
  }
}

async function restoreVerified(
  config: Config,
  { file, replace, sqliteEngine }: RestoreRequest,
  header: Header,
  progress: Progress,
  say: (line: string) => void,
): Promise<RestoreReport> {
  const { databaseUrl, modelDir, home } = config;
  const address: DatabaseAddress = { url: databaseUrl, sqliteEngine };
  const held = describeHoldings(await holdingsOf(address, config));
  if (held.length > 0 && !replace) throw notAsked(held);
  if (held.length > 0) say(`--replace removes ${held.join(', ')}.`);
  const root = join(modelDir, MODEL_NAME);
  await putBack(root, 'replaced');
  await removeLeftBehind(root, 'replaced');
  await removeLeftBehind(root, 'restoring');
  const staging = `${root}.restoring-${process.pid}`;
  const target = await beginRestore(address, header).catch((error: unknown) => {
    throw unchanged(error, databaseUrl);
  });
  const leave = removeWhenStopped(staging);
  let numRows = 0;
  let secret: Buffer | null = null;
  try {
    for await (const { name, content } of readEntries(file, progress, 'restoring')) {
      const table = tableOf(name);
      const modelFile = modelFileOf(name);
      if (name === SECRET) secret = content;
      else if (table !== null) {
        const lines = content.toString().trimEnd().split('\n');
        const rows = lines.map((line) => rowsSchema.parse(JSON.parse(line)));
        await target.write(table, rows);
        numRows += rows.length;
      } else if (modelFile !== null) {
        await mkdir(dirname(join(staging, modelFile)), { recursive: true });
        await writeFile(join(staging, modelFile), content, { flush: true });
      }
    }
    await target.finish();
  } catch (error) {
    await target.abandon().catch(() => undefined);
    await rm(staging, { recursive: true, force: true });
    leave();
    throw unchanged(error, databaseUrl);
  }
  await swapModels(root, staging);
  leave();
  if (secret !== null) {
    await mkdir(home, { recursive: true, mode: 0o700 });
    const draft = join(home, `jwt-secret.${process.pid}`);
    await writeFile(draft, secret, { mode: 0o600 });
    await rename(draft, join(home, 'jwt-secret'));
  }
  return {
    createdAt: header.createdAt,
    dataset: header.dataset?.name ?? null,
    rows: numRows,
    modelVersions: await listVersions(modelDir),
    secret: secret !== null,
  };
}

/** The failure of a restore that has left all as it was. */
function unchanged(error: unknown, databaseUrl: string): unknown {
  if (error instanceof AppError) return error;
  if (writeFailureOf(dialectOf(databaseUrl), error) === 'full' || isDiskFull(error))
    return new AppError(
      'ENVIRONMENT',
      `the backup cannot be restored, and nothing was changed: ${messageOf(error)}; free disk space and try again`,
      { cause: error },
    );
  return asUnavailable(error);
}

function notAsked(held: readonly string[]): AppError {
  return new AppError(
    'BAD_USER_INPUT',
    `there is ${held.join(', and ')}: back that up if you need it, stop the servers, and restore with --replace`,
  );
}

/** Puts the restored models in the place of those that were there; a backup without models leaves none. */
async function swapModels(root: string, staging: string): Promise<void> {
  const old = `${root}.replaced-${process.pid}`;
  if (existsSync(root)) await rename(root, old);
  if (existsSync(staging)) await rename(staging, root);
  await rm(old, { recursive: true, force: true });
}
