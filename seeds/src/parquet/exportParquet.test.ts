import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createProgress, type Progress } from '@pocketrocket/runtime';
import { openDatabase } from '@pocketrocket/schema/database';
import { canTestOn, makeTestRoom, TEST_ENGINES, type TestEngine, type TestRoom } from '@pocketrocket/testing';
import { describeWithPySpark } from '@pocketrocket/testing/spark';
import { exportParquet } from './exportParquet.ts';

const progress = createProgress(process.stderr, 'none');
const NUM_RATINGS = 25;
/** The last one has no ratings. */
const USERS = [1, 2, 3, 4, 5, 6, 7, 50];
const TITLES = ['Plain', 'Quote \' and " and \\', 'Été 日本 🎬', 'New\nline'];

let folder: string;
let rooms: TestRoom[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pocketrocket-parquet-'));
});
afterEach(async () => {
  for (const room of rooms) await room.drop();
  rooms = [];
  rmSync(folder, { recursive: true, force: true });
});

const ratingOf = (index: number) => ({
  userId: 1 + (index % 7),
  movieId: 1 + Math.floor(index / 7),
  halfStars: 1 + (index % 10),
  ratedAtSeconds: index % 3 === 0 ? null : 1e9 + index,
});

async function newDatabase(engine: TestEngine, numRatings = NUM_RATINGS): Promise<TestRoom['options']> {
  const room = await makeTestRoom(engine);
  rooms.push(room);
  const database = await openDatabase(room.options);
  const query = (sql: string, values: unknown[] = []) => database.dataSource.query(sql, values);
  for (const [index, title] of TITLES.entries()) {
    await query(
      'INSERT INTO movie (movieId, title, sortTitle, alternativeTitles, releaseYear) VALUES (?, ?, ?, ?, ?)',
      [index + 1, title, title.toLowerCase(), '[]', index === 0 ? null : 1990 + index],
    );
  }
  for (const [index, user] of USERS.entries()) {
    await query('INSERT INTO user (userId, name, ratingCount) VALUES (?, ?, ?)', [user, `User ${index}`, 0]);
  }
  await query("INSERT INTO genre (genreId, name) VALUES (1, 'Western'), (2, 'Drama')");
  await query('INSERT INTO movie_genre (movieId, genreId) VALUES (1, 1), (1, 2), (3, 2)');
  for (let index = 0; index < numRatings; index++) {
    await query(
      'INSERT INTO rating (userId, movieId, halfStars, ratedAtSeconds) VALUES (?, ?, ?, ?)',
      Object.values(ratingOf(index)),
    );
  }
  await query(
    "INSERT INTO dataset (datasetId, name, identity, synthetic, movieCount, userCount, ratingCount, genreCount, meanRating, importedAtSeconds) VALUES (1, 'tiny', 'sha256:1', true, 4, 7, ?, 2, 3, 7)",
    [numRatings],
  );
  await database.close();
  return room.options;
}

const READ = `
import json, sys
import pyarrow.parquet as parquet, pyarrow.dataset as dataset
folder = sys.argv[1]
tables = {name: dataset.dataset(f'{folder}/{name}', format='parquet').to_table() for name in ('ratings', 'users', 'movies')}
file = parquet.ParquetFile(f'{folder}/ratings/part-00000.parquet')
print(json.dumps({
  **{name: table.to_pylist() for name, table in tables.items()},
  'types': {name: {field.name: f'{field.type}{"?" if field.nullable else ""}' for field in table.schema} for name, table in tables.items()},
  'facts': {key.decode(): value.decode() for key, value in file.schema_arrow.metadata.items()},
  'groups': file.num_row_groups,
}))`;

interface Read {
  ratings: ReturnType<typeof ratingOf>[];
  users: object[];
  movies: object[];
  types: Record<string, Record<string, string>>;
  facts: Record<string, string>;
  groups: number;
}

it.each(TEST_ENGINES.filter(canTestOn))(
  "an export has the ratings of apps' users too, of movies that are there: %s",
  async (engine) => {
    const options = await newDatabase(engine);
    const database = await openDatabase(options);
    for (const movieId of [1, 2, 99])
      await database.dataSource.query(
        'INSERT INTO app_rating (userId, movieId, halfStars, ratedAtSeconds) VALUES (1250000000, ?, 9, 5)',
        [movieId],
      );
    await database.close();
    const report = await exportParquet(options, join(folder, 'data'), progress);
    expect(report).toMatchObject({ ratings: NUM_RATINGS + 2, users: USERS.length });
  },
);

