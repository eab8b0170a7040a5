import {
  bootstrapInterval,
  catalogueCoverage,
  dislikedRateAtK,
  hitRateAtK,
  intraListDiversity,
  mapAtK,
  metricPerCase,
  ndcgAtK,
  novelty,
  popularityBias,
  precisionAtK,
  recallAtK,
  seededRandom,
  type RatedOutcome,
  type IntervalEstimate,
  type Item2Vec,
} from '@pocketrocket/engine';
import type { PreparedTask } from './evaluationTask.ts';

type Metric = (ranks: Int32Array) => number;

const SAMPLED_METRICS: Record<string, Metric> = {
  hitRateAt10: (ranks) => hitRateAtK(ranks, 10),
  ndcgAt10: (ranks) => ndcgAtK(ranks, 10),
};

const FULL_CATALOGUE_METRICS: Record<string, Metric> = {
  ...SAMPLED_METRICS,
  mapAt10: (ranks) => mapAtK(ranks, 10),
  precisionAt10: (ranks) => precisionAtK(ranks, 10),
  recallAt10: (ranks) => recallAtK(ranks, 10),
  recallAt500: (ranks) => recallAtK(ranks, 500),
};

/** Draws a metric's interval may cost: from 20,000 users on there are fewer resamples, of means that vary less. */
const MAX_BOOTSTRAP_DRAWS = 2e7;

/** Measures of one model: means over users by name. */
export interface ModelMeasures {
  /** Accuracy with 95 % bootstrap intervals. */
  accuracy: Record<string, IntervalEstimate>;
  /** Measures beyond accuracy; null where a few negatives decide which items can be on a list. */
  beyondAccuracy: Record<string, number> | null;
}

/** Measures a model's answers. The bootstrap resamples users by the task's seed. */
export function measure(
  task: PreparedTask,
  outcomes: readonly RatedOutcome[],
  item2vec: Item2Vec,
): ModelMeasures {
  const isFullCatalogue = task.negatives.kind === 'none';
  const metrics = isFullCatalogue ? FULL_CATALOGUE_METRICS : SAMPLED_METRICS;
  const affordable = Math.floor(MAX_BOOTSTRAP_DRAWS / Math.max(1, outcomes.length));
  const numResamples = Math.max(100, Math.min(1000, affordable));
  const accuracy = Object.entries(metrics).map(([name, metric]): [string, IntervalEstimate] => [
    name,
    bootstrapInterval(metricPerCase(outcomes, metric), seededRandom(task.seed), { numResamples }),
  ]);
  if (isFullCatalogue) accuracy.push(...tasteMeasures(outcomes, { seed: task.seed, numResamples }));
  return {
    accuracy: Object.fromEntries(accuracy),
    beyondAccuracy: isFullCatalogue ? beyondAccuracyOf(task, outcomes, item2vec) : null,
  };
}

/**
 * Accuracy where only ratings of 3 stars and more are relevant, over users who have such, and how often the ten best hold a
 * movie that the user rates below 3.
 */
function tasteMeasures(
  outcomes: readonly RatedOutcome[],
  { seed, numResamples }: { seed: number; numResamples: number },
): [string, IntervalEstimate][] {
  const liking = outcomes.filter(({ likedRanks }) => likedRanks.length > 0);
  const values = {
    ndcgAt10OfLiked: liking.map(({ likedRanks }) => ndcgAtK(likedRanks, 10)),
    dislikedRateAt10: outcomes.map(({ topItems, disliked }) => dislikedRateAtK(topItems, disliked, 10)),
  };
  return Object.entries(values).map(([name, each]) => [
    name,
    bootstrapInterval(Float64Array.from(each), seededRandom(seed), { numResamples }),
  ]);
}

function beyondAccuracyOf(
  { interactions }: PreparedTask,
  outcomes: readonly RatedOutcome[],
  { outVectors, dim }: Item2Vec,
): Record<string, number> {
  return {
    catalogueCoverage: catalogueCoverage(outcomes, interactions.numItems),
    novelty: novelty(outcomes, interactions),
    intraListDiversity: intraListDiversity(outcomes, outVectors, dim),
    popularityBias: popularityBias(outcomes, interactions),
  };
}
