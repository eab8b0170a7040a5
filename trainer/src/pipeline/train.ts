import {
  groupByUser,
  historyEntriesOf,
  modelToTensors,
  type Interactions,
  type ModelRecipe,
} from '@pocketrocket/engine';
import {
  ITEM_IDS,
  publishArtifact,
  publishVersion,
  removeStaleStaging,
  USER_IDS,
  type Gate,
  type Manifest,
  type ManifestDraft,
} from '@pocketrocket/model/artifact';
import type { Published } from '@pocketrocket/model/publication';
import type { Database } from '@pocketrocket/schema/database';
import { AppError } from '@pocketrocket/runtime';
import { readDataset, readRatings } from '../data/database.ts';
import { idMapsOf, toInteractionRows } from '../data/ratingTable.ts';
import { ablationRows, writeRunReport } from '../report/collect.ts';
import { recordLosses } from '../report/lossCurves.ts';
import { flatMeasures } from '../report/report.ts';
import { savedModelFiles } from '../savedModel/neuralCFSavedModel.ts';
import { checkLearnable, hasSequences, nothingLiked } from './checks.ts';
import type { Evaluation } from './evaluateModels.ts';
import { chooseAndEvaluate, isAnswerable, planEvaluation, sizeOf } from './evaluateTask.ts';
import type { EvaluateDeps } from './evaluateTask.ts';
import { fitModels } from './fitModels.ts';
import { judge, UNMEASURED } from './gate.ts';
import { shapeOf } from './protocols.ts';
import type { Protocol } from './protocols.ts';
import { sizedRecipe } from './recipes.ts';
import type { Recipe } from './recipes.ts';
import { servedModelOf } from './servedModel.ts';
import { serveHistory } from './serveHistory.ts';
import { isSameRecipe, pipelineNdcg, recipeIn, servingManifest } from './servingRecipe.ts';
import type { ChosenRecipe } from './servingRecipe.ts';
import { cachedFitter, stagesDir } from './stageCache.ts';
import { taskOf } from './task.ts';
import type { EvaluationTask, Negatives } from './task.ts';
import { defaultSettings } from './tune.ts';

/** The stages of a run that can be asked for, in their order. */
export const TRAIN_STAGES = ['fit', 'evaluate', 'publish'] as const;
export type TrainStage = (typeof TRAIN_STAGES)[number];

export interface TrainRequest {
  recipe: Recipe;
  protocol: Protocol;
  negatives: Negatives;
  seed: number;
  /**
   * What the run is for: `fit` makes every model and keeps it, `evaluate` measures, `publish` writes the version. What a
   * stage needs is done or taken from what was kept, also where it is not named.
   */
  only: readonly TrainStage[];
  /** Publish although the gate refuses. */
  isForced: boolean;
}

export interface TrainDeps extends EvaluateDeps {
  database: Database;
  /** Where the model is published. */
  modelDir: string;
  /** What is published now, on disk and in Redis. */
  readPublished(): Promise<Published>;
  /** Changes what is published, on disk and in Redis; see `changePublished`. */
  changePublished(
    before: Published,
    changeOnDisk: () => Promise<unknown>,
  ): Promise<{ redisProblem: string | null }>;
  now(): Date;
}

export interface TrainResult {
  /** Null where nothing was to be written. */
  version: number | null;
  /** Whether that version serves from now on; one that the gate refused is only written. */
  isPublished: boolean;
  /** Why Redis does not have what was published; null where it does, or where there is none. */
  redisProblem: string | null;
  /** Null where nothing was to be written. */
  manifest: ManifestDraft | null;
  /** Null where the data are too few to hold anything out. */
  evaluation: Evaluation | null;
}

const REMEDY = 'import more with `npm run seed`';

/**
 * One training run: interactions → split → fit → evaluate → gate → refit on everything → write → publish.
 *
 * A version is written whole or not at all. One that the gate refuses is written, so that it can be looked at and published
 * by hand, but what served before goes on serving. Fits that were done before with the same data and settings are reused.
 * @throws AppError BAD_DATA for data from which nothing can be learnt; ARTIFACT_INVALID when it cannot be told what serves;
 *   CONFLICT when another trainer has published meanwhile: the version is written, but not published; INTERRUPTED through the signal: nothing is published, and what was fitted is kept
 */