describeWithPySpark('an export, as pyarrow reads it', (python) => {
  const read = (out: string): Read =>
    JSON.parse(execFileSync(python, ['-c', READ, out], { encoding: 'utf8' })) as Read;

  it.each(TEST_ENGINES.filter(canTestOn))('has every rating and movie of a database: %s', async (engine) => {
    const out = join(folder, 'data');
    const report = await exportParquet(await newDatabase(engine), out, progress, {
      rowsPerGroup: 4,
      rowsPerFile: 8,
    });
    expect(report).toEqual({
      folder: out,
      name: 'tiny',
      identity: 'sha256:1',
      movies: 4,
      users: USERS.length,
      ratings: NUM_RATINGS,
      ratingFiles: 4,
    });
    const { ratings, users, movies, types, facts, groups } = read(out);
    const byKey = (a: Read['ratings'][number], b: Read['ratings'][number]) =>
      a.userId - b.userId || a.movieId - b.movieId;
    const all = Array.from({ length: NUM_RATINGS }, (_, index) => ratingOf(index));
    expect(ratings.sort(byKey)).toEqual(all.sort(byKey));
    expect(users).toEqual(USERS.map((userId) => ({ userId })));
    expect(movies).toEqual([
      { movieId: 1, title: TITLES[0], releaseYear: null, genres: ['Drama', 'Western'] },
      { movieId: 2, title: TITLES[1], releaseYear: 1991, genres: [] },
      { movieId: 3, title: TITLES[2], releaseYear: 1992, genres: ['Drama'] },
      { movieId: 4, title: TITLES[3], releaseYear: 1993, genres: [] },
    ]);
    expect(types['ratings']).toEqual({
      userId: 'int32',
      movieId: 'int32',
      halfStars: 'int32',
      ratedAtSeconds: 'int32?',
    });
    expect(types['movies']).toMatchObject({ title: 'string', releaseYear: 'int32?' });
    expect(facts).toMatchObject({ 'pocketrocket.dataset': 'tiny', 'pocketrocket.identity': 'sha256:1' });
    expect(groups).toBe(2);
    const dataset = JSON.parse(readFileSync(join(out, 'dataset.json'), 'utf8')) as object;
    expect(dataset).toMatchObject({ formatVersion: 1, identity: 'sha256:1', ratings: NUM_RATINGS });
  });

  it('has the columns where there are no ratings', async () => {
    const out = join(folder, 'data');
    await exportParquet(await newDatabase('node-sqlite', 0), out, progress);
    expect(read(out)).toMatchObject({ ratings: [], types: { ratings: { halfStars: 'int32' } } });
  });
});

describe('an export', () => {
  it('replaces an earlier one whole, and nothing else', async () => {
    const out = join(folder, 'data');
    await exportParquet(await newDatabase('node-sqlite'), out, progress, {
      rowsPerGroup: 4,
      rowsPerFile: 4,
    });
    await exportParquet(await newDatabase('node-sqlite', 3), out, progress);
    expect(readdirSync(join(out, 'ratings'))).toEqual(['part-00000.parquet']);
    expect(readdirSync(folder)).toEqual(['data']);

    rmSync(join(out, 'dataset.json'));
    const other = exportParquet(await newDatabase('node-sqlite'), out, progress);
    await expect(other).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(readdirSync(join(out, 'ratings'))).toEqual(['part-00000.parquet']);
  });

  it('replaces no folder with files of others, wherever they are in it', async () => {
    const address = await newDatabase('node-sqlite', 3);
    const foreign = join(folder, 'foreign');
    mkdirSync(foreign);
    writeFileSync(join(foreign, 'dataset.json'), '{}');
    const refused = { code: 'BAD_USER_INPUT' };
    await expect(exportParquet(address, foreign, progress)).rejects.toMatchObject(refused);
    expect(readdirSync(foreign)).toEqual(['dataset.json']);
    const out = join(folder, 'data');
    await exportParquet(address, out, progress);
    for (const place of ['notes.txt', join('ratings', 'notes.txt')]) {
      writeFileSync(join(out, place), 'mine');
      await expect(exportParquet(address, out, progress)).rejects.toMatchObject(refused);
      rmSync(join(out, place));
    }
    await exportParquet(address, out, progress);
  });

  it('that ends early leaves nothing behind, and the earlier one as it was', async () => {
    const out = join(folder, 'data');
    const address = await newDatabase('node-sqlite');
    await exportParquet(address, out, progress);
    const before = readFileSync(join(out, 'dataset.json'), 'utf8');
    const failing: Progress = {
      ...progress,
      stage: () => ({
        update: () => {
          throw new Error('ended');
        },
        finish: () => undefined,
      }),
    };
    await expect(exportParquet(address, out, failing)).rejects.toThrow('ended');
    expect(readFileSync(join(out, 'dataset.json'), 'utf8')).toBe(before);
    expect(readdirSync(folder)).toEqual(['data']);
  });

  it('says where there is nothing to export, and where it cannot write', async () => {
    const room = await makeTestRoom('node-sqlite');
    rooms.push(room);
    await (await openDatabase(room.options)).close();
    const out = join(folder, 'data');
    await expect(exportParquet(room.options, out, progress)).rejects.toMatchObject({ code: 'BAD_DATA' });
    expect(existsSync(out)).toBe(false);

    writeFileSync(join(folder, 'file'), '');
    const below = exportParquet(await newDatabase('node-sqlite'), join(folder, 'file', 'data'), progress);
    await expect(below).rejects.toMatchObject({ code: 'ENVIRONMENT' });
  });
});
