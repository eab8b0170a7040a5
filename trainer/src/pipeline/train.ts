import { groupByUser, modelToTensors } from '@pocketrocket/engine';
import type { ModelRecipe } from '@pocketrocket/engine';
import { ITEM_IDS, publishArtifact, removeStaleStaging, USER_IDS } from '@pocketrocket/schema/artifacts';
import type { ManifestDraft } from '@pocketrocket/schema/artifacts';
import type { Database } from '@pocketrocket/schema/db';
import { AppError } from '@pocketrocket/schema/runtime';
import { readDataset, readRatings } from '../data/database.ts';
import { idMapsOf, toInteractionRows } from '../data/ratingTable.ts';
import { flatMeasures } from '../report/report.ts';
import { savedModelFiles } from '../savedModel/neuralCFSavedModel.ts';
import { checkLearnable, nothingLiked } from './checks.ts';
import type { Evaluation } from './evaluateModels.ts';
import { chooseAndEvaluate, isAnswerable, planEvaluation, sizeOf } from './evaluateTask.ts';
import type { EvaluateDeps } from './evaluateTask.ts';
import { fitModels } from './fitModels.ts';
import { shapeOf } from './protocols.ts';
import type { Protocol } from './protocols.ts';
import { sizedRecipe } from './recipes.ts';
import type { Recipe } from './recipes.ts';
import { servedModelOf } from './servedModel.ts';
import { taskOf } from './task.ts';
import type { Negatives } from './task.ts';
import { defaultSettings } from './tune.ts';

export interface TrainRequest {
  recipe: Recipe;
  protocol: Protocol;
  negatives: Negatives;
  seed: number;
}

export interface TrainDeps extends EvaluateDeps {
  database: Database;
  /** Where the model is published. */
  modelDir: string;
  now(): Date;
}

export interface TrainResult {
  version: number;
  manifest: ManifestDraft;
  /** Null where the data are too few to hold anything out. */
  evaluation: Evaluation | null;
}

const REMEDY = 'import more with `npm run seed`';

/**
 * One training run: interactions → split → fit → evaluate → refit on everything → write and publish, whole or not at all.
 * @throws AppError BAD_DATA for data from which nothing can be learnt; INTERRUPTED through the signal, nothing published
 */
export async function train(request: TrainRequest, deps: TrainDeps): Promise<TrainResult> {
  const { recipe, seed } = request;
  await removeStaleStaging(deps.modelDir);
  const dataset = await readDataset(deps.database);
  const table = await readRatings(deps.database, deps.progress);
  const ids = idMapsOf([table]);
  const rows = toInteractionRows(table, ids);
  checkLearnable(rows, REMEDY);
  const problem = nothingLiked(rows);
  if (problem !== null) throw new AppError('BAD_DATA', `${problem}; ${REMEDY}`);
  deps.signal.throwIfAborted();

  const task = taskOf(rows, { ...request, ids, shape: shapeOf(request.protocol) });
  const plan = planEvaluation(task, recipe);
  const everything = groupByUser(rows, ids.users.size, ids.items.size);
  const sized = sizedRecipe(recipe, sizeOf(everything), plan.inner ? 3 : 2);
  deps.logger.info(
    { reasons: sized.reasons, recipe: sized.recipe },
    'models chosen for the size of the data',
  );
  // The refit waits for nothing that the evaluation finds out, so all of them share the machine's cores.
  const fitted = await fitModels(
    {
      outer: isAnswerable(plan.outer) ? plan.outer.interactions : undefined,
      inner: plan.inner?.interactions,
      everything,
    },
    sized.recipe,
    seed,
    deps,
  );
  const chosen = { recipe: sized.recipe, isTuned: recipe.isTuned };
  const { settings, evaluation } = fitted.outer
    ? await chooseAndEvaluate(plan, { ...fitted, outer: fitted.outer }, chosen, deps)
    : { settings: defaultSettings(sized.recipe), evaluation: null };
  if (!evaluation) deps.logger.warn('too few ratings to hold any out: the model is not evaluated');

  const manifest: ManifestDraft = {
    createdAt: deps.now().toISOString(),
    recipe: recipe.name,
    seed,
    dataset: { name: dataset.name, identity: dataset.identity, synthetic: dataset.synthetic },
    counts: { users: ids.users.size, items: ids.items.size, interactions: table.userIds.length },
    algorithms: algorithmsOf(sized.recipe),
    serving: { ...settings },
    evaluation: {
      protocol: request.protocol,
      seed,
      users: evaluation?.users ?? 0,
      models: Object.fromEntries(
        Object.entries(evaluation?.models ?? {}).map(([name, measures]) => [name, flatMeasures(measures)]),
      ),
    },
  };
  const model = servedModelOf(everything, fitted.everything, settings);
  deps.signal.throwIfAborted();
  const externalIds = { userIds: ids.users.ids, movieIds: ids.items.ids };
  const version = await publishArtifact(
    deps.modelDir,
    manifest,
    {
      ...modelToTensors(model),
      [ITEM_IDS]: { shape: [ids.items.size], data: ids.items.ids },
      [USER_IDS]: { shape: [ids.users.size], data: ids.users.ids },
    },
    savedModelFiles(model.neuralCF, externalIds, deps.logger),
  );
  return { version, manifest, evaluation };
}

/** The settings of each model that takes part, as the manifest keeps them. */
function algorithmsOf({ serving: _, ...models }: ModelRecipe): ManifestDraft['algorithms'] {
  return Object.fromEntries(
    Object.entries(models).flatMap(([name, options]) => (options ? [[name, { ...options }]] : [])),
  );
}
