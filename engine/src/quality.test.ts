import { fitItemNeighbours } from './itemNeighbours.ts';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  evaluateScorer,
  fitItem2Vec,
  fitEASE,
  fitImplicitALS,
  fitMatrixFactorization,
  fitNeuralCF,
  fitNeuralCFFoldIn,
  fitPopularity,
  fitTransitions,
  fitTrend,
  fullCatalogueCases,
  fullRecipe,
  groupByUser,
  hitRateAtK,
  IdMap,
  metricPerCase,
  ndcgAtK,
  ModelScorers,
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
  let task: ReturnType<typeof readTask>;
  let model: RecommenderModel;
  let scorers: ModelScorers;
  beforeAll(() => {
    task = readTask(movieLensDir ?? '');
    model = fitEverything(task.train);
    scorers = new ModelScorers(model, task.train);
  }, FIT_TIMEOUT_MS);

  function qualityOf(scorer: Scorer): { hitRate: number; ndcg: number } {
    const outcomes = evaluateScorer(task.cases, task.train, scorer);
    const mean = (metric: typeof hitRateAtK): number => {
      const values = metricPerCase(outcomes, (ranks) => metric(ranks, 10));
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    return { hitRate: mean(hitRateAtK), ndcg: mean(ndcgAtK) };
  }

  // Floors lie about the spread over seeds of negatives below what was measured.
  it('item2vec finds far more than popularity does', () => {
    const popularity = qualityOf(scorers.popularity);
    const { hitRate, ndcg } = qualityOf(scorers.feature('item2vecRecent'));
    expect(popularity.hitRate).toBeGreaterThan(0.57);
    expect(popularity.hitRate).toBeLessThan(0.64);
    expect(hitRate).toBeGreaterThan(0.77);
    expect(ndcg).toBeGreaterThan(0.53);
  });

  it.each([
    ['implicitALS', 0.73, 0.46],
    ['ease', 0.72, 0.49],
    ['coVisitationRecent', 0.73, 0.53],
    ['trend', 0.65, 0.41],
  ] as const)('%s finds what is published of it, or more', (feature, hitRateFloor, ndcgFloor) => {
    const { hitRate, ndcg } = qualityOf(scorers.feature(feature));
    expect(hitRate).toBeGreaterThan(hitRateFloor);
    expect(ndcg).toBeGreaterThan(ndcgFloor);
  });

  it('NeuralCF lies well above popularity, and the untuned pipeline above every model alone', () => {
    const popularity = qualityOf(scorers.popularity);
    const pipeline = qualityOf(scorers.pipeline());
    expect(qualityOf(scorers.neuralCF).ndcg).toBeGreaterThan(popularity.ndcg + 0.07);
    for (const feature of ['item2vecRecent', 'implicitALS', 'ease', 'coVisitationRecent'] as const) {
      expect(pipeline.ndcg).toBeGreaterThan(qualityOf(scorers.feature(feature)).ndcg);
    }
  });

  it('serves users as if unknown at training nearly as well as known ones', () => {
    const folded = new ModelScorers(model, task.train, true);
    expect(qualityOf(folded.pipeline()).ndcg).toBeGreaterThan(0.95 * qualityOf(scorers.pipeline()).ndcg);
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

/** All models by the full recipe, the blend untuned. */
function fitEverything(train: Interactions): RecommenderModel {
  const { numUsers, numItems, itemIndices } = train;
  const size = { users: numUsers, items: numItems, interactions: itemIndices.length };
  const { recipe } = fullRecipe(size);
  const context = { seed: 1 };
  const factorization = recipe.matrixFactorization ?? undefined;
  const init = factorization && fitMatrixFactorization(train, factorization, context);
  const implicitALS = recipe.implicitALS && fitImplicitALS(train, recipe.implicitALS, context);
  const neuralCF = fitNeuralCF(train, recipe.neuralCF, context, init);
  const uncalibrated = { slope: 1, intercept: 0 };
  return {
    numItems,
    item2vec: fitItem2Vec(train, recipe.item2vec, context),
    implicitALS,
    ease: recipe.ease && fitEASE(train, recipe.ease, context),
    coVisitation: fitTransitions(train, recipe.coVisitation),
    transitions: fitTransitions(train, recipe.transitions),
    trend: fitTrend(train),
    neuralCF,
    neuralCFFoldIn: implicitALS && fitNeuralCFFoldIn(implicitALS, neuralCF, train),
    popularity: fitPopularity(train),
    neighbours: fitItemNeighbours(train),
    settings: { ...recipe.serving, calibration: { ranked: uncalibrated, retrieval: uncalibrated } },
  };
}
