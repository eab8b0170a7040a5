import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  encodeSequenceReference,
  neuralCFLogits,
  neuralCFUserVector,
  scoreNeuralCFReference,
  type NeuralCF,
  type SequenceModel,
} from '@pocketrocket/engine';
import { type Database, openDatabase } from '@pocketrocket/schema/database';
import type { LoadedModel } from '@pocketrocket/model';
import { buildProfile } from '@pocketrocket/model';
import { openTfServingRanker } from '../rankers/tfServing/tfServingRanker.ts';
import { silentLogger, TestApi } from './api.ts';
import { fillDatabase, makeFixture } from './fixture.ts';
import { makeModel, USER_UNKNOWN_TO_MODEL, withItemBias, withSequence } from './model.ts';
import { publishWithSavedModel } from './savedModel.ts';

/** A server that speaks TensorFlow Serving's REST API. */
export interface Upstream {
  url: string;
  stop(): Promise<unknown>;
}

const TOLERANCE = 1e-5;
/** Of the scores of next items, which are no probabilities. */
const SCORE_TOLERANCE = 1e-4;
const ABSENT = 99_999;
const FAVOURITE = 17;
const fixture = makeFixture();
/** Version 2 likes one movie more, and has no sequence model. */
const MODELS: LoadedModel[] = [makeModel(fixture)].flatMap((model) => [
  { ...withSequence(model), version: 1 },
  { ...withItemBias(model, FAVOURITE, 5), version: 2 },
]);

/**
 * The contract of every server that stands in TensorFlow Serving's place.
 * @param open starts it over a model directory with the versions 1 and 2, both loaded when it resolves
 */
