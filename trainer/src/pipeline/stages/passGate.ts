import {
  evaluateScorer,
  metricPerCase,
  ModelScorers,
  ndcgAtK,
  type EvaluationOutcome,
} from '@pocketrocket/engine';
import type { Gate, Manifest } from '@pocketrocket/model/artifact';
import { AppError, type Logger } from '@pocketrocket/runtime';
import type { EvaluationTask } from '../evaluation/evaluationTask.ts';
import { isPopularityAlone } from '../evaluation/leanOnPopularity.ts';
import { planEvaluation } from '../evaluation/planEvaluation.ts';
import { inUserBatches } from '../evaluation/userBatches.ts';
import { fitModels } from '../fitting/fitModels.ts';
import type { FitDeps } from '../fitting/fitModels.ts';
import type { RecipeSettings } from '../fitting/recipe.ts';
import { isSameRecipe, recipeIn } from '../gate/servingRecipe.ts';
import { judge, UNMEASURED } from '../gate/verdict.ts';
import { chooseWeights } from './chooseWeights.ts';
import type { Evaluation } from './measureModels.ts';

export interface GateInput {
  task: EvaluationTask;
  settings: RecipeSettings;
  /** Null where nothing could be held out. */
  evaluation: Evaluation | null;
  /** The manifest of the version that serves these data; null where none does. */
  serving: Manifest | null;
  /** Publish although the gate refuses. */
  isForced: boolean;
}

export interface GateDeps extends FitDeps {
  logger: Logger;
}

/** Decides whether the run's model may be published, and logs why. */
export async function passGate(input: GateInput, deps: GateDeps): Promise<Gate> {
  const { evaluation, isForced } = input;
  const verdict = evaluation ? await judgeBesideServing(input, evaluation, deps) : UNMEASURED;
  const gate: Gate = { ...verdict, forced: isForced && verdict.decision === 'refused' };
  deps.logger.info({ gate }, 'gate');
  return gate;
}

/** Compares the new pipeline with the recipe that serves, fitted again on the same split, and with popularity. */
async function judgeBesideServing(
  { task, settings, serving }: GateInput,
  { ndcgAt10ByUser, weights }: Evaluation,
  deps: GateDeps,
): Promise<Gate> {
  const { pipeline: candidate, popularity } = ndcgAt10ByUser;
  const isPopularity = isPopularityAlone({ rankingWeights: weights });
  const question = { candidate, popularity, serving: null, isPopularity, seed: task.seed };
  if (!serving) return judge(question);
  const { version } = serving;
  const recipe = recipeIn(serving, settings.models);
  const withPopularityAlone = (): Gate => {
    const note = `compared with popularity alone: this trainer cannot fit the recipe of version ${version}, which serves`;
    deps.logger.warn(note);
    const verdict = judge(question);
    return { ...verdict, reasons: [...verdict.reasons, note] };
  };
  if (!recipe) return withPopularityAlone();
  if (isSameRecipe(recipe, settings)) {
    return judge({ ...question, serving: { version, ndcgAt10ByUser: candidate } });
  }
  deps.logger.info({ version }, 'fitting the recipe of the serving version on the same split');
  const servingNdcg = await pipelineNdcg(task, recipe, deps).catch((error: unknown) => {
    // Options that an older engine took and this one does not.
    if (error instanceof AppError && error.code === 'BAD_DATA') return null;
    throw error;
  });
  if (!servingNdcg) return withPopularityAlone();
  return judge({ ...question, serving: { version, ndcgAt10ByUser: servingNdcg } });
}

/**
 * Fits a recipe on a task and lets its pipeline answer.
 * @returns nDCG@10 of each held-out user, ascending by user
 */
async function pipelineNdcg(
  task: EvaluationTask,
  settings: RecipeSettings,
  deps: GateDeps,
): Promise<Float64Array> {
  const plan = planEvaluation(task, settings);
  const { outer, inner } = plan;
  const datasets = { outer: outer.interactions, inner: inner?.interactions };
  const fitted = await fitModels(datasets, settings.models, task.seed, deps);
  const model = await chooseWeights({ plan, ...fitted, settings }, deps);
  const pipeline = new ModelScorers(model, outer.interactions).pipeline();
  const outcomes: EvaluationOutcome[] = [];
  await inUserBatches(
    'comparing with the serving version',
    outer.cases,
    (some) => outcomes.push(...evaluateScorer(some, outer.interactions, pipeline)),
    deps,
  );
  return metricPerCase(outcomes, (ranks) => ndcgAtK(ranks, 10));
}
