import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { toLoadedModel } from '@pocketrocket/model';
import {
  readArtifact,
  readCurrentVersion,
  readTrainingProgress,
  type Manifest,
} from '@pocketrocket/model/artifact';
import { DatasetEntity, openDatabase, RatingEntity } from '@pocketrocket/schema/database';
import { AppError } from '@pocketrocket/runtime';
import { loadPublishedModel } from './data/publishedModel.ts';
import { isPopularityAlone } from './pipeline/evaluation/leanOnPopularity.ts';
import { fitHere } from './pipeline/fitting/fitter.ts';
import { withTrainingProgress } from './pipeline/trainingProgress.ts';
import { createProgram } from './program.ts';
import { readRunReport } from './report/runReport.ts';
import { runTrainer } from './test/runTrainer.ts';
import { createTinyDatabase, NUM_MOVIES, NUM_USERS, tinyRatings } from './test/tinyData.ts';
import type { TinyRating } from './test/tinyData.ts';

const FEW_EPOCHS = ['--item2vec-epochs', '3', '--neural-cf-epochs', '2'];
const ENOUGH_EPOCHS = ['--item2vec-epochs', '30', '--neural-cf-epochs', '40'];

async function homeWith(ratings?: TinyRating[]): Promise<Record<string, string>> {
  const home = mkdtempSync(join(tmpdir(), 'pocketrocket-train-'));
  await createTinyDatabase(`sqlite:${join(home, 'pocketrocket.sqlite')}`, ratings);
  return { POCKETROCKET_HOME: home };
}

const versionsIn = (env: Record<string, string>): string[] => {
  const folder = join(env.POCKETROCKET_HOME ?? '', 'models', 'recmodel');
  return existsSync(folder) ? readdirSync(folder).filter((name) => /^\d+$/.test(name)) : [];
};

describe('train --sequence', () => {
  it('says in manifest and report for how many epochs the model was fitted, and if it serves', async () => {
    const env = await homeWith();
    const { stdout } = await runTrainer(['train', '--json', '--seed', '7', ...FEW_EPOCHS, '--sequence'], env);
    const { algorithms, recipeSettings } = JSON.parse(stdout) as Pick<
      Manifest,
      'algorithms' | 'recipeSettings'
    >;
    const { reasons = [], models = {} } = recipeSettings ?? {};
    const said = /^sequence: (\d+) epochs, after which the inner split's NDCG@10 was best$/m;
    const epochs = Number(said.exec(reasons.join('\n'))?.[1]);
    const modelDir = join(env.POCKETROCKET_HOME ?? '', 'models');
    const { lossCurves, exampleUsers } = await readRunReport(modelDir, 1);
    const curve = lossCurves.find(({ model, data }) => model === 'sequence' && data === 'inner split');
    const measured = curve?.points.filter(({ ndcgAt10 }) => ndcgAt10 !== undefined) ?? [];
    expect(
      measured.reduce((one, other) => ((other.ndcgAt10 ?? 0) > (one.ndcgAt10 ?? 0) ? other : one)).epoch,
    ).toBe(epochs);
    const { recommender } = toLoadedModel(await readArtifact(modelDir, 1));
    const serves = reasons.some((reason) => reason.startsWith('the sequence model has'));
    expect(recommender.sequence !== null).toBe(serves);
    // What does not serve is no part of the recipe that a later gate fits again.
    expect(models['sequence']).toEqual(serves ? expect.objectContaining({ epochs: 80 }) : null);
    expect(algorithms['sequence']?.['epochs']).toBe(serves ? epochs : undefined);
    expect(exampleUsers.some(({ history }) => history.some(({ adds }) => adds !== undefined))).toBe(serves);
  });
});