export async function train(request: TrainRequest, deps: TrainDeps): Promise<TrainResult> {
  const { recipe, seed, only } = request;
  await removeStaleStaging(deps.modelDir);
  const before = await deps.readPublished();
  const dataset = await readDataset(deps.database);
  const serving = await servingManifest(deps.modelDir, dataset.identity);
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
  if (!hasSequences(everything)) {
    throw new AppError(
      'BAD_DATA',
      `no user has rated two movies: nothing says what goes together; ${REMEDY}`,
    );
  }
  const sized = sizedRecipe(recipe, sizeOf(everything), plan.inner ? 3 : 2);
  deps.logger.info(
    { reasons: sized.reasons, recipe: sized.recipe },
    'models chosen for the size of the data',
  );
  const recording = recordLosses(cachedFitter(deps.fit, stagesDir(deps.modelDir), deps));
  const cached = { ...deps, fit: recording.fit };
  // A recipe that is not tuned can be published without looking at a split: the first start does not wait for it.
  const isMeasured = only.includes('evaluate') || recipe.isTuned;
  // The refit waits for nothing that the evaluation finds out, so all of them share the machine's cores.
  const fitted = await fitModels(
    {
      outer: isMeasured && isAnswerable(plan.outer) ? plan.outer.interactions : undefined,
      inner: plan.inner?.interactions,
      everything: only.includes('fit') || only.includes('publish') ? everything : undefined,
    },
    sized.recipe,
    seed,
    cached,
  );
  const nothingWritten = { version: null, isPublished: false, redisProblem: null, manifest: null };
  if (!only.includes('evaluate') && !only.includes('publish')) return { ...nothingWritten, evaluation: null };

  const chosen: ChosenRecipe = { recipe: sized.recipe, isTuned: recipe.isTuned };
  const { settings, evaluation } = fitted.outer
    ? await chooseAndEvaluate(plan, { ...fitted, outer: fitted.outer }, chosen, cached)
    : { settings: defaultSettings(sized.recipe), evaluation: null };
  if (!evaluation && isMeasured) {
    deps.logger.warn('too few ratings to hold any out: the model is not evaluated');
  }
  if (!only.includes('publish') || !fitted.everything) return { ...nothingWritten, evaluation };

  const verdict = evaluation ? await passGate({ task, chosen, evaluation, serving }, cached) : UNMEASURED;
  const gate: Gate = { ...verdict, forced: request.isForced && verdict.decision === 'refused' };
  deps.logger.info({ gate }, 'gate');

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
    recipeSettings: {
      isTuned: recipe.isTuned,
      budgetMinutes: recipe.budgetMinutes,
      reasons: [...sized.reasons],
      models: { ...sized.recipe },
    },
    gate,
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
  const isPublished = gate.decision !== 'refused' || gate.forced;
  let redisProblem: string | null = null;
  if (isPublished) {
    // What another trainer published meanwhile was not what the gate compared with.
    const publish = () => publishVersion(deps.modelDir, version, deps.now(), before.onDisk);
    ({ redisProblem } = await deps.changePublished(before, publish));
  }
  // The first start writes none: it takes as long as its training, and the full recipe brings one.
  if (isMeasured) {
    const weights = Object.fromEntries(
      Object.entries(settings.rankingWeights).flatMap(([name, weight]) =>
        weight > 0 ? [[name, weight]] : [],
      ),
    );
    const pipeline = evaluation?.models.pipeline;
    await writeRunReport(
      {
        version,
        manifest,
        ids,
        interactions: everything,
        evaluation,
        gate,
        weights,
        ablation: evaluation && pipeline ? ablationRows(pipeline, evaluation.ablation) : [],
        choices: sized.reasons,
        lossCurves: recording.curves((data) => labelOf(data, { everything, outer: plan.outer.interactions })),
        itemVectors: { vectors: model.item2vec.inVectors, dim: model.item2vec.dim },
        popularity: model.popularity,
        recommend: (userIndex, count) => {
          const history = historyEntriesOf(everything, userIndex);
          const { items, scores } = serveHistory(model, userIndex, history).ranked;
          return { items: items.subarray(0, count), scores: scores.subarray(0, count) };
        },
      },
      deps.modelDir,
      deps,
    );
  }
  return { version, isPublished, redisProblem, manifest, evaluation };
}

/** Compares the new pipeline with the recipe that serves, fitted again on the same split, and with popularity. */
async function passGate(
  {
    task,
    chosen,
    evaluation: { ndcgAt10ByUser },
    serving,
  }: { task: EvaluationTask; chosen: ChosenRecipe; evaluation: Evaluation; serving: Manifest | null },
  deps: EvaluateDeps,
): Promise<Gate> {
  const { pipeline: candidate, popularity } = ndcgAt10ByUser;
  const question = { candidate, popularity, serving: null, seed: task.seed };
  if (!serving) return judge(question);
  const { version } = serving;
  const recipe = recipeIn(serving, chosen.recipe);
  const withPopularityAlone = (): Gate => {
    const note = `compared with popularity alone: this trainer cannot fit the recipe of version ${version}, which serves`;
    deps.logger.warn(note);
    const verdict = judge(question);
    return { ...verdict, reasons: [...verdict.reasons, note] };
  };
  if (!recipe) return withPopularityAlone();
  if (isSameRecipe(recipe, chosen)) {
    return judge({ ...question, serving: { version, ndcgAt10ByUser: candidate } });
  }
  deps.logger.info({ version }, 'fitting the recipe that serves on the same split');
  const servingNdcg = await pipelineNdcg(task, recipe, deps).catch((error: unknown) => {
    // Options that an older engine took and this one does not.
    if (error instanceof AppError && error.code === 'BAD_DATA') return null;
    throw error;
  });
  if (!servingNdcg) return withPopularityAlone();
  return judge({ ...question, serving: { version, ndcgAt10ByUser: servingNdcg } });
}

/** The settings of each model that takes part, as the manifest keeps them. */
function algorithmsOf({ serving: _, ...models }: ModelRecipe): ManifestDraft['algorithms'] {
  return Object.fromEntries(
    Object.entries(models).flatMap(([name, options]) => (options ? [[name, { ...options }]] : [])),
  );
}

/** What a report calls the data that a model was fitted on. */
function labelOf(
  data: Interactions,
  { everything, outer }: Record<'everything' | 'outer', Interactions>,
): string {
  if (data === everything) return 'all data';
  return data === outer ? 'split' : 'inner split';
}