export function testTfServing(open: (modelDir: string) => Promise<Upstream>): void {
  let modelDir: string;
  let upstream: Upstream;
  beforeAll(async () => {
    modelDir = await mkdtemp(join(tmpdir(), 'serving-'));
    for (const model of MODELS) expect(await publishWithSavedModel(modelDir, model)).toBe(model.version);
    upstream = await open(modelDir);
  }, 120_000);
  afterAll(async () => {
    await upstream.stop();
    await rm(modelDir, { recursive: true, force: true });
  });

  const ask = async (path: string, body?: unknown): Promise<{ status: number; answer: unknown }> => {
    const response = await fetch(
      upstream.url + path,
      body === undefined
        ? {}
        : { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) },
    );
    return { status: response.status, answer: await response.json() };
  };

  describe('status', () => {
    const available = (version: number) => ({
      version: String(version),
      state: 'AVAILABLE',
      status: { error_code: 'OK', error_message: '' },
    });
    it.each([
      ['/v1/models/recmodel', [available(2), available(1)]],
      ['/v1/models/recmodel/versions/1', [available(1)]],
    ])('is told at %s, the highest version first', async (path, versions) => {
      expect(await ask(path)).toEqual({ status: 200, answer: { model_version_status: versions } });
    });
  });

  describe('predict', () => {
    const users = [1, 2, 30];
    const movies = [2, FAVOURITE, 100];
    const vectors = [1, 2, 30].map((userId) => vectorOf(modelOf(1), userId));
    const row = (key: string, values: readonly unknown[]) => values.map((value) => [key, value] as const);
    const rows = (...columns: (readonly (readonly [string, unknown])[])[]): Record<string, unknown>[] =>
      (columns[0] ?? []).map((_, index) =>
        Object.fromEntries<unknown>(columns.flatMap((column) => column.slice(index, index + 1))),
      );

    const cases: [string, object, number[]][] = [
      [
        'pairs in rows',
        { instances: rows(row('userId', users), row('movieId', movies)) },
        users.map((userId, index) => byIds(1, userId, movies[index] ?? 0)),
      ],
      [
        'pairs in columns',
        { inputs: { userId: users, movieId: movies } },
        users.map((userId, index) => byIds(1, userId, movies[index] ?? 0)),
      ],
      [
        'one user and many movies, of which one is unknown',
        { signature_name: 'serving_default', inputs: { userId: [3], movieId: [...movies, ABSENT, 3] } },
        [...movies, ABSENT, 3].map((movieId) => byIds(1, 3, movieId)),
      ],
      [
        'many users, of whom two are unknown, and one movie',
        { inputs: { userId: [ABSENT, -5, 3, 3], movieId: [4] } },
        [ABSENT, -5, 3, 3].map((userId) => byIds(1, userId, 4)),
      ],
      [
        'unknown with unknown',
        { inputs: { userId: [0], movieId: [2 ** 31 - 1] } },
        [byIds(1, ABSENT, ABSENT)],
      ],
      ['nothing', { inputs: { userId: [1], movieId: [] } }, []],
      [
        'a vector and many movies',
        { signature_name: 'user_vector', inputs: { userVector: [vectors[1]], movieId: [...movies, ABSENT] } },
        [...movies, ABSENT].map((movieId) => probability(modelOf(1), vectors[1] ?? [], movieId)),
      ],
      [
        'vectors and movies in rows, pair by pair',
        {
          signature_name: 'user_vector',
          instances: rows(row('userVector', vectors), row('movieId', movies)),
        },
        vectors.map((vector, index) => probability(modelOf(1), vector, movies[index] ?? 0)),
      ],
    ];
    it.each(cases)('scores %s as the engine does', async (_, body, expected) => {
      const { status, answer } = await ask('/v1/models/recmodel/versions/1:predict', body);
      expect({ status, keys: Object.keys(answer as object) }).toEqual({
        status: 200,
        keys: ['instances' in body ? 'predictions' : 'outputs'],
      });
      expectClose(answer, expected);
    });

    describe('by next_item', () => {
      const { length } = sequenceOf(modelOf(1));
      const long = Array.from({ length: 2 * length }, (_, place) => 1 + ((7 * place) % 100));
      it.each<[string, number[], number[]]>([
        ['after a history', [1, 50, 3], movies],
        ['after more than the model reads', long, movies],
        ['after movies of which some are unknown', [ABSENT, 1, -7, 50, ABSENT], [...movies, ABSENT, -1]],
        ['after none that is known', [ABSENT], [...movies, ABSENT]],
        ['after nothing', [], [...movies, ABSENT]],
        ['of nothing', [1, 50], []],
      ])('scores %s as the engine does', async (_, history, movieId) => {
        const body = { signature_name: 'next_item', inputs: { history: [history], movieId } };
        const { status, answer } = await ask('/v1/models/recmodel/versions/1:predict', body);
        expect(status).toBe(200);
        expectClose(answer, nextScores(modelOf(1), history, movieId), SCORE_TOLERANCE);
      });

      it('scores one movie of one row', async () => {
        const instances = [{ history: [1, 50, 3], movieId: FAVOURITE }];
        const { answer } = await ask('/v1/models/recmodel/versions/1:predict', {
          signature_name: 'next_item',
          instances,
        });
        expect(Object.keys(answer as object)).toEqual(['predictions']);
        expectClose(answer, nextScores(modelOf(1), [1, 50, 3], [FAVOURITE]), SCORE_TOLERANCE);
      });
    });

    it('asks the highest version unless one is named', async () => {
      const body = { inputs: { userId: [1], movieId: [FAVOURITE] } };
      const latest = await ask('/v1/models/recmodel:predict', body);
      expectClose(latest.answer, [byIds(2, 1, FAVOURITE)]);
      expect(byIds(2, 1, FAVOURITE)).toBeGreaterThan(byIds(1, 1, FAVOURITE) + 0.1);
    });
  });

  describe('errors', () => {
    const inputs = { userId: [1], movieId: [2] };
    it.each<[string, unknown, number, string]>([
      ['/v1/models/recmodel/versions/7', undefined, 404, 'Could not find version 7 of model recmodel'],
      ['/v1/models/other', undefined, 404, 'Could not find any versions of model other'],
      ['/v1/models', undefined, 400, 'Missing model name in request.'],
      ['/v1/foo', undefined, 400, 'Malformed request: GET /v1/foo'],
      ['/v1/foo', {}, 400, 'Malformed request: POST /v1/foo'],
      ['/v1/models/other:predict', { inputs }, 404, 'Servable not found for request: Latest(other)'],
      [
        '/v1/models/recmodel/versions/7:predict',
        { inputs },
        404,
        'Servable not found for request: Specific(recmodel, 7)',
      ],
      ['/v1/models/recmodel:predict', '', 400, 'JSON Parse error: The document is empty'],
      ['/v1/models/recmodel:predict', {}, 400, "Missing 'inputs' or 'instances' key"],
      [
        '/v1/models/recmodel:predict',
        { signature_name: 'other', inputs },
        400,
        'Serving signature name: "other" not found in signature def',
      ],
      [
        '/v1/models/recmodel/versions/2:predict',
        { signature_name: 'next_item', inputs: { history: [[1]], movieId: [2] } },
        400,
        'Serving signature name: "next_item" not found in signature def',
      ],
      [
        '/v1/models/recmodel/versions/1:predict',
        { signature_name: 'next_item', inputs: { movieId: [2] } },
        400,
        "Missing named input: history in 'inputs' object.",
      ],
      [
        '/v1/models/recmodel:predict',
        { inputs: { userId: [1] } },
        400,
        "Missing named input: movieId in 'inputs' object.",
      ],
    ])('%s, %j: %i %s', async (path, body, status, error) => {
      expect(await ask(path, body)).toEqual({ status, answer: { error } });
    });

    it('says that batches do not go together', async () => {
      const body = { inputs: { userId: [1, 2], movieId: [1, 2, 3] } };
      const { status, answer } = await ask('/v1/models/recmodel:predict', body);
      expect(status).toBe(400);
      // TensorFlow names the node too, whichever it comes to first.
      expect((answer as { error: string }).error).toMatch(/^Incompatible shapes: \[[23],8\] vs\. \[[23],8\]/);
    });
  });

  describe('to the server', () => {
    let database: Database;
    beforeAll(async () => {
      database = await openDatabase({ url: 'sqlite::memory:' });
      await fillDatabase(database, fixture);
    });
    afterAll(() => database.close());
    const ranker = () =>
      openTfServingRanker({
        origin: upstream.url,
        modelName: 'recmodel',
        deadlineMs: 5_000,
        waitMs: 0,
        currentVersion: () => 1,
        logger: silentLogger,
      });

    it.each([
      ['a user known at training', 1],
      ['a user unknown at training', USER_UNKNOWN_TO_MODEL],
      ['a taste', null],
    ])('scores candidates for %s as the engine does', async (_, userId) => {
      const model = modelOf(1);
      const rated = fixture.ratings
        .filter((rating) => rating.userId === (userId ?? 1))
        .map((rating) => ({ ...rating, rating: rating.halfStars / 2 }));
      const profile = buildProfile(model, rated, userId);
      if (!profile) throw new Error('this user has no history');
      const items = Int32Array.from({ length: model.items.size }, (_item, item) => item);
      const expected = neuralCFLogits(model.recommender, profile.user, items) ?? [];
      const served = ranker();
      try {
        const logits = (await served.logits(model, profile, items)) ?? [];
        expect(logits).toHaveLength(items.length);
        expected.forEach((value, item) =>
          expect(sigmoid(logits[item] ?? NaN)).toBeCloseTo(sigmoid(value), 5),
        );
      } finally {
        await served.close();
      }
    });

    it('is asked once for each query, by its own counter', async () => {
      const served = ranker();
      const api = await TestApi.open(database, modelOf(1), { ranker: served });
      const before = await counted(upstream);
      try {
        for (let userId = 1; userId <= 20; userId++) {
          const { user } = await api.query<{ user: { recommendations: { served: object } } }>(
            'query ($userId: Int!) { user(userId: $userId) { recommendations(first: 5) { served { ranker degraded modelVersion } } } }',
            { userId },
          );
          expect(user.recommendations.served).toEqual({
            ranker: 'NEURAL_CF',
            degraded: false,
            modelVersion: '1',
          });
        }
      } finally {
        await served.close();
      }
      expect((await counted(upstream)) - before).toBe(20);
    });
  });
}

