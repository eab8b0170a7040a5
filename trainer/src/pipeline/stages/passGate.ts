import type { Gate, Manifest } from '@pocketrocket/model/artifact';
import { AppError } from '@pocketrocket/runtime';
import { isPopularityAlone } from '../evaluation/leanOnPopularity.ts';
import { knownOf } from '../evaluation/modelMeasures.ts';
import { heldOutItemsOf } from '../answers/heldOutItems.ts';
import { fitModels } from '../fitting/fitModels.ts';
import type { FitDeps } from '../fitting/fitModels.ts';
import type { RecipeSettings } from '../fitting/recipe.ts';
import { isSameRecipe, recipeIn } from '../gate/servingRecipe.ts';
import { judge, UNMEASURED } from '../gate/verdict.ts';
import { chooseWeights } from './chooseWeights.ts';
import type { Evaluation } from './measureModels.ts';
import type { SplitRatings } from './splitRatings.ts';

export interface GateInput {
  split: Pick<SplitRatings, 'planFor' | 'everything' | 'isChosenApart'>;
  /** Of the fits, and of the bootstrap. */
  seed: number;
  settings: RecipeSettings;
  /** Null where nothing could be held out. */
  evaluation: Evaluation | null;
  /** The manifest of the version that serves these data; null where none does. */
  serving: Manifest | null;
  /** Publish although the gate refuses. */
  isForced: boolean;
}

/** Decides whether the run's model may be published, and logs why. */
export async function passGate(input: GateInput, deps: FitDeps): Promise<Gate> {
  const { evaluation, isForced } = input;
  const verdict = evaluation ? await judgeBesideServing(input, evaluation, deps) : UNMEASURED;
  const gate: Gate = { ...verdict, forced: isForced && verdict.decision === 'refused' };
  deps.logger.info({ gate }, 'gate');
  return gate;
}

/** Compares the new pipeline with the recipe that serves, fitted again on the same split, and with popularity. */
async function judgeBesideServing(
  { split, seed, settings, serving }: GateInput,
  { ndcgAt10ByUser, weights }: Evaluation,
  deps: FitDeps,
): Promise<Gate> {
  const { pipeline: candidate, popularity } = ndcgAt10ByUser;
  const isPopularity = isPopularityAlone({ rankingWeights: weights });
  const mustBeatPopularity = !split.isChosenApart;
  const question = { candidate, popularity, serving: null, isPopularity, mustBeatPopularity, seed };
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
  const servingNdcg = await pipelineNdcg(split, recipe, seed, deps).catch((error: unknown) => {
    // Options that an older engine took and this one does not.
    if (error instanceof AppError && error.code === 'BAD_DATA') return null;
    throw error;
  });
  if (!servingNdcg) return withPopularityAlone();
  return judge({ ...question, serving: { version, ndcgAt10ByUser: servingNdcg } });
}

/**
 * Fits a recipe on a split and lets its pipeline answer.
 * @returns nDCG@10 of each held-out user, ascending by user
 */
async function pipelineNdcg(
  { planFor }: GateInput['split'],
  settings: RecipeSettings,
  seed: number,
  deps: FitDeps,
): Promise<Float64Array> {
  const plan = await planFor(settings);
  const { outer, inner } = plan;
  const datasets = { outer: outer.ratings, inner: inner?.ratings };
  const heldOut = inner ? await heldOutItemsOf(inner, settings.models) : undefined;
  const fitted = await fitModels(datasets, settings.models, seed, deps, heldOut);
  const model = await chooseWeights({ plan, ...fitted, settings }, deps);
  const answersOf = await outer.heldOut.answer(
    {
      title: 'comparing with the serving version',
      model,
      factorization: null,
      scorers: { pipeline: { kind: 'pipeline', settings: model.settings } },
      measures: ['ndcgAt10'],
    },
    deps,
  );
  return knownOf(await answersOf('pipeline'), 'ndcgAt10');
}
