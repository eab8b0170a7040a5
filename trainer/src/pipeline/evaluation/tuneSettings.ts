import {
  calibrate,
  chooseDislikeWeight,
  chooseWeights,
  discountObjective,
  IDENTITY_CALIBRATION,
  ModelScorers,
  ndcgObjective,
  RANKING_FEATURES,
  RETRIEVAL_FEATURES,
  seededRandom,
  shuffle,
  standardise,
  type BlendCase,
  type ModelRecipe,
  type RecommenderModel,
  type ServedSettings,
} from '@pocketrocket/engine';
import type { Cases, MeasuredSplit } from '../answers/heldOut.ts';
import { inUserBatches, yieldToEvents } from './userBatches.ts';
import type { BatchDeps } from './userBatches.ts';

/** NeuralCF's least share of the ranking's weights. */
const MIN_NEURAL_CF_SHARE = 0.1;

/** Numbers that the features of all cases may take while weights are chosen. */
const MAX_NUMBERS = 3.2e7;
const MAX_RETRIEVAL_CASES = 600;
/** Unseen items among which retrieval has to find the held-out ones. */
const RETRIEVAL_SAMPLE = 1000;
export const MAX_RANKING_CASES = 1500;

/** Default settings, served where nothing could be tuned. */
export function defaultSettings({ serving }: ModelRecipe): ServedSettings {
  return { ...serving, calibration: { ranked: IDENTITY_CALIBRATION, retrieval: IDENTITY_CALIBRATION } };
}

/**
 * Chooses the weights of retrieval by how far up it puts held-out items, then those of the ranking by nDCG@10, where the
 * recipe leaves them open, then how much a risk of a dislike weighs, and calibrates the scores.
 * @param split the inner one; a recipe that leaves nothing open may be calibrated on the holdout itself, which moves no rank
 * @param model fitted on the split's training rows; its settings stand where nothing is tuned
 */
export async function tuneSettings(
  split: MeasuredSplit,
  model: RecommenderModel,
  isTuned: boolean,
  deps: BatchDeps,
): Promise<ServedSettings> {
  const pause = (): Promise<void> => yieldToEvents(deps.signal);
  const retrievalWeights = isTuned
    ? named(
        RETRIEVAL_FEATURES,
        await chooseWeights(await retrievalCasesOf(split, model, deps), RETRIEVAL_FEATURES.length, {
          objective: discountObjective,
          seed: split.seed,
          pause,
        }),
      )
    : model.settings.retrievalWeights;

  const { numCandidates } = model.settings;
  const { cases, histories } = await someCases(
    split,
    MAX_RANKING_CASES,
    numCandidates * RANKING_FEATURES.length,
  );
  const retrieving = new ModelScorers(
    { ...model, settings: { ...model.settings, retrievalWeights } },
    histories,
  );
  const rankingCases: BlendCase[] = [];
  await inUserBatches(
    'collecting ranking cases',
    cases,
    (some) => rankingCases.push(...retrieving.rankingCases(some)),
    deps,
  );
  const rankingWeights = isTuned
    ? named(
        RANKING_FEATURES,
        await chooseWeights(rankingCases, RANKING_FEATURES.length, {
          objective: ndcgObjective(10),
          floor: { feature: RANKING_FEATURES.indexOf('neuralCF'), share: MIN_NEURAL_CF_SHARE },
          seed: split.seed,
          pause,
        }),
      )
    : model.settings.rankingWeights;
  const shares = RANKING_FEATURES.map((feature) => rankingWeights[feature] ?? 0);
  const dislikeWeight = isTuned ? chooseDislikeWeight(rankingCases, shares) : model.settings.dislikeWeight;
  const risks = { dislikeWeight };
  return {
    retrievalWeights,
    rankingWeights,
    dislikeWeight,
    numCandidates,
    calibration: {
      ranked: calibrate(rankingCases, shares, risks),
      retrieval: calibrate(
        rankingCases.map((one) => inRetrievalOrder(one, retrievalWeights)),
        [1],
        risks,
      ),
    },
  };
}

async function retrievalCasesOf(
  split: MeasuredSplit,
  model: RecommenderModel,
  deps: BatchDeps,
): Promise<BlendCase[]> {
  const numbersPerCase = RETRIEVAL_SAMPLE * RETRIEVAL_FEATURES.length;
  const { cases, histories } = await someCases(split, MAX_RETRIEVAL_CASES, numbersPerCase);
  const scorers = new ModelScorers(model, histories);
  const random = seededRandom(split.seed);
  const blended: BlendCase[] = [];
  await inUserBatches(
    'collecting retrieval cases',
    cases,
    (some) => blended.push(...scorers.retrievalCases(some, RETRIEVAL_SAMPLE, random)),
    deps,
  );
  return blended;
}

/** The same case scored by retrieval alone, whose order is served standardised. */
export function inRetrievalOrder(one: BlendCase, weights: ServedSettings['retrievalWeights']): BlendCase {
  const total = new Float32Array(one.relevant.length);
  RETRIEVAL_FEATURES.forEach((feature, index) => {
    const weight = weights[feature] ?? 0;
    one.z[index]?.forEach(
      (value, candidate) => (total[candidate] = (total[candidate] ?? 0) + weight * value),
    );
  });
  return { ...one, z: [Float32Array.from(standardise(total))] };
}

/** As many cases, drawn by the split's seed, as fit in memory with all their features. */
export function someCases(
  { heldOut, seed }: MeasuredSplit,
  most: number,
  numbersPerCase: number,
): Promise<Cases> {
  const affordable = Math.max(1, Math.floor(MAX_NUMBERS / numbersPerCase));
  const order = Int32Array.from(heldOut.users.keys());
  shuffle(order, seededRandom(seed));
  return heldOut.casesOf(order.slice(0, Math.min(most, affordable)));
}

/** Weights by name, without those that are next to nothing; their sum is 1. */
function named<Name extends string>(
  names: readonly Name[],
  weights: Float64Array,
): Partial<Record<Name, number>> {
  const kept = [...weights].map((weight) => (weight < 0.005 ? 0 : weight));
  const sum = kept.reduce((total, weight) => total + weight, 0);
  const entries = names.map((name, index) => [name, (kept[index] ?? 0) / sum] as const);
  return Object.fromEntries(
    entries
      .filter(([, weight]) => weight > 0)
      .map(([name, weight]) => [name, Math.round(1e4 * weight) / 1e4]),
  ) as Partial<Record<Name, number>>;
}