/** Counts the predictions that an upstream has answered. */
export async function counted({ url }: Pick<Upstream, 'url'>): Promise<number> {
  const text = await (await fetch(`${url}/monitoring/prometheus/metrics`)).text();
  const count = /^:tensorflow:serving:request_count\{model_name="recmodel",status="OK"\} (\d+)$/m.exec(text);
  return Number(count?.[1] ?? 0);
}

function modelOf(version: number): LoadedModel {
  const model = MODELS[version - 1];
  if (!model) throw new Error(`there is no model ${version}`);
  return model;
}

function byIds(version: number, userId: number, movieId: number): number {
  const model = modelOf(version);
  return probability(model, vectorOf(model, userId), movieId);
}

/** Zeros for an unknown user. */
function vectorOf({ recommender, users }: LoadedModel, userId: number): number[] {
  const neuralCF = trained(recommender.neuralCF);
  const row = users.indexOf(userId);
  return Array.from(
    row < 0 ? new Float32Array(2 * neuralCF.embeddingDim) : neuralCFUserVector(neuralCF, row),
  );
}

/** By the engine's plain reference; an unknown movie has zero vectors and the lowest of all biases. */
function probability(
  { recommender, items }: LoadedModel,
  vector: readonly number[],
  movieId: number,
): number {
  const { parameters, ...shape } = trained(recommender.neuralCF);
  const { itemEmbeddings, itemBiases } = parameters;
  const known = items.indexOf(movieId);
  const model: NeuralCF =
    known >= 0
      ? { parameters, ...shape }
      : {
          ...shape,
          numItems: 1,
          parameters: {
            ...parameters,
            itemEmbeddings: new Float32Array(itemEmbeddings.length / shape.numItems),
            itemBiases: Float32Array.of(Math.min(...itemBiases)),
          },
        };
  const logits = new Float32Array(1);
  scoreNeuralCFReference(model, Float32Array.from(vector), Int32Array.of(Math.max(0, known)), logits);
  return sigmoid(logits[0] ?? NaN);
}

