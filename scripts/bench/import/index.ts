import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { AppError, type ProgressEvent } from '@pocketrocket/runtime';
import { dialectNameOf } from '@pocketrocket/schema/databaseUrl';
import { createConnection, type Connection, type ResultSetHeader } from 'mysql2';
import { built, exitOf, start, StepFailed } from '../../lib/processes.ts';
import { withHome } from '../serve/home.ts';
import { generateFiles, type Shape } from './generate.ts';

export interface ImportBenchOptions extends Omit<Shape, 'sorted'> {
  unsorted?: true | undefined;
  /** `mysql:` URL; a database of its own is made beside the one that it names. */
  url?: string | undefined;
  home?: string | undefined;
}

const POLL_EVERY_MS = 100;

/**
 * Imports a made-up data set into MySQL as `npm run seed` does, then loads the same ratings by a bare LOAD DATA, and prints how the two
 * compare.
 */
export async function benchImport({
  unsorted,
  url,
  home: givenHome,
  ...shape
}: ImportBenchOptions): Promise<void> {
  const server = url ?? process.env['DATABASE_URL'];
  if (server === undefined || dialectNameOf(server) !== 'mysql')
    throw new AppError(
      'BAD_USER_INPUT',
      'name a MySQL server by --url or DATABASE_URL: mysql://user:password@host/database',
    );
  await withHome(givenHome, (home) => compare(home, server, { ...shape, sorted: !unsorted }));
}

async function compare(home: string, server: string, shape: Shape): Promise<void> {
  const target = new URL(server);
  const database = `${target.pathname.slice(1)}_bench_${process.pid}`;
  say(`making ${shape.ratings} ratings …`);
  const folder = generateFiles(home, shape);
  // Not before: while ratings are made nothing else happens in this process, and the server would not wait for it.
  const administrator = createConnection(server);
  try {
    await run(administrator, `CREATE DATABASE ${database}`);
    target.pathname = `/${database}`;
    const imported = await importOnce(folder, target.href, home);
    const bare = await loadBare(administrator, database, join(folder, 'ratings.csv'));
    report(shape.ratings, imported, bare);
  } finally {
    await run(administrator, `DROP DATABASE IF EXISTS ${database}`);
    administrator.destroy();
  }
}

interface Imported {
  seconds: number;
  /** Seconds from the end of the stage before to its own end. */
  stages: { name: string; seconds: number }[];
  /** Null where the system does not tell. */
  peakMegabytes: number | null;
}

async function importOnce(folder: string, databaseUrl: string, home: string): Promise<Imported> {
  const env = { ...process.env, DATABASE_URL: databaseUrl, POCKETROCKET_HOME: home };
  const startedAt = performance.now();
  const child = start(built('seeds', [folder, '--progress', 'json']), {
    env,
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  const endedAt = new Map<string, number>();
  const listening = noteStages(child.stderr, endedAt);
  let peakMegabytes: number | null = null;
  const timer = setInterval(() => (peakMegabytes = peakMemory(child.pid) ?? peakMegabytes), POLL_EVERY_MS);
  const status = await exitOf(child);
  const seconds = secondsSince(startedAt);
  clearInterval(timer);
  await listening;
  if (status !== 0) throw new StepFailed('the import', status);
  let last = startedAt;
  const stages = [...endedAt].map(([name, at]) => {
    const stage = { name, seconds: (at - last) / 1000 };
    last = at;
    return stage;
  });
  return { seconds, stages, peakMegabytes };
}

/** Notes when each stage of an import was last heard of; what else it says is passed on. */
async function noteStages(output: NodeJS.ReadableStream | null, endedAt: Map<string, number>): Promise<void> {
  if (!output) return;
  for await (const line of createInterface({ input: output })) {
    if (!line.startsWith('{"progress"')) {
      say(line);
      continue;
    }
    const { progress } = JSON.parse(line) as ProgressEvent;
    endedAt.set(progress.stage, performance.now());
  }
}

interface Bare {
  loadSeconds: number;
  indexSeconds: number;
}

/** The ratings alone, by LOAD DATA into a table with nothing but its primary key; then its secondary indexes. */
async function loadBare(connection: Connection, database: string, file: string): Promise<Bare> {
  await run(connection, `USE ${database}`);
  await run(connection, 'CREATE TABLE bare_rating LIKE rating');
  await run(
    connection,
    'ALTER TABLE bare_rating DROP INDEX rating_by_user_and_time, DROP INDEX rating_by_movie',
  );
  say('loading the same ratings by a bare LOAD DATA …');
  const loadedAt = performance.now();
  await run(
    connection,
    `LOAD DATA LOCAL INFILE 'ratings' INTO TABLE bare_rating FIELDS TERMINATED BY ',' LINES TERMINATED BY '\\n'
     IGNORE 1 LINES (userId, movieId, @stars, ratedAtSeconds) SET halfStars = 2 * @stars`,
    file,
  );
  const loadSeconds = secondsSince(loadedAt);
  const indexedAt = performance.now();
  await run(
    connection,
    `ALTER TABLE bare_rating ADD INDEX rating_by_user_and_time (userId, ratedAtSeconds, movieId),
     ADD INDEX rating_by_movie (movieId, halfStars, userId)`,
  );
  return { loadSeconds, indexSeconds: secondsSince(indexedAt) };
}

/** Runs a statement; a file where it asks for one. */
function run(connection: Connection, sql: string, file?: string): Promise<ResultSetHeader> {
  return new Promise((done, fail) => {
    connection.query<ResultSetHeader>(
      {
        sql,
        ...(file !== undefined && {
          infileStreamFactory: () => createReadStream(file, { highWaterMark: 1 << 18 }),
        }),
      },
      (error, result) => (error ? fail(error) : done(result)),
    );
  });
}

function secondsSince(startedAt: number): number {
  return (performance.now() - startedAt) / 1000;
}

/** The largest resident size so far in MB, where the system tells it. */
function peakMemory(pid: number | undefined): number | null {
  if (process.platform !== 'linux' || pid === undefined) return null;
  try {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes ? Number(kilobytes) / 1024 : null;
  } catch {
    // It has just ended.
    return null;
  }
}

function report(
  ratings: number,
  { seconds, stages, peakMegabytes }: Imported,
  { loadSeconds, indexSeconds }: Bare,
): void {
  const bareSeconds = loadSeconds + indexSeconds;
  const line = (what: string, time: number) =>
    `${what.padEnd(44)} ${time.toFixed(1).padStart(7)} s  ${Math.round(ratings / time)
      .toLocaleString('en')
      .padStart(9)} ratings/s`;
  process.stdout.write(
    `${[
      line('import, end to end', seconds),
      ...stages.map((stage) => `  ${stage.name.padEnd(42)} ${stage.seconds.toFixed(1).padStart(7)} s`),
      line('bare LOAD DATA, primary key only', loadSeconds),
      line('bare LOAD DATA and both secondary indexes', bareSeconds),
      `import : LOAD DATA  ${(loadSeconds / seconds).toFixed(2)} of its speed; with the indexes ${(bareSeconds / seconds).toFixed(2)}`,
      ...(peakMegabytes === null ? [] : [`importer's peak memory  ${peakMegabytes.toFixed(0)} MB`]),
    ].join('\n')}\n`,
  );
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
