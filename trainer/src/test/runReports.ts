import { REPORT_FORMAT } from '../report/html/reportData.ts';
import type { RunReport } from '../report/html/reportData.ts';

/** A title that would end a script, open a tag and leave an attribute if it were not escaped. */
export const HOSTILE_TITLE = `</script><img src=x onerror="alert(1)"> & 'Sons'`;

/** A report in which every section has something to show. */
export function fullReport(): RunReport {
  const estimate = (mean: number) => ({ mean, low: mean - 0.03, high: mean + 0.03 });
  const models = {
    popularity: { accuracy: { ndcgAt10: estimate(0.25), hitRateAt10: estimate(0.4) }, beyondAccuracy: null },
    pipeline: { accuracy: { ndcgAt10: estimate(0.43), hitRateAt10: estimate(0.7) }, beyondAccuracy: null },
  };
  const distribution = {
    min: 2,
    median: 4,
    mean: 4.2,
    max: 7,
    bins: [
      { from: 2, to: 3, count: 30 },
      { from: 4, to: 7, count: 70 },
    ],
  };
  const listed = { title: HOSTILE_TITLE, genres: ['Drama'] };
  return {
    ...emptyReport(),
    dataset: {
      ...emptyReport().dataset,
      users: 100,
      movies: 200,
      ratings: 420,
      meanRating: 3.5,
      ratingHistogram: [
        { stars: 3, count: 210 },
        { stars: 4, count: 210 },
      ],
      ratingsPerUser: distribution,
      ratingsPerMovie: distribution,
      firstRatedAt: '1996-03-29T00:00:00.000Z',
      lastRatedAt: '1998-09-24T00:00:00.000Z',
      ratingsPerYear: [1996, 1997, 1998].map((year) => ({ year, count: 140 })),
    },
    recipe: {
      ...emptyReport().recipe,
      algorithms: { item2vec: { dim: 64, learningRate: 0.025 } },
      serving: { userVector: 'recency', calibration: { ranked: { slope: 1.5, intercept: -2 } } },
      choices: ['EASE in its dual form: there are fewer users than movies.'],
    },
    lossCurves: ['split', 'all data'].map((data) => ({
      model: 'item2vec',
      data,
      points: [1, 2, 3].map((epoch) => ({ epoch, loss: 4 / epoch })),
    })),
    evaluation: {
      protocol: 'last-out',
      seed: 42,
      users: 100,
      models,
      timestampedUsers: { users: 60, models },
    },
    gate: { decision: 'passed', forced: false, reasons: ['the model beats popularity'] },
    weights: { item2vec: 0.7, neuralCF: 0.3 },
    ablation: [{ part: 'NeuralCF', change: { ndcgAt10: -0.021, hitRateAt10: -0.01 } }],
    servedLists: {
      users: 100,
      models: { popularity: { popularityBias: 5 }, pipeline: { popularityBias: 0.5 } },
    },
    itemMap: {
      method: 'a spiral',
      movies: 300,
      points: Array.from({ length: 200 }, (_, i) => ({
        title: i === 0 ? HOSTILE_TITLE : `Film ${i}`,
        genres: i % 2 === 0 ? ['Drama'] : ['Comedy', 'Drama'],
        genre: i % 2 === 0 ? 'Drama' : 'Comedy',
        ratings: 200 - i,
        x: Math.cos(i) * i,
        y: Math.sin(i) * i,
      })),
    },
    exampleUsers: [
      {
        userId: 7,
        ratings: 1,
        history: [{ ...listed, stars: 4.5 }],
        recommended: [{ ...listed, score: 0.9 }],
      },
    ],
  };
}

/** The report of a run about which there is nothing to say. */
export function emptyReport(): RunReport {
  return {
    format: REPORT_FORMAT,
    createdAt: '2024-05-01T12:00:00.000Z',
    version: 3,
    dataset: {
      name: 'tiny <data>',
      identity: 'sha256:tiny',
      synthetic: true,
      users: 0,
      movies: 0,
      ratings: 0,
      meanRating: null,
      ratingHistogram: [],
      ratingsPerUser: null,
      ratingsPerMovie: null,
      firstRatedAt: null,
      lastRatedAt: null,
      ratingsWithoutTime: 0,
      ratingsPerYear: [],
    },
    recipe: { name: 'full', seed: 42, algorithms: {}, serving: {}, choices: [] },
    lossCurves: [],
    evaluation: null,
    gate: null,
    weights: {},
    ablation: [],
    servedLists: { users: 0, models: {} },
    itemMap: null,
    exampleUsers: [],
  };
}
