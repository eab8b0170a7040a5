import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from '@jest/globals';
import { AppError } from '@pocketrocket/runtime';
import { canTestOn, makeDatabaseOn, testServerUrl, until } from '@pocketrocket/testing';
import { describeWithPySpark, SMALL_SPARK_OPTIONS } from '@pocketrocket/testing/spark';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { writeParquetExport } from '../test/parquetExport.ts';
import { runTrainer } from '../test/runTrainer.ts';
import { createTinyDatabase, NUM_USERS, tinyRatings } from '../test/tinyData.ts';

const SLOW_MS = 900_000;
const TOP = 5;
/** Few: of many parts one is done before the others. All are full. */
const USERS_PER_PART = 3;
/** Users 201 and 202 like nothing, or one movie; one of the tiny data has no ratings. */
const RATINGS = [
  ...tinyRatings(),
  { userId: 201, movieId: 30, halfStars: 2, ratedAtSeconds: 1 },
  { userId: 202, movieId: 40, halfStars: 10, ratedAtSeconds: null },
];
const NUM_PARTS = (NUM_USERS + 3) / USERS_PER_PART;

type Entry = Record<'userId' | 'rank' | 'movieId' | 'score' | 'modelVersion', number>;

/** The lists in a folder, by user and rank. */
async function entriesIn(folder: string): Promise<Entry[]> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.parquet'),
  );
  const all: Entry[] = [];
  for (const name of files) {
    const file = await asyncBufferFromFile(join(folder, name));
    all.push(...((await parquetReadObjects({ file })) as unknown as Entry[]));
  }
  return all.sort((a, b) => a.userId - b.userId || a.rank - b.rank);
}

interface Room {
  home: string;
  env: Record<string, string>;
  /** Options by which Spark reads the data. */
  spark: string[];
}

const SPARK = ['--engine', 'spark', '--master', 'local[2]', ...SMALL_SPARK_OPTIONS];

async function makeRoom(python: string): Promise<Room> {
  const home = mkdtempSync(join(tmpdir(), 'pocketrocket-spark-lists-'));
  const url = `sqlite:${join(home, 'pocketrocket.sqlite')}`;
  await createTinyDatabase(url, RATINGS);
  const env = {
    POCKETROCKET_HOME: home,
    DATABASE_URL: url,
    PYSPARK_PYTHON: python,
    PATH: process.env['PATH'] ?? '',
    HOME: process.env['HOME'] ?? '',
  };
  await writeParquetExport(python, join(home, 'export'), 'sha256:tiny', RATINGS);
  await runTrainer(
    ['train', '--item2vec-epochs', '3', '--neural-cf-epochs', '2', '--only', 'fit,publish'],
    env,
  );
  return { home, env, spark: [...SPARK, '--parquet', join(home, 'export')] };
}

/** Runs the command for small parts. */
async function recommendAll(
  env: Record<string, string>,
  out: string,
  options: string[] = [],
  signal = new AbortController().signal,
): Promise<Record<string, unknown>> {
  const sizes = ['--top', String(TOP), '--users-per-part', String(USERS_PER_PART)];
  const args = ['recommend-all', '--out', out, ...sizes, '--json', '--progress', 'none', ...options];
  const { stdout } = await runTrainer(args, env, { signal });
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** The parts in a folder; the folder of one appears before its file. */
const partsIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder).filter(
        (name) =>
          name.startsWith('part') &&
          (!statSync(join(folder, name)).isDirectory() || readdirSync(join(folder, name)).length > 0),
      )
    : [];

/** The place of a part in its run, by its name. */
const placeOf = (name: string): number => Number(/\d+/.exec(name)?.[0]);

