import { fitItemNeighbours } from './itemNeighbours.ts';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  evaluateScorer,
  fitItem2Vec,
  fitNeuralCF,
  fitPopularity,
  fullCatalogueCases,
  FULL_RECIPE,
  groupByUser,
  hitRateAtK,
  IdMap,
  item2vecScorer,
  metricPerCase,
  ndcgAtK,
  neuralCFScorer,
  pipelineScorer,
  popularityScorer,
  seededRandom,
  similarItems,
  splitLastOut,
  takeRows,
  withSampledNegatives,
} from './index.ts';
import type { EvaluationCase, Interactions, RecommenderModel, Scorer } from './index.ts';

const movieLensDir = process.env['MOVIELENS_DIR'];
const suite = movieLensDir ? describe : describe.skip;
const FIT_TIMEOUT_MS = 600_000;

/** ml-latest-small, each user's latest interaction held out against 99 sampled ones. */
function readTask(dir: string): { train: Interactions; cases: EvaluationCase[]; movies: IdMap } {
  const lines = readFileSync(join(dir, 'ml-latest-small', 'ratings.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1);
  const fields = lines.map((line) => line.split(',').map(Number));
  const users = IdMap.from(fields.map(([userId]) => userId));
  const movies = IdMap.from(fields.map(([, movieId]) => movieId));
  const rows = {
    userIndices: Int32Array.from(fields, ([userId]) => users.indexOf(userId)),
    itemIndices: Int32Array.from(fields, ([, movieId]) => movies.indexOf(movieId)),
    ratings: Float32Array.from(fields, ([, , rating]) => rating),
    timestamps: Float64Array.from(fields, ([, , , timestamp]) => timestamp),
  };
  const split = splitLastOut(rows);
  const train = groupByUser(takeRows(rows, split.train), users.size, movies.size);
  const cases = fullCatalogueCases(takeRows(rows, split.holdout));
  return { train, cases: withSampledNegatives(cases, train, 99, seededRandom(1)), movies };
}

suite('quality on ml-latest-small, leave-last-out against 99 sampled negatives', () => {
  const { item2vec, neuralCF, serving } = FULL_RECIPE;
  let task: ReturnType<typeof readTask>;
  let model: RecommenderModel;
  beforeAll(() => {
    task = readTask(movieLensDir ?? '');
    const uncalibrated = { slope: 1, intercept: 0 };
    model = {
      numItems: task.train.numItems,
      item2vec: fitItem2Vec(task.train, item2vec, { seed: 1 }),
      neuralCF: fitNeuralCF(task.train, neuralCF, { seed: 1 }),
      popularity: fitPopularity(task.train),
      neighbours: fitItemNeighbours(task.train),
      settings: { ...serving, calibration: { ranked: uncalibrated, retrieval: uncalibrated } },
    };
  }, FIT_TIMEOUT_MS);

  function qualityOf(scorer: Scorer): { hitRate: number; ndcg: number } {
    const outcomes = evaluateScorer(task.cases, task.train, scorer);
    const mean = (metric: typeof hitRateAtK): number => {
      const values = metricPerCase(outcomes, (ranks) => metric(ranks, 10));
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    return { hitRate: mean(hitRateAtK), ndcg: mean(ndcgAtK) };
  }

  // Floors lie .01 below the goals (.78 and .54), about the spread over seeds of negatives.
  it('item2vec finds far more than popularity does', () => {
    const popularity = qualityOf(popularityScorer(model));
    const { hitRate, ndcg } = qualityOf(item2vecScorer(model, task.train));
    expect(popularity.hitRate).toBeGreaterThan(0.57);
    expect(popularity.hitRate).toBeLessThan(0.64);
    expect(hitRate).toBeGreaterThan(0.77);
    expect(ndcg).toBeGreaterThan(0.53);
  });

  it('NeuralCF lies well above popularity, and the pipeline does not lose what item2vec finds', () => {
    const popularity = qualityOf(popularityScorer(model));
    const retrieval = qualityOf(item2vecScorer(model, task.train));
    const pipeline = qualityOf(pipelineScorer(model, task.train));
    expect(qualityOf(neuralCFScorer(model, task.train)).ndcg).toBeGreaterThan(popularity.ndcg + 0.07);
    expect(pipeline.ndcg).toBeGreaterThan(retrieval.ndcg - 0.005);
  });

  it.each([
    ['Toy Story', 1, [3114]],
    ['The Matrix', 2571, [6365]],
    ['The Godfather', 858, [1221, 1213]],
  ])('finds movies like %s: %d', (_, movieId, expected) => {
    const { items, scores } = similarItems(model, task.movies.indexOf(movieId), 10);
    const found = Array.from(items, (itemIndex) => task.movies.externalId(itemIndex));
    expect(found).toEqual(expect.arrayContaining(expected));
    expect(found).not.toContain(movieId);
    expect([...scores]).toEqual([...scores].sort((a, b) => b - a));
  });
});