describe('train', () => {
  let env: Record<string, string>;
  let printed: Record<string, unknown>;
  beforeAll(async () => {
    env = await homeWith();
    printed = JSON.parse(
      (await runTrainer(['train', '--json', '--seed', '7', ...ENOUGH_EPOCHS], env)).stdout,
    );
  });

  it('publishes one artifact that says what it is, and takes its progress note back', async () => {
    expect(versionsIn(env)).toEqual(['1']);
    expect(await readTrainingProgress(join(env.POCKETROCKET_HOME ?? '', 'models'))).toBeNull();
    expect(printed).toMatchObject({
      version: 1,
      recipe: 'full',
      seed: 7,
      dataset: { name: 'tiny', identity: 'sha256:tiny', synthetic: true },
      counts: { users: NUM_USERS, interactions: tinyRatings().length },
      algorithms: { item2vec: { epochs: 30 }, neuralCF: { epochs: 40 } },
    });
  });

  it('keeps the metrics of the split, with all models beside popularity, in the manifest', async () => {
    const database = await openDatabase({
      url: `sqlite:${join(env.POCKETROCKET_HOME ?? '', 'pocketrocket.sqlite')}`,
    });
    const { manifest, recommender, users, items } = await loadPublishedModel(
      database,
      join(env.POCKETROCKET_HOME ?? '', 'models'),
    );
    await database.close();
    expect(manifest.evaluation).toMatchObject({ protocol: 'last-out-sampled', users: NUM_USERS, seed: 7 });
    expect(Object.keys(manifest.evaluation.models)).toEqual(
      expect.arrayContaining(['popularity', 'item2vec', 'neuralCF', 'pipeline']),
    );
    expect(manifest.evaluation.models.pipeline).toEqual({
      calibrationError: expect.any(Number),
      hitRateAt10: expect.any(Number),
      ndcgAt10: expect.any(Number),
    });
    expect(recommender.settings.rankingWeights.neuralCF).toBeGreaterThanOrEqual(0.1);
    expect(recommender.rising).toBeNull();
    expect(manifest.recipeSettings?.reasons).toContainEqual(expect.stringContaining('no rising movies'));
    expect(users.size).toBe(NUM_USERS);
    expect(items.size).toBe(recommender.numItems);
  });

  it('knows which recent movies rise, by times and years of release in the database', async () => {
    const start = Date.UTC(2000, 3) / 1000;
    const film2000 = 210;
    const ratings = tinyRatings()
      .filter(({ userId, movieId }) => movieId !== film2000 || userId > NUM_USERS / 2)
      .map((rating) => ({ ...rating, ratedAtSeconds: start + 1_000_000 * rating.userId }));
    const home = (await homeWith(ratings)).POCKETROCKET_HOME ?? '';
    await runTrainer(['train', '--quick', ...FEW_EPOCHS], { POCKETROCKET_HOME: home });
    const database = await openDatabase({ url: `sqlite:${join(home, 'pocketrocket.sqlite')}` });
    const { manifest, recommender, items } = await loadPublishedModel(database, join(home, 'models'));
    await database.close();
    const { rising, settings } = recommender;
    const risen = Array.from(items.ids).filter((_, itemIndex) => (rising?.[itemIndex] ?? 0) > 0);
    expect(risen).toEqual([film2000]);
    expect({ ...settings.retrievalWeights, ...settings.rankingWeights }).not.toHaveProperty('rising');
    expect(manifest.recipeSettings?.reasons).not.toContainEqual(expect.stringContaining('rising'));
  });

  it('recommends unseen movies of the kind a user watches, with watched ones as reasons', async () => {
    const { stdout } = await runTrainer(['recommend', '--user', '2', '--first', '4', '--json'], env);
    const { recommendations } = JSON.parse(stdout) as {
      recommendations: { movieId: number; title: string; score: number; reasons: { movieId: number }[] }[];
    };
    const watched = tinyRatings().filter(({ userId }) => userId === 2);
    const watchedIds = new Set(watched.map(({ movieId }) => movieId));
    expect(recommendations.length).toBe(4);
    const isOfKind = (movieId: number): boolean => (movieId / 10) % 2 === 1;
    expect(recommendations.filter(({ movieId }) => isOfKind(movieId)).length).toBeGreaterThanOrEqual(3);
    for (const { movieId, title, score, reasons } of recommendations) {
      expect(watchedIds.has(movieId)).toBe(false);
      expect(title).toBe(`Film ${movieId / 10} (${1979 + movieId / 10})`);
      expect(score).toBeGreaterThan(0);
      expect(score).toBeLessThan(1);
      for (const reason of reasons) expect(watchedIds.has(reason.movieId)).toBe(true);
    }
    const scores = recommendations.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  it('recommends what is popular to a user without ratings', async () => {
    const { stdout } = await runTrainer(['recommend', '--user', '100', '--first', '3'], env);
    expect(stdout).toMatch(/^movie +id +score +because of\n/);
    expect(stdout.split('\n').length).toBe(6);
  });

  it('shows similar movies of the same kind', async () => {
    const { stdout } = await runTrainer(['similar', '--movie', '150', '--first', '4', '--json'], env);
    const { movie, similar } = JSON.parse(stdout) as { movie: object; similar: { movieId: number }[] };
    expect(movie).toEqual({ movieId: 150, title: 'Film 15 (1994)' });
    expect(similar.filter(({ movieId }) => (movieId / 10) % 2 === 1).length).toBeGreaterThanOrEqual(3);
  });

  it.each([
    [['recommend', '--user', '999'], 'NOT_FOUND', 'the data set has no user 999; user ids go from 1 to 100'],
    [['similar', '--movie', '5'], 'NOT_FOUND', 'the data set has no movie 5'],
    [
      ['similar', '--movie', String(10 * NUM_MOVIES + 10)],
      'NOT_FOUND',
      'had no ratings when the model was trained',
    ],
    [['export-vectors', '--out', 'x'], 'BAD_USER_INPUT', '--items or --users'],
  ])('%j fails with %s', async (args, code, message) => {
    await expect(runTrainer(args, env)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });

  it('exports user vectors whose inner products with item vectors rank as retrieval does', async () => {
    const home = env.POCKETROCKET_HOME ?? '';
    const read = async (kind: string): Promise<Map<number, number[]>> => {
      const file = join(home, `${kind}.csv`);
      await runTrainer(['export-vectors', `--${kind}`, '--out', file], env);
      const [, ...lines] = (await import('node:fs')).readFileSync(file, 'utf8').trim().split('\n');
      return new Map(
        lines.map((line) => line.split(',').map(Number)).map(([id = NaN, ...vector]) => [id, vector]),
      );
    };
    const users = await read('users');
    const items = await read('items');
    expect([...users.keys()]).toEqual(Array.from({ length: NUM_USERS }, (_, i) => i + 1));
    const query = users.get(2) ?? [];
    const dot = (vector: number[]): number =>
      vector.reduce((sum, value, d) => sum + value * (query[d] ?? NaN), 0);
    const best = [...items].sort(([, a], [, b]) => dot(b) - dot(a)).slice(0, 5);
    expect(best.filter(([movieId]) => (movieId / 10) % 2 === 1).length).toBeGreaterThanOrEqual(4);
  });
});

it('serves what it chose in time though it is measured on ratings held out at random, where popularity may be better', async () => {
  // Ten films that most have seen at first, in no order; then a hundred others that everybody goes through in one order.
  const ratings = Array.from({ length: 60 }, (_, user) => {
    const known = Array.from({ length: 8 }, (_, place) => 1 + ((user + place * (3 + 4 * (user % 2))) % 10));
    const next = Array.from({ length: 16 }, (_, place) => 11 + ((7 * user) % 80) + place);
    return [...known, ...next].map((film, place) => ({
      userId: user + 1,
      movieId: 10 * film,
      halfStars: 8,
      ratedAtSeconds: 1_000_000 * (user + 1) + place,
    }));
  }).flat();
  const env = await homeWith(ratings);
  const train = async () =>
    JSON.parse(
      (await runTrainer(['train', '--json', '--protocol', 'user-75-25', ...FEW_EPOCHS], env)).stdout,
    ) as Pick<Manifest, 'gate' | 'evaluation'>;
  // The first version, and one beside it.
  for (const version of [1, 2]) {
    const { gate, evaluation } = await train();
    expect(gate).toMatchObject({ decision: 'passed', reasons: [] });
    const { pipeline, popularity } = evaluation.models;
    expect(pipeline?.ndcgAt10).toBeLessThan(popularity?.ndcgAt10 ?? NaN);
    const { recommender } = toLoadedModel(
      await readArtifact(join(env.POCKETROCKET_HOME ?? '', 'models'), version),
    );
    expect(isPopularityAlone(recommender.settings)).toBe(false);
  }
});

describe('training that cannot be', () => {
  const likedByOne = tinyRatings().filter(({ userId }) => userId === 1);
  it.each([
    ['no ratings', [], 'there are no ratings to learn from'],
    ['one user', likedByOne, 'all ratings are by one user'],
    [
      'nothing liked',
      tinyRatings().map((rating) => ({ ...rating, halfStars: 3 })),
      'no rating reaches 3 stars',
    ],
  ])('says what to do about %s and publishes nothing', async (_, ratings, message) => {
    const env = await homeWith(ratings);
    await expect(runTrainer(['train', '--quick'], env)).rejects.toMatchObject({
      code: 'BAD_DATA',
      message: expect.stringMatching(`${message}.*npm run seed`),
    });
    expect(versionsIn(env)).toEqual([]);
  });

  it('says so where nothing was imported', async () => {
    const env = { POCKETROCKET_HOME: mkdtempSync(join(tmpdir(), 'pocketrocket-train-')) };
    await expect(runTrainer(['train'], env)).rejects.toThrow('the database is empty; import ratings first');
  });

  it('asks for training where there is no model, and refuses one of other data', async () => {
    const env = await homeWith();
    await expect(runTrainer(['recommend', '--user', '1'], env)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('leaves nothing behind when it is interrupted between two epochs', async () => {
    const env = await homeWith();
    const stopping = new AbortController();
    const run = runTrainer(['train', ...FEW_EPOCHS], env, {
      signal: stopping.signal,
      fit: async (job, data, onEpoch, signal) => {
        stopping.abort(new AppError('INTERRUPTED', 'stopped'));
        signal.throwIfAborted();
        return fitHere(job, data, onEpoch);
      },
    });
    await expect(run).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(versionsIn(env)).toEqual([]);
    expect(existsSync(join(env.POCKETROCKET_HOME ?? '', 'models', 'training.json'))).toBe(false);
  });
});

describe('a training that ends otherwise than it began', () => {
  it('does not publish a model of data that were replaced meanwhile', async () => {
    const env = await homeWith();
    const url = `sqlite:${join(env.POCKETROCKET_HOME ?? '', 'pocketrocket.sqlite')}`;
    const run = runTrainer(['train', '--quick', ...FEW_EPOCHS], env, {
      fit: async (job, data, onEpoch) => {
        const database = await openDatabase({ url });
        await database.dataSource
          .getRepository(DatasetEntity)
          .update({ datasetId: 1 }, { identity: 'sha256:others' });
        await database.close();
        return fitHere(job, data, onEpoch);
      },
    });
    await expect(run).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'the data set was replaced meanwhile: version 1 is written, but not published; train again',
    });
    expect(await readCurrentVersion(join(env.POCKETROCKET_HOME ?? '', 'models'))).toBeNull();
  });

  it('has published though its report cannot be written, and says both', async () => {
    const env = await homeWith();
    const stopping = new AbortController();
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    stderr.on('data', (line: Buffer) => {
      if (String(line).includes('"stage":"measuring lists"'))
        stopping.abort(new AppError('INTERRUPTED', 'stopped'));
    });
    const context = { env, stdout, stderr: stderr as unknown as NodeJS.WriteStream, signal: stopping.signal };
    const run = createProgram({
      ...context,
      fit: (job, data, onEpoch) => Promise.resolve(fitHere(job, data, onEpoch)),
    })
      .exitOverride()
      .parseAsync(['train', '--json', '--progress', 'json', ...FEW_EPOCHS], { from: 'user' });
    await expect(run).rejects.toMatchObject({
      code: 'ENVIRONMENT',
      message: 'version 1 is published, but its report could not be written: stopped',
      isInResult: true,
    });
    expect(JSON.parse(String(stdout.read()))).toMatchObject({
      version: 1,
      published: true,
      reportProblem: 'stopped',
    });
    expect(await readCurrentVersion(join(env.POCKETROCKET_HOME ?? '', 'models'))).toMatchObject({
      version: 1,
    });
  });

  it('goes on where others cannot be told of its progress', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pocketrocket-train-'));
    const modelDir = join(folder, 'models');
    writeFileSync(modelDir, 'no folder');
    const warn = jest.fn();
    const shown = {
      stage: () => ({ update: () => undefined, finish: () => undefined }),
      close: () => undefined,
    };
    const run = { config: { modelDir }, progress: shown, logger: { warn } };
    const result = await withTrainingProgress(run, async (progress) => {
      progress.stage('fit', 2, 'epochs').update(1);
      return 'trained';
    });
    expect(result).toBe('trained');
    expect(warn).toHaveBeenCalledTimes(1);
  });
});

it('trains on two ratings a user without evaluating, and says so', async () => {
  const ratings = [1, 2, 3, 4].flatMap((userId) =>
    [10, 20, 30].slice(userId % 2, 2 + (userId % 2)).map((movieId, place) => ({
      userId,
      movieId,
      halfStars: 8,
      ratedAtSeconds: place,
    })),
  );
  const env = await homeWith(ratings);
  const { stdout, stderr } = await runTrainer(['train', '--json', ...FEW_EPOCHS], env);
  expect(JSON.parse(stdout)).toMatchObject({ version: 1, evaluation: null });
  expect(stderr).toContain('too few ratings for a holdout');
});

it('trains the same model from the same seed', async () => {
  const env = await homeWith();
  for (let run = 0; run < 2; run++) await runTrainer(['train', '--quick', ...FEW_EPOCHS], env);
  const database = await openDatabase({
    url: `sqlite:${join(env.POCKETROCKET_HOME ?? '', 'pocketrocket.sqlite')}`,
  });
  expect(await database.dataSource.getRepository(RatingEntity).count()).toBe(tinyRatings().length);
  await database.close();
  const { readArtifact } = await import('@pocketrocket/model/artifact');
  const modelDir = join(env.POCKETROCKET_HOME ?? '', 'models');
  const [first, second] = [await readArtifact(modelDir, 1), await readArtifact(modelDir, 2)];
  expect(second.tensors).toEqual(first.tensors);
  expect(second.manifest.evaluation).toEqual(first.manifest.evaluation);
});