describeWithPySpark('lists made on Spark', (python) => {
  let room: Room;
  let expected: Entry[];
  let out: string;
  beforeAll(async () => {
    room = await makeRoom(python);
    out = join(room.home, 'lists');
    await recommendAll(room.env, join(room.home, 'local'));
    expected = await entriesIn(join(room.home, 'local'));
  }, SLOW_MS);

  it(
    'stop with the command: what is there is whole',
    async () => {
      const stopping = new AbortController();
      const run = recommendAll(room.env, out, room.spark, stopping.signal);
      const stopped = expect(run).rejects.toMatchObject({ code: 'INTERRUPTED' });
      await until('a first part', () => partsIn(out).length > 0, SLOW_MS);
      stopping.abort(new AppError('INTERRUPTED', 'stopped'));
      await stopped;
      const kept = partsIn(out);
      expect(kept.length).toBeLessThan(NUM_PARTS);
      const { parts } = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')) as {
        parts: [first: number, last: number][];
      };
      for (const name of kept) {
        const [first, last] = parts[placeOf(name)] ?? [NaN, NaN];
        const wanted = expected.filter(({ userId }) => first <= userId && userId <= last);
        expect(wanted).toHaveLength(TOP * USERS_PER_PART);
        expect(await entriesIn(join(out, name))).toEqual(wanted);
      }
    },
    SLOW_MS,
  );

  it(
    'are made where they are missing, and there alone, by a URI as well, as this machine makes them',
    async () => {
      // The same folder as a file system of Hadoop's has it.
      const uri = 'viewfs:///lists';
      const mount = `spark.hadoop.fs.viewfs.mounttable.default.link./lists=file://${out}`;
      const kept = partsIn(out);
      const madeAt = () => kept.map((name) => statSync(join(out, name)).mtimeMs);
      const before = madeAt();
      // As a task leaves it that is killed before its file is moved there.
      const missing = Array.from({ length: NUM_PARTS }, (_, place) => `part=${place}`).find(
        (name) => !kept.includes(name),
      );
      mkdirSync(join(out, missing ?? ''), { recursive: true });
      const done = NUM_PARTS - kept.length;
      expect(await recommendAll(room.env, uri, [...room.spark, '--spark-conf', mount])).toEqual({
        folder: uri,
        modelVersion: 1,
        users: done * USERS_PER_PART,
        parts: NUM_PARTS,
        done,
      });
      expect(madeAt()).toEqual(before);
      expect(expected).toHaveLength(TOP * (NUM_USERS + 3));
      expect(await entriesIn(out)).toEqual(expected);
      expect(readdirSync(out).sort()).toEqual([
        ...Array.from({ length: NUM_PARTS }, (_, place) => `part=${place}`),
        'run.json',
      ]);
    },
    SLOW_MS,
  );

  it('are completed by this machine where Spark was stopped; files of others are left alone', async () => {
    rmSync(join(out, 'part=1'), { recursive: true });
    mkdirSync(join(out, 'part=1'));
    rmSync(join(out, 'part=2'), { recursive: true });
    expect(await recommendAll(room.env, out)).toMatchObject({ users: 2 * USERS_PER_PART, done: 2 });
    expect(partsIn(out)).toEqual(expect.arrayContaining(['part-00001.parquet', 'part-00002.parquet']));
    expect(await entriesIn(out)).toEqual(expected);
    const notes = join(out, 'notes.txt');
    writeFileSync(notes, 'mine');
    await expect(recommendAll(room.env, out)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    rmSync(notes);
  });

  (canTestOn('mysql') ? it : it.skip)(
    'are the same of a database that Spark reads',
    async () => {
      const database = await makeDatabaseOn(testServerUrl('mysql') ?? '');
      try {
        // The same data: the model that was trained on the others fits.
        await createTinyDatabase(database.url, RATINGS);
        const there = join(room.home, 'of-mysql');
        const env = { ...room.env, DATABASE_URL: database.url };
        expect(await recommendAll(env, there, SPARK)).toMatchObject({ done: NUM_PARTS });
        expect(await entriesIn(there)).toEqual(expected);
      } finally {
        await database.drop();
      }
    },
    SLOW_MS,
  );

  it('need --engine spark for its options', async () => {
    await expect(recommendAll(room.env, out, ['--master', 'local[2]'])).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });
});
