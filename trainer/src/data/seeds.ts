import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { RatingIds } from '@pocketrocket/formats';
import { AppError, toArguments } from '@pocketrocket/runtime';
import { runnableModule } from '../processes/runnableModule.ts';
import { readRatingsCsv, readReleaseYearsCsv, type ReadingOptions } from './csv.ts';
import type { RatingTable } from './ratingTable.ts';

export interface SeedDeps {
  /** The environment of the seed command, which reads settings of its own, such as where downloads are kept. */
  env: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal;
}

/** The data that a source gives. */
export interface SourceData {
  ratings: RatingTable;
  /** Years of release by movie, as far as they are known. */
  releaseYears: Map<number, number>;
}

/**
 * Reads the ratings, and when movies were released, of anything that `npm run seed` can import, in file order, without touching a database.
 *
 * The seed command, run as a child process, writes the source as plain CSV into a folder that lives as long as this call.
 * @param source a folder, an archive or a data set's name
 * @param reading how the seed command reads it
 * @throws AppError with the seed command's exit status in its message; what it printed has already gone to stderr
 */
export async function readSourceData(
  source: string,
  reading: ReadingOptions,
  deps: SeedDeps,
): Promise<SourceData> {
  const folder = await mkdtemp(join(tmpdir(), 'pocketrocket-evaluate-'));
  try {
    const csv = join(folder, 'csv');
    const { scale, timeUnit, allowSkipped, strict } = reading;
    const options = toArguments({ out: csv, scale, timeUnit, allowSkipped, strict });
    await convert([existsSync(source) ? resolve(source) : source, ...options], deps);
    const ids = new RatingIds();
    return {
      ratings: await readRatingsCsv(join(csv, 'ratings.csv'), { ids }),
      releaseYears: await readReleaseYearsCsv(join(csv, 'movies.csv'), ids),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function convert(argv: readonly string[], { env, signal }: SeedDeps): Promise<void> {
  const { file, execArgv, env: ownEnv } = runnableModule('../../seeds/src/cli.ts');
  const args = [...execArgv, file, 'convert', ...argv];
  // The child's stdout must not mix with this command's result.
  const child = spawn(process.execPath, args, {
    env: { ...env, ...ownEnv },
    stdio: ['ignore', process.stderr, 'inherit'],
    signal,
  });
  const status = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('exit', done);
  }).catch((error: unknown) => {
    // An abort arrives here as an error of its own kind; what matters is why.
    signal.throwIfAborted();
    throw error;
  });
  if (status !== 0) {
    throw new AppError(
      'BAD_DATA',
      `${argv[0]} cannot be read: the seed command ended with status ${String(status)}`,
    );
  }
}
