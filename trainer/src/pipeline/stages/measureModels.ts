import {
  ABLATIONS,
  FEATURES,
  mean,
  RANKING_FEATURES,
  RETRIEVAL_FEATURES,
  type FeatureWeights,
  type MatrixFactorization,
  type RankingFeature,
  type RecommenderModel,
  type RetrievalFeature,
  type ServedSettings,
} from '@pocketrocket/engine';
import type { MeasuredSplit } from '../answers/heldOut.ts';
import type { ScorerName } from '../answers/scorers.ts';
import { popularityAlone } from '../evaluation/leanOnPopularity.ts';
import type { BatchDeps } from '../evaluation/userBatches.ts';
import { measureCalibration, type MeasuredCalibration } from '../evaluation/measureCalibration.ts';
import { knownOf, measure, measuresNeeded } from '../evaluation/modelMeasures.ts';
import type { ModelMeasures } from '../evaluation/modelMeasures.ts';

/** Measures of one split. */
export interface Evaluation {
  protocol: string;
  seed: number;
  /** Users who were asked. */
  users: number;
  /** Each feature's share of the ranking, and of retrieval. */
  weights: FeatureWeights;
  retrievalWeights: FeatureWeights<RetrievalFeature>;
  /** By name: `popularity`, each model alone, and `pipeline`, which is what would be served. */
  models: Record<string, ModelMeasures>;
  /** The pipeline without one of its parts, the rest unchanged, by the part's name. */
  ablation: Record<string, ModelMeasures>;
  /** Share of users whose first 20 are others, or in another order, without NeuralCF. */
  changedByNeuralCF: number;
  /** Of the pipeline's scores. */
  calibration: MeasuredCalibration;
  /** The same for the users whose times are all known. */
  timestampedUsers: { users: number; models: Record<string, ModelMeasures> };
  /** nDCG@10 of each held-out user, ascending by user: what the gate compares pairwise. */
  ndcgAt10ByUser: Record<'popularity' | 'pipeline', Float64Array>;
}

export interface MeasureInput {
  split: MeasuredSplit;
  /** Fitted on the split's training rows. */
  model: RecommenderModel;
  /** NeuralCF's start, measured beside it; it is not served. */
  factorization: MatrixFactorization | null;
}

/** Precedes the part's name in the name of the pipeline without it. */
const WITHOUT = 'without ';
/** Scorers whose answers are compared user by user. */
const KEPT = ['popularity', 'pipeline', `${WITHOUT}neuralCF`];

/** Lets every model answer the held-out users and measures the answers. */
export async function measureModels(
  { split, model, factorization }: MeasureInput,
  deps: BatchDeps,
): Promise<Evaluation> {
  const { heldOut, isFullCatalogue, seed } = split;
  const { settings } = model;
  const measures = measuresNeeded(isFullCatalogue);
  const scorers = { ...scorersOf(model, factorization), ...ablatedScorersOf(settings) };
  const answersOf = await heldOut.answer(
    { title: 'evaluating', model, factorization, scorers, measures },
    deps,
  );

  const of: Record<'models' | 'ablation' | 'timestamped', Record<string, ModelMeasures>> = {
    models: {},
    ablation: {},
    timestamped: {},
  };
  const kept: Record<string, Record<'ndcgAt10' | 'listDigest', Float64Array>> = {};
  let numTimed = 0;
  // One after another: of many users the answers of all scorers are large.
  for (const name of Object.keys(scorers)) {
    const answers = await answersOf(name);
    const measured = measure(answers, { isFullCatalogue, seed });
    if (KEPT.includes(name))
      kept[name] = { ndcgAt10: knownOf(answers, 'ndcgAt10'), listDigest: knownOf(answers, 'listDigest') };
    if (name.startsWith(WITHOUT)) of.ablation[name.slice(WITHOUT.length)] = measured;
    else {
      of.models[name] = measured;
      of.timestamped[name] = measure(answers, { isFullCatalogue, seed, isTimedOnly: true });
      numTimed = answers.isTimed.reduce((sum, bit) => sum + bit, 0);
    }
    deps.signal.throwIfAborted();
  }
  const ndcgOf = (name: string): Float64Array => kept[name]?.ndcgAt10 ?? new Float64Array(0);
  return {
    protocol: split.protocol,
    seed,
    users: heldOut.users.length,
    weights: settings.rankingWeights,
    retrievalWeights: settings.retrievalWeights,
    models: of.models,
    ablation: of.ablation,
    changedByNeuralCF: shareOfChanged(kept['pipeline']?.listDigest, kept[`${WITHOUT}neuralCF`]?.listDigest),
    calibration: await measureCalibration(split, model, deps),
    timestampedUsers: { users: numTimed, models: of.timestamped },
    ndcgAt10ByUser: { popularity: ndcgOf('popularity'), pipeline: ndcgOf('pipeline') },
  };
}