/** By the engine's plain reference, of the movies that the model knows; the lowest of all numbers for others. */
function nextScores(
  { recommender, items }: LoadedModel,
  history: readonly number[],
  movieIds: readonly number[],
): number[] {
  const sequence = sequenceOf({ recommender });
  const known = history.map((movieId) => items.indexOf(movieId)).filter((row) => row >= 0);
  const vector = encodeSequenceReference(sequence, { items: known });
  const { itemEmbeddings } = sequence.parameters;
  return movieIds.map((movieId) => {
    const row = items.indexOf(movieId);
    if (row < 0) return LOWEST;
    return vector.reduce((sum, value, c) => sum + value * (itemEmbeddings[row * sequence.dim + c] ?? 0), 0);
  });
}

/** Of all float32 numbers. */
const LOWEST = -(2 - 2 ** -23) * 2 ** 127;

function sequenceOf({ recommender }: Pick<LoadedModel, 'recommender'>): SequenceModel {
  if (!recommender.sequence) throw new Error('this model has no sequence model');
  return recommender.sequence;
}

function trained(neuralCF: NeuralCF | null): NeuralCF {
  if (!neuralCF) throw new Error('this model has no NeuralCF');
  return neuralCF;
}

function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/** @param answer one list of one number per entry, under one key */
function expectClose(answer: unknown, expected: readonly number[], tolerance = TOLERANCE): void {
  const [values = []] = Object.values(answer as Record<string, number[][]>);
  expect(values).toHaveLength(expected.length);
  expected.forEach((value, index) => {
    expect(values[index]).toHaveLength(1);
    // Nine digits name a float32, not the double that it is equal to.
    expect(Math.abs(Math.fround(values[index]?.[0] ?? NaN) - value)).toBeLessThanOrEqual(tolerance);
  });
}
