import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AppError } from '@pocketrocket/runtime';
import { silentLogger, TestApi } from '../../test/api.ts';
import { createSqlite, type TestDatabase } from '../../test/databases.ts';
import { fillDatabase, makeFixture } from '../../test/fixture.ts';
import { makeModel } from '../../test/model.ts';
import { describeWithTensorFlow, exportFromKeras, type KerasModel } from '../../test/tensorflow.ts';
import { buildProfile } from '@pocketrocket/model';
import { probeKnownIds } from './savedModelIds.ts';
import { openSavedModel, type SavedModelScorer } from './savedModelScorer.ts';
import { openTfjsRanker, tfjsRanker, withRetrievalOrder } from './tfjsRanker.ts';

const fixture = makeFixture();
const model = makeModel(fixture);

const logit = (p: number) => Math.log(p / (1 - p));

/** A model with tables up to these ids, which refuses others as TensorFlow does. */
function tables(numUsers: number, numMovies: number): SavedModelScorer {
  return {
    close: () => undefined,
    probabilities: (userIds, movieIds) =>
      Float32Array.from(userIds, (userId, index) => {
        const movieId = movieIds[index] ?? -1;
        if (userId >= numUsers || movieId >= numMovies)
          throw new Error(`${movieId} is not in [0, ${numMovies})`);
        return 1 / (2 + ((userId + movieId) % 7));
      }),
  };
}

/** A model that looks ids up, and has one answer for all that it does not find. */
function lookUps(isUser: (id: number) => boolean, isMovie: (id: number) => boolean): SavedModelScorer {
  return {
    close: () => undefined,
    probabilities: (userIds, movieIds) =>
      Float32Array.from(userIds, (userId, index) => {
        const movieId = movieIds[index] ?? -1;
        return 1 / (2 + (isUser(userId) ? userId : 0.3) + (isMovie(movieId) ? 1 / movieId : 0));
      }),
  };
}

const idsUpTo = (count: number) => Int32Array.from({ length: count }, (_, index) => 3 * index + 1);
const knownOf = (marks: Uint8Array) => Array.from(marks).lastIndexOf(1) + 1;

describe('probeKnownIds', () => {
  it.each([1, 2, 3, 97, 98, 100, 101, 298, 299, 400])('finds where tables of %i rows end', (rows) => {
    const known = probeKnownIds(tables(rows + 1, rows + 1), idsUpTo(100), idsUpTo(100));
    const expected = idsUpTo(100).filter((id) => id <= rows).length;
    expect([knownOf(known.users), knownOf(known.movies)]).toEqual([expected, expected]);
    expect(known.problem).toBeNull();
  });

  it('goes on over chunks of ids', () => {
    const known = probeKnownIds(tables(10, 250_000), idsUpTo(3), idsUpTo(100_000));
    expect(knownOf(known.movies)).toBe(Math.ceil(249_999 / 3));
  });

  it('recognises ids that are looked up in vain', () => {
    const known = probeKnownIds(
      lookUps(
        (id) => id === 1 || id === 3,
        (id) => id === 51 || id === 52,
      ),
      Int32Array.of(1, 2, 3),
      Int32Array.of(50, 51, 52),
    );
    expect(known).toEqual({ users: Uint8Array.of(1, 0, 1), movies: Uint8Array.of(0, 1, 1), problem: null });
  });

  it('says why nobody is known', () => {
    expect(probeKnownIds(tables(1, 1), idsUpTo(2), idsUpTo(2))).toEqual({
      users: new Uint8Array(2),
      movies: new Uint8Array(2),
      problem: '1 is not in [0, 1)',
    });
    const constant: SavedModelScorer = {
      ...tables(0, 0),
      probabilities: (ids) => new Float32Array(ids.length),
    };
    expect(probeKnownIds(constant, idsUpTo(2), idsUpTo(2)).problem).toMatch(/the same answer for every user/);
  });
});

describe('withRetrievalOrder', () => {
  it('keeps what is scored, and places the rest where retrieval has it', () => {
    expect([...withRetrievalOrder([null, 1, 3, null, 2, null])]).toEqual([3, 1, 3, 2, 2, 1]);
    expect([...withRetrievalOrder([4])]).toEqual([4]);
  });
});