/**
 * Measures a model that is to be the first. Where it turns out below popularity after all, popularity alone takes its place and is measured:
 * nobody is worse served by a model than by none.
 */
export async function measureFirst(
  input: MeasureInput,
  deps: BatchDeps,
): Promise<{ evaluation: Evaluation; model: RecommenderModel }> {
  const evaluation = await measureModels(input, deps);
  const { pipeline, popularity } = evaluation.ndcgAt10ByUser;
  if (mean(pipeline) >= mean(popularity)) return { evaluation, model: input.model };
  const model = { ...input.model, settings: await popularityAlone(input.split, input.model, deps) };
  return { evaluation: await measureModels({ ...input, model }, deps), model };
}

/** Popularity, each model alone and the pipeline. */
function scorersOf(
  model: RecommenderModel,
  factorization: MatrixFactorization | null,
): Record<string, ScorerName> {
  const alone = FEATURES.filter(
    ({ part, isEvaluatedAlone }) => isEvaluatedAlone !== false && model[part] !== null,
  );
  return {
    popularity: { kind: 'popularity' },
    ...Object.fromEntries(alone.map(({ name }) => [name, { kind: 'feature', feature: name }])),
    ...(factorization && { matrixFactorization: { kind: 'matrixFactorization' } }),
    ...(model.neuralCF && { neuralCF: { kind: 'neuralCF' } }),
    pipeline: { kind: 'pipeline', settings: model.settings },
  };
}

/** The pipeline without each part that it has, and as if nothing had been disliked. */
function ablatedScorersOf(settings: ServedSettings): Record<string, ScorerName> {
  const { retrievalWeights, rankingWeights } = settings;
  const entries = Object.entries(ABLATIONS).flatMap(([part, features]): [string, ScorerName][] => {
    const isPresent = features.some(
      (feature) => feature in rankingWeights || (feature !== 'neuralCF' && feature in retrievalWeights),
    );
    if (!isPresent && part !== 'neuralCF') return [];
    const without = {
      ...settings,
      retrievalWeights: pick(RETRIEVAL_FEATURES, retrievalWeights, features),
      rankingWeights: pick(RANKING_FEATURES, rankingWeights, features),
    };
    return [[WITHOUT + part, { kind: 'pipeline', settings: without }]];
  });
  const liking: ScorerName = { kind: 'pipeline', settings: { ...settings, dislikeWeight: 0 } };
  return { ...Object.fromEntries(entries), [`${WITHOUT}dislikes`]: liking };
}

function pick<Feature extends RankingFeature>(
  names: readonly Feature[],
  weights: FeatureWeights<Feature>,
  without: readonly RankingFeature[],
): FeatureWeights<Feature> {
  const kept = names.filter((name) => weights[name] !== undefined && !without.includes(name));
  return Object.fromEntries(kept.map((name) => [name, weights[name]])) as FeatureWeights<Feature>;
}

function shareOfChanged(
  lists: Float64Array = new Float64Array(0),
  others: Float64Array = new Float64Array(0),
): number {
  const changed = lists.filter((digest, user) => digest !== others[user]);
  return lists.length === 0 ? 0 : changed.length / lists.length;
}
