import { execFileSync, spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError, claimUse } from '@pocketrocket/runtime';
import { DatasetEntity, openDatabase } from '@pocketrocket/schema/database';
import { until } from '@pocketrocket/testing';
import { describeWithPySpark } from '@pocketrocket/testing/spark';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { runTrainer } from './test/runTrainer.ts';
import { createTinyDatabase, NUM_USERS, tinyRatings } from './test/tinyData.ts';

const FEW_EPOCHS = ['--item2vec-epochs', '3', '--neural-cf-epochs', '2'];
const TOP = 5;
const USERS_PER_PART = 7;
/** User 100 has no ratings; users 201 and 202 like nothing, or one movie. */
const USERS = [...Array.from({ length: NUM_USERS }, (_, index) => index + 1), 100, 201, 202];
const PARTS = Array.from(
  { length: Math.ceil(USERS.length / USERS_PER_PART) },
  (_, n) => `part-0000${n}.parquet`,
);

interface Entry {
  userId: number;
  rank: number;
  movieId: number;
  score: number;
  modelVersion: number;
}

let env: Record<string, string>;
let out: string;

const recommendAll = (options: string[] = [], changes = {}) =>
  runTrainer(
    [
      'recommend-all',
      '--out',
      out,
      '--top',
      String(TOP),
      '--users-per-part',
      String(USERS_PER_PART),
      '--json',
      ...options,
    ],
    env,
    changes,
  ).then(({ stdout }) => JSON.parse(stdout) as Record<string, unknown>);

const parts = (): string[] =>
  readdirSync(out)
    .filter((name) => name.endsWith('.parquet'))
    .sort();

async function entries(): Promise<Entry[]> {
  const all: Entry[] = [];
  for (const name of parts()) {
    all.push(
      ...((await parquetReadObjects({
        file: await asyncBufferFromFile(join(out, name)),
      })) as unknown as Entry[]),
    );
  }
  return all;
}

/** Kills the processes that this one started by their name. @returns true where there was one */
const kill = (name: string): boolean =>
  spawnSync('pkill', ['-KILL', '-P', String(process.pid), '-f', name]).status === 0;

beforeAll(async () => {
  const home = mkdtempSync(join(tmpdir(), 'pocketrocket-lists-'));
  env = { POCKETROCKET_HOME: home };
  out = join(home, 'lists');
  await createTinyDatabase(`sqlite:${join(home, 'pocketrocket.sqlite')}`, [
    ...tinyRatings(),
    { userId: 201, movieId: 30, halfStars: 2, ratedAtSeconds: 1 },
    { userId: 202, movieId: 40, halfStars: 10, ratedAtSeconds: null },
  ]);
  await runTrainer(['train', ...FEW_EPOCHS], env);
});

