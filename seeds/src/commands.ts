import { join } from 'node:path';
import { describeDatabaseUrl, openDatabase, claimHome, type Database } from '@pocketrocket/schema/database';
import { AppError, createProgress, type Config, type ProgressMode } from '@pocketrocket/runtime';
import type { RatingScale, TimeUnit } from '@pocketrocket/formats';
import { readBesideImports } from './besideImports.ts';
import { convert } from './convert.ts';
import { describeKnown, describeRatedAgain } from './dataset/knownFacts.ts';
import { knownIds } from './database/knownIds.ts';
import { readDataset } from './dataset/readDataset.ts';
import type { Dataset } from './dataset/dataset.ts';
import {
  heldDataset,
  importDataset,
  reportOf,
  type ImportDatasetOptions,
  type SeedReport,
} from './importDataset.ts';
import { exportParquet } from './parquet/exportParquet.ts';
import { openData } from './openData.ts';
import { resetHome, tellReset } from './resetHome.ts';

/** Options of both commands. */
export interface CommonOptions {
  json?: boolean;
  strict?: boolean;
  allowSkipped?: boolean;
  scale?: RatingScale;
  timeUnit?: TimeUnit;
  progress?: ProgressMode;
}

export interface ImportOptions extends CommonOptions {
  replace?: boolean;
  reset?: boolean;
  dryRun?: boolean;
  ifEmpty?: boolean;
}

/** The streams of a command: its result goes to `out`, all else to `err`. */
export interface Streams {
  out: NodeJS.WritableStream;
  err: NodeJS.WriteStream;
}

/**
 * Imports a data set into the configured database, and prints what came of it.
 * @throws AppError CONFLICT with `reset` while another process uses what it removes, and without while another one removes it;
 *   what `importDataset` throws
 */
export async function runImport(
  config: Config,
  streams: Streams,
  nameOrPath: string,
  options: ImportOptions,
): Promise<void> {
  const { reset = false, dryRun = false } = options;
  const run = setUp(config, streams, options);
  // What only reads changes nothing for others, and may be run beside them.
  const release = dryRun
    ? () => {}
    : claimHome(config, { purpose: reset ? 'reset' : 'import', isExclusive: reset });
  try {
    if (!reset) return await importAt(config.databaseUrl, config, streams, run, nameOrPath, options);
    if (dryRun) await tellReset(config, run.say);
    const fill = (url: string) => importAt(url, config, streams, run, nameOrPath, options);
    await (dryRun ? fill(config.databaseUrl) : resetHome(config, fill, run.say));
  } finally {
    run.progress.close();
    release();
  }
}

/** Imports into the database of a URL, which is closed at the end. */
async function importAt(
  url: string,
  config: Config,
  streams: Streams,
  { progress, say, deps }: ReturnType<typeof setUp>,
  nameOrPath: string,
  options: ImportOptions,
): Promise<void> {
  const { database, held, expected } = await openFor(config, url, options);
  try {
    const where = describeDatabaseUrl(config.databaseUrl);
    if (held && options.ifEmpty) return print(streams, options, held, OUTCOMES.kept(where));
    const source = await openData(deps, nameOrPath);
    try {
      const dataset = await readDataset(source.rows, {
        ...readingOf(options),
        progress,
        ...(database && { known: knownIds(database) }),
        spill: { folder: join(config.home, 'imports'), fingerprint: source.fingerprint },
      });
      const report = database
        ? await importAndRelease(database, dataset, {
            replace: options.replace ?? false,
            expected,
            progress,
            say,
          })
        : reportOf(dataset, 'checked');
      if (!database) dataset.release();
      progress.close();
      dataset.skipped.describe().forEach(say);
      describeRatedAgain(dataset.ratedAgain, dataset.duplicateLines.length).forEach(say);
      print(streams, options, report, OUTCOMES[report.status](`${where} (${database?.engine})`));
    } finally {
      source.close();
    }
  } finally {
    await database?.close();
  }
}