describe('tfjsRanker', () => {
  const profileOf = (userId: number | null) => {
    const rated = [3, 6, 9].map((movieId) => ({ movieId, rating: 5, ratedAtSeconds: null }));
    const profile = buildProfile(model, rated, userId);
    if (!profile) throw new Error('the model knows these movies');
    return profile;
  };
  const items = Int32Array.of(0, 50, 100);

  it('scores movies by their ids and leaves those beyond the tables to retrieval', async () => {
    const logits = await tfjsRanker(tables(60, 100), silentLogger).logits(model, profileOf(5), items);
    const [first = 0, second = 0] = [1, 51].map((movieId) => logit(1 / (2 + ((5 + movieId) % 7))));
    expect(logits?.[0]).toBeCloseTo(first, 5);
    expect(logits?.[1]).toBeCloseTo(second, 5);
    // The last of three in the retrieval order.
    expect(logits?.[2]).toBeCloseTo(Math.min(first, second), 5);
  });

  it.each([
    ['a taste without a user', null],
    ['a user beyond the tables', 31],
  ])('leaves %s to retrieval', async (_who, userId) => {
    const ranker = tfjsRanker(tables(31, 200), silentLogger);
    expect(await ranker.logits(model, profileOf(userId), items)).toBeNull();
  });

  it('stays finite where a probability reaches 0 or 1', async () => {
    const scorer = tables(60, 200);
    const sure: SavedModelScorer = {
      ...scorer,
      probabilities: (users, movies) =>
        scorer.probabilities(users, movies).map((p) => (p > 0.3 ? 1 : p > 0.2 ? 0 : p)),
    };
    const logits = await tfjsRanker(sure, silentLogger).logits(
      model,
      profileOf(5),
      model.items.ids.map((_, row) => row),
    );
    expect(logits?.every((value) => Math.abs(value) < 17)).toBe(true);
  });
});

describe('openTfjsRanker', () => {
  it('lets the engine rank, and says so, where the native library is absent', async () => {
    const said: string[] = [];
    const logger = { ...silentLogger, warn: (_fields: object, message: string) => said.push(message) };
    const absent = () => {
      throw new AppError('ENVIRONMENT', 'there is no library: build it');
    };
    const ranker = await openTfjsRanker('nowhere', logger as never, absent);
    const problem =
      'RANKER=tfjs is not possible: there is no library: build it; there is no saved_model.pb in nowhere, nor in a numbered folder in it: set SAVED_MODEL_DIR to where one is';
    expect(ranker.problem()).toBe(problem);
    await expect(ranker.logits({} as never, {} as never, Int32Array.of(1))).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      message: problem,
    });
    expect(said).toEqual(['a SavedModel was to rank: the engine does']);
  });

  it('that answers no probabilities is told, and the engine ranks', async () => {
    let answer = 0.5;
    const scorer: SavedModelScorer = {
      close: () => undefined,
      probabilities: (userIds, movieIds) =>
        Float32Array.from(userIds, (id, place) => {
          if (Number.isNaN(answer)) throw new AppError('ARTIFACT_INVALID', 'it returned NaN');
          return answer / (1 + ((id + (movieIds[place] ?? 0)) % 5));
        }),
    };
    const ranker = tfjsRanker(scorer, silentLogger);
    const rated = [3, 6, 9].map((movieId) => ({ movieId, rating: 5, ratedAtSeconds: null }));
    const profile = buildProfile(model, rated, 3);
    if (!profile) throw new Error('this user has no history');
    const items = Int32Array.of(0, 1, 2, 3, 4);
    expect(await ranker.logits(model, profile, items)).toHaveLength(5);
    answer = NaN;
    await expect(ranker.logits(model, profile, items)).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
    });
    expect(ranker.problem()).toBe('the SavedModel cannot rank: it returned NaN');
    answer = 0.5;
    expect(await ranker.logits(model, profile, items)).toHaveLength(5);
    expect(ranker.problem()).toBeNull();
  });
});