describe('recommend-all', () => {
  it("writes every user's list as the server gives it", async () => {
    const report = await recommendAll(['--threads', '2']);
    expect(report).toMatchObject({
      modelVersion: 1,
      users: USERS.length,
      parts: PARTS.length,
      done: PARTS.length,
    });
    expect(parts()).toEqual(PARTS);
    const all = await entries();
    expect([...new Set(all.map(({ userId }) => userId))]).toEqual(USERS);
    // Of both kinds of movies, without ratings, of dislikes alone, and of one rating.
    for (const user of [1, 2, 3, 100, 201, 202]) {
      const { stdout } = await runTrainer(
        ['recommend', '--user', String(user), '--first', String(TOP), '--json'],
        env,
      );
      const { recommendations } = JSON.parse(stdout) as {
        recommendations: { movieId: number; score: number }[];
      };
      expect(recommendations).toHaveLength(TOP);
      expect(all.filter(({ userId }) => userId === user)).toEqual(
        recommendations.map(({ movieId, score }, place) => ({
          userId: user,
          rank: place + 1,
          movieId,
          score: Math.fround(score),
          modelVersion: 1,
        })),
      );
    }
  });

  it('begins anew after a finished run, since users and ratings have changed', async () => {
    expect(await recommendAll()).toMatchObject({ parts: PARTS.length, done: PARTS.length });
  });

  it('is alone in its folder', async () => {
    const release = claimUse([join(out, '.uses')], { purpose: 'recommend-all', isExclusive: true });
    await expect(recommendAll()).rejects.toMatchObject({ code: 'CONFLICT' });
    release();
  });

  it('writes to no folder that is named like a URI', async () => {
    await expect(recommendAll(['--out', 'hdfs:///lists'])).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: '--out as a URI needs --engine spark',
    });
  });

  it('takes a folder of this machine as a path or a URI alike', async () => {
    const { folder } = await recommendAll(['--out', `file://${out}`]);
    expect(folder).toBe(out);
    await expect(recommendAll(['--out', 'file://elsewhere/lists'])).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining('write file:///lists for a folder that all machines have'),
    });
  });

  it('says what failed in one of its processes', async () => {
    rmSync(out, { recursive: true });
    const run = recommendAll(['--threads', '1', '--users-per-part', '1']);
    const failed = expect(run).rejects.toMatchObject({
      code: 'ENVIRONMENT',
      message: expect.stringMatching(/part-00026\.parquet cannot be used: it is a folder/),
    });
    await until('a first part', () => existsSync(out) && parts().length > 0, 60_000);
    mkdirSync(join(out, 'part-00026.parquet'));
    await failed;
    rmSync(join(out, 'part-00026.parquet'), { recursive: true });
  });

  it('says that memory may be short where one of its processes is killed', async () => {
    const run = recommendAll(['--threads', '1', '--users-per-part', '1']);
    const failed = expect(run).rejects.toMatchObject({
      code: 'ENVIRONMENT',
      message: expect.stringMatching(/^the process of making lists was ended by SIGKILL.*--threads/),
    });
    await until('a process', () => kill('listsMain'));
    await failed;
  });

  it('says that the data were replaced while it made lists', async () => {
    const database = await openDatabase({
      url: `sqlite:${join(env['POCKETROCKET_HOME'] ?? '', 'pocketrocket.sqlite')}`,
    });
    const dataset = database.dataSource.getRepository(DatasetEntity);
    const [{ identity } = { identity: '' }] = await dataset.find();
    rmSync(out, { recursive: true });
    const run = recommendAll(['--threads', '1', '--users-per-part', '1']);
    const failed = expect(run).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(/^the data set was replaced meanwhile: .*make them again$/),
    });
    await until('a first part', () => existsSync(out) && parts().length > 0, 60_000);
    await dataset.update({ datasetId: 1 }, { identity: 'sha256:others' });
    await failed;
    await dataset.update({ datasetId: 1 }, { identity });
    await database.close();
    await recommendAll();
  });

  it('makes again what is missing, and that alone', async () => {
    const before = await entries();
    const kept = statSync(join(out, PARTS[0] ?? '')).mtimeMs;
    rmSync(join(out, PARTS[1] ?? ''));
    writeFileSync(join(out, '.staging-4194305-x'), 'half of a part');
    expect(await recommendAll()).toMatchObject({ users: USERS_PER_PART, done: 1 });
    expect(statSync(join(out, PARTS[0] ?? '')).mtimeMs).toBe(kept);
    expect(readdirSync(out).sort()).toEqual([...PARTS, 'run.json']);
    expect(await entries()).toEqual(before);
  });

  it('goes on where it was stopped', async () => {
    const before = await entries();
    rmSync(out, { recursive: true });
    const stopping = new AbortController();
    const run = recommendAll(['--threads', '1', '--users-per-part', '1'], { signal: stopping.signal });
    const stopped = expect(run).rejects.toMatchObject({ code: 'INTERRUPTED' });
    await until('a first part', () => existsSync(out) && parts().length > 0, 60_000);
    stopping.abort(new AppError('INTERRUPTED', 'stopped'));
    await stopped;
    const numKept = parts().length;
    expect(numKept).toBeLessThan(USERS.length);
    expect(await recommendAll()).toMatchObject({ done: USERS.length - numKept });
    expect(await entries()).toEqual(before);
  });

  it('begins anew for lists of another length, and by another model', async () => {
    expect(await recommendAll(['--top', '3'])).toMatchObject({ done: PARTS.length });
    expect(await entries()).toHaveLength(3 * USERS.length);
    await runTrainer(['train', ...FEW_EPOCHS, '--seed', '2', '--force'], env);
    expect(await recommendAll(['--top', '3'])).toMatchObject({ modelVersion: 2, done: PARTS.length });
    expect(new Set((await entries()).map(({ modelVersion }) => modelVersion))).toEqual(new Set([2]));
  });

  it('refuses a folder with the files of others', async () => {
    writeFileSync(join(out, 'notes.txt'), 'mine');
    await expect(recommendAll()).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    rmSync(join(out, 'notes.txt'));
    writeFileSync(join(out, 'run.json'), '{');
    await expect(recommendAll()).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});

describeWithPySpark('lists, as pyarrow reads them', (python) => {
  it('have five columns without nulls', () => {
    const read = `import pyarrow.dataset as d, sys
print([f'{f.name} {f.type} {f.nullable}' for f in d.dataset(sys.argv[1]).schema])`;
    expect(execFileSync(python, ['-c', read, join(out, PARTS[0] ?? '')], { encoding: 'utf8' }).trim()).toBe(
      "['userId int32 False', 'rank int32 False', 'movieId int32 False', 'score float False', 'modelVersion int32 False']",
    );
  });
});