/** Opens the database, with what it holds and must still hold when the import writes; none for one that only checks. */
async function openFor(config: Config, url: string, { dryRun = false }: ImportOptions) {
  if (dryRun) return { database: null, held: null, expected: null };
  return readBesideImports(config, async () => {
    const database = await openDatabase({ url });
    try {
      return { database, held: await heldDataset(database) };
    } catch (error) {
      await database.close();
      throw error;
    }
  });
}

/** Imports; ratings that were sorted on disk stay there where the next attempt can go on with them. */
async function importAndRelease(
  database: Database,
  dataset: Dataset,
  options: ImportDatasetOptions,
): Promise<SeedReport> {
  try {
    const report = await importDataset(database, dataset, options);
    dataset.release();
    return report;
  } catch (error) {
    const isWorthKeeping = error instanceof AppError && error.code === 'UPSTREAM_UNAVAILABLE';
    dataset.release(isWorthKeeping ? 'keep' : undefined);
    throw error;
  }
}

/** Writes a data set as plain CSV into a folder, and prints what came of it. */
export async function runConvert(
  config: Config,
  streams: Streams,
  nameOrPath: string,
  options: CommonOptions & { out: string },
): Promise<void> {
  const { progress, say, deps } = setUp(config, streams, options);
  try {
    const source = await openData(deps, nameOrPath);
    try {
      const { report, skipped } = await convert(source, options.out, { ...readingOf(options), progress });
      progress.close();
      skipped.forEach(say);
      print(streams, options, report, OUTCOMES[report.status](options.out));
    } finally {
      source.close();
    }
  } finally {
    progress.close();
  }
}

/** Writes what the database holds as Parquet files into a folder, and prints what came of it. */
export async function runExport(
  config: Config,
  { out, err }: Streams,
  { parquet, json = false, progress: mode }: { parquet: string; json?: boolean; progress?: ProgressMode },
): Promise<void> {
  const progress = createProgress(err, mode);
  try {
    const report = await exportParquet({ url: config.databaseUrl }, parquet, progress);
    progress.close();
    const count = (value: number) => value.toLocaleString('en');
    const { folder, name, movies, ratings, ratingFiles } = report;
    out.write(
      json
        ? `${JSON.stringify(report)}\n`
        : `${name}: ${count(movies)} movies, ${count(ratings)} ratings in ${ratingFiles} ${ratingFiles === 1 ? 'file' : 'files'}.\nWritten to ${folder}.\n`,
    );
  } finally {
    progress.close();
  }
}

const OUTCOMES: Record<SeedReport['status'], (where: string) => string> = {
  imported: (where) => `Imported into ${where}.`,
  replaced: (where) => `Replaced the data in ${where}.`,
  unchanged: (where) => `Nothing to do: ${where} already has this data set.`,
  kept: (where) => `Not changed: ${where} already has a data set.`,
  checked: () => 'Checked only; the database was not changed.',
  converted: (where) => `Written to ${where}.`,
  reused: (where) => `Nothing to do: ${where} was written from this source.`,
};

/** The options by which a source is read. */
function readingOf({ strict = false, allowSkipped = false, scale, timeUnit }: CommonOptions) {
  return { strict, allowSkipped, ...(scale && { scale }), ...(timeUnit && { timeUnit }) };
}

function setUp(config: Config, { err }: Streams, options: CommonOptions) {
  const progress = createProgress(err, options.progress);
  const say = (line: string) => void err.write(`${line}\n`);
  const deps = {
    movielensUrl: config.movielensUrl,
    folder: join(config.home, 'downloads'),
    progress,
    say,
  };
  return { progress, say, deps };
}

function print({ out }: Streams, { json }: CommonOptions, report: SeedReport, outcome: string): void {
  if (json) {
    out.write(`${JSON.stringify(report)}\n`);
    return;
  }
  const count = (value: number) => value.toLocaleString('en');
  const label = report.synthetic ? ' (synthetic ratings)' : '';
  const lines = [
    `${report.dataset}${label}: ${count(report.movies)} movies, ${count(report.users)} users, ` +
      `${count(report.ratings)} ratings, ${count(report.genres)} genres.`,
    ...(report.known ? describeKnown(report.known, report) : []),
    outcome,
  ];
  out.write(`${lines.join('\n')}\n`);
}