describeWithTensorFlow('a SavedModel that Keras exported', (tf, python) => {
  const FORMS: Pick<KerasModel, 'dtype' | 'dimensions'>[] = [
    { dtype: 'int32', dimensions: 1 },
    { dtype: 'int64', dimensions: 2 },
    { dtype: 'float32', dimensions: 2 },
  ];
  /** Rows of the tables: the users above 40 and the movies above 90 lie beyond. */
  const TABLES = { numUsers: 41, numMovies: 91 };
  const pairs = Array.from({ length: 500 }, (_, index) => [index % 41, (7 * index) % 91] as const);
  const [userIds, movieIds] = [0, 1].map((side) => Int32Array.from(pairs, (pair) => pair[side] ?? 0));
  let folder: string;
  let stored: TestDatabase;
  const predictions = new Map<string, number[]>();
  const folderOf = ({ dtype, dimensions }: (typeof FORMS)[number]) => join(folder, `${dtype}-${dimensions}`);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keras-'));
    const models = FORMS.map((form) => ({ folder: folderOf(form), ...TABLES, ...form }));
    const predicted = await exportFromKeras(python, models, pairs);
    predicted.forEach((values, index) => predictions.set(models[index]?.folder ?? '', values));
    stored = await createSqlite('node-sqlite');
    await fillDatabase(stored.database, fixture);
  }, 180_000);
  afterAll(async () => {
    await stored.drop();
    await rm(folder, { recursive: true });
  });

  it.each(FORMS)('answers as Keras does, with $dtype inputs of $dimensions dimensions', async (form) => {
    const scorer = await openSavedModel(tf, folderOf(form));
    const before = tf.memory().numTensors;
    const answers = scorer.probabilities(userIds ?? new Int32Array(0), movieIds ?? new Int32Array(0));
    const expected = predictions.get(folderOf(form)) ?? [];
    expect(answers).toHaveLength(500);
    expect(Math.max(...answers.map((value, index) => Math.abs(value - (expected[index] ?? 9))))).toBeLessThan(
      1e-6,
    );
    const [alone] = scorer.probabilities(Int32Array.of(3), Int32Array.of(21));
    expect(alone).toBeCloseTo(answers[3] ?? 9, 6);
    expect(tf.memory().numTensors).toBe(before);
    scorer.close();
  });

  it.each(FORMS)('tells which ids it knows, with $dtype inputs of $dimensions dimensions', async (form) => {
    const scorer = await openSavedModel(tf, folderOf(form));
    const known = probeKnownIds(scorer, model.users.ids, model.items.ids);
    expect(known.problem).toBeNull();
    expect(model.users.ids.filter((_, row) => known.users[row] === 1)).toEqual(
      model.users.ids.filter((id) => id < 41),
    );
    expect(model.items.ids.filter((_, row) => known.movies[row] === 1)).toEqual(
      model.items.ids.filter((id) => id < 91),
    );
    scorer.close();
  });

  it('ranks lists in place of the published NeuralCF, and takes the newest of numbered versions', async () => {
    await rename(folderOf({ dtype: 'int64', dimensions: 2 }), join(folder, '12'));
    const ranker = await openTfjsRanker(folder, silentLogger, () => tf);
    if (!ranker) throw new Error('TensorFlow is there');
    const served = async (api: TestApi, userId: number) => {
      const { user } = await api.query<{
        user: { recommendations: { nodes: { movie: { movieId: number } }[]; served: { ranker: string } } };
      }>(
        `{ user(userId: ${userId}) { recommendations(first: 100) { nodes { movie { movieId } } served { ranker } } } }`,
      );
      const { nodes, served } = user.recommendations;
      return { ids: nodes.map(({ movie }) => movie.movieId), ranker: served.ranker };
    };
    const byEngine = await TestApi.open(stored.database, model);
    const byKeras = await TestApi.open(stored.database, model, { ranker });
    const [ofEngine, ofKeras] = [await served(byEngine, 1), await served(byKeras, 1)];
    expect(ofKeras.ranker).toBe('NEURAL_CF');
    expect([...ofKeras.ids].sort()).toEqual([...ofEngine.ids].sort());
    expect(ofKeras.ids).not.toEqual(ofEngine.ids);
    // Beyond the user table.
    expect((await served(byKeras, 45)).ranker).toBe('RETRIEVAL');
    ranker.close();
  });

  it('is refused where it is not one, or not there', async () => {
    await expect(openSavedModel(tf, join(folder, 'nowhere'))).rejects.toThrow(
      /no saved_model.pb in .*nowhere/,
    );
  });
});
