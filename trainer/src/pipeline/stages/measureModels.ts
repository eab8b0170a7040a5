import {
  ABLATIONS,
  evaluateScorer,
  FEATURES,
  mean,
  metricPerCase,
  ModelScorers,
  ndcgAtK,
  RANKING_FEATURES,
  RETRIEVAL_FEATURES,
  scoreMatrixFactorization,
  type EvaluationCase,
  type RatedOutcome,
  type FeatureWeights,
  type MatrixFactorization,
  type RankingFeature,
  type RecommenderModel,
  type RetrievalFeature,
  type Scorer,
  type ServedSettings,
} from '@pocketrocket/engine';
import { popularityAlone } from '../evaluation/leanOnPopularity.ts';
import { inUserBatches } from '../evaluation/userBatches.ts';
import type { BatchDeps } from '../evaluation/userBatches.ts';
import { measure } from '../evaluation/modelMeasures.ts';
import type { ModelMeasures } from '../evaluation/modelMeasures.ts';
import type { PreparedTask } from '../evaluation/evaluationTask.ts';

/** Measures of one task. */
export interface Evaluation {
  protocol: string;
  seed: number;
  /** Users with held-out rows. */
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
  /** The same for the users whose times are all known. */
  timestampedUsers: { users: number; models: Record<string, ModelMeasures> };
  /** nDCG@10 of each held-out user, ascending by user: what the gate compares pairwise. */
  ndcgAt10ByUser: Record<'popularity' | 'pipeline', Float64Array>;
}

const NUM_TOP_ITEMS = 20;

export interface MeasureInput {
  task: PreparedTask;
  /** Fitted on the task's training rows. */
  model: RecommenderModel;
  /** NeuralCF's start, measured beside it; it is not served. */
  factorization: MatrixFactorization | null;
}

/** Lets every model answer the task and measures the answers. */
export async function measureModels(
  { task, model, factorization }: MeasureInput,
  deps: BatchDeps,
): Promise<Evaluation> {
  const { interactions, cases } = task;
  const { settings } = model;
  const isTimestamped = timestampedUsersOf(task);
  const scorers = scorersOf(new ModelScorers(model, interactions), model, factorization);
  const ablated = ablatedScorersOf(new ModelScorers(model, interactions), settings);

  const outcomes: Record<string, RatedOutcome[]> = {};
  const ablatedOutcomes: Record<string, RatedOutcome[]> = {};
  // All models answer a few users before the next ones are taken: they share what these users' features cost.
  const answer = (some: readonly EvaluationCase[]): void => {
    for (const [to, from] of [
      [outcomes, scorers],
      [ablatedOutcomes, ablated],
    ] as const) {
      for (const [name, scorer] of Object.entries(from)) {
        (to[name] ??= []).push(...evaluateScorer(some, interactions, scorer, NUM_TOP_ITEMS));
      }
    }
  };
  await inUserBatches('evaluating', cases, answer, deps);

  const measureAll = (
    of: Record<string, RatedOutcome[]>,
    accept: (userIndex: number) => boolean,
  ): Record<string, ModelMeasures> =>
    mapValues(of, (list) =>
      measure(
        task,
        list.filter(({ userIndex }) => accept(userIndex)),
        model.item2vec,
      ),
    );
  return {
    protocol: task.protocol,
    seed: task.seed,
    users: cases.length,
    weights: settings.rankingWeights,
    retrievalWeights: settings.retrievalWeights,
    models: measureAll(outcomes, () => true),
    ablation: measureAll(ablatedOutcomes, () => true),
    changedByNeuralCF: shareOfChangedLists(outcomes.pipeline, ablatedOutcomes.neuralCF),
    timestampedUsers: {
      users: cases.filter(({ userIndex }) => isTimestamped(userIndex)).length,
      models: measureAll(outcomes, isTimestamped),
    },
    ndcgAt10ByUser: {
      popularity: ndcgAt10Of(outcomes.popularity),
      pipeline: ndcgAt10Of(outcomes.pipeline),
    },
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
  const model = { ...input.model, settings: await popularityAlone(input.task, input.model, deps) };
  return { evaluation: await measureModels({ ...input, model }, deps), model };
}

/** Popularity, each model alone and the pipeline. */
function scorersOf(
  scorers: ModelScorers,
  model: RecommenderModel,
  factorization: MatrixFactorization | null,
): Record<string, Scorer> {
  const alone = FEATURES.filter(
    ({ part, isEvaluatedAlone }) => isEvaluatedAlone !== false && model[part] !== null,
  );
  return {
    popularity: scorers.popularity,
    ...Object.fromEntries(alone.map(({ name }) => [name, scorers.feature(name)])),
    ...(factorization && {
      matrixFactorization: (userIndex, candidates, scores) =>
        scoreMatrixFactorization(factorization, userIndex, candidates, scores),
    }),
    ...(model.neuralCF && { neuralCF: scorers.neuralCF }),
    pipeline: scorers.pipeline(),
  };
}

/** The pipeline without each part that it has, and as if nothing had been disliked. */
function ablatedScorersOf(scorers: ModelScorers, settings: ServedSettings): Record<string, Scorer> {
  const { retrievalWeights, rankingWeights } = settings;
  const entries = Object.entries(ABLATIONS).flatMap(([part, features]): [string, Scorer][] => {
    const isPresent = features.some(
      (feature) => feature in rankingWeights || (feature !== 'neuralCF' && feature in retrievalWeights),
    );
    if (!isPresent && part !== 'neuralCF') return [];
    const without = {
      ...settings,
      retrievalWeights: pick(RETRIEVAL_FEATURES, retrievalWeights, features),
      rankingWeights: pick(RANKING_FEATURES, rankingWeights, features),
    };
    return [[part, scorers.pipeline(without)]];
  });
  const liking = scorers.pipeline({ ...settings, dislikeWeight: 0 });
  return { ...Object.fromEntries(entries), dislikes: liking };
}

function pick<Feature extends RankingFeature>(
  names: readonly Feature[],
  weights: FeatureWeights<Feature>,
  without: readonly RankingFeature[],
): FeatureWeights<Feature> {
  const kept = names.filter((name) => weights[name] !== undefined && !without.includes(name));
  return Object.fromEntries(kept.map((name) => [name, weights[name]])) as FeatureWeights<Feature>;
}

function shareOfChangedLists(
  lists: readonly RatedOutcome[] = [],
  others: readonly RatedOutcome[] = [],
): number {
  const changed = lists.filter(({ topItems }, index) => topItems.join() !== others[index]?.topItems.join());
  return lists.length === 0 ? 0 : changed.length / lists.length;
}

function ndcgAt10Of(outcomes: readonly RatedOutcome[] = []): Float64Array {
  return metricPerCase(outcomes, (ranks) => ndcgAtK(ranks, 10));
}

function mapValues<Value, Result>(
  record: Record<string, Value>,
  change: (value: Value) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}

/** Tells of which users every time is known, in training and holdout. */
function timestampedUsersOf({ train, holdout }: PreparedTask): (userIndex: number) => boolean {
  const untimed = new Set<number>();
  for (const { userIndices, timestamps } of [train, holdout]) {
    userIndices.forEach((userIndex, row) => {
      if (Number.isNaN(timestamps[row])) untimed.add(userIndex);
    });
  }
  return (userIndex) => !untimed.has(userIndex);
}
