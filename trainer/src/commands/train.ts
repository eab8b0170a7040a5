import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { versionDir } from '@pocketrocket/model/artifact';
import { changePublished, readPublished } from '@pocketrocket/model/publication';
import { RedisLink, TrainingNotes } from '@pocketrocket/model/redis';
import { AppError, ERROR_CODES, openSpan, openTraces, type Progress } from '@pocketrocket/runtime';
import { claimHome } from '@pocketrocket/schema/database';
import { DEFAULT_NEGATIVES, PROTOCOLS } from '../pipeline/evaluation/protocols.ts';
import { negativesOf } from '../pipeline/evaluation/readEvaluationTask.ts';
import { train } from '../pipeline/train.ts';
import { TRAIN_STAGES } from '../pipeline/trainingRun.ts';
import type { TrainRequest, TrainResult, TrainStage } from '../pipeline/trainingRun.ts';
import { withTrainingProgress } from '../pipeline/trainingProgress.ts';
import { toJson, toText } from '../report/evaluationText.ts';
import { writeTrainingReport } from '../report/trainingReport.ts';
import { servedManifest } from '../data/publishedModel.ts';
import { printResult, withDatabase, withRun } from './common/context.ts';
import type { CommandContext, CommandRun } from './common/context.ts';
import {
  backendOption,
  budgetOption,
  item2vecEpochsOption,
  jsonOption,
  neuralCFEpochsOption,
  progressOption,
  quickOption,
  recipeOf,
  noSequenceOption,
  sequenceOption,
  seedOption,
  threadsOption,
} from './common/options.ts';
import { publicationDeps, refuseToEndWithout, TRAINER_CLIENT } from './common/publication.ts';
import { overlayInWords } from './show.ts';
import {
  engineOption,
  executorMemoryOption,
  masterOption,
  mysqlConnectorOption,
  parquetOption,
  refuseMixedEngines,
  sparkConfOption,
  storageOption,
  taskMemoryOption,
  withEngine,
  type SparkChoices,
} from './common/sparkEngine.ts';

export function trainCommand(context: CommandContext) {
  return new Command('train')
    .description(
      'Train on the ratings in the database (DATABASE_URL) and publish the model to MODEL_DIR: split, fit, evaluate ' +
        'beside popularity, pass the gate, fit again on everything. Fitted models are cached: an interrupted run resumes ' +
        'where it stopped, and unchanged models are not fitted again.',
    )
    .addOption(quickOption)
    .addOption(
      new Option('--protocol <name>', 'how ratings are held out to choose settings and to measure')
        .choices(PROTOCOLS)
        .default('last-out-sampled' as const),
    )
    .option('--negatives <number>', `negatives per user in last-out-sampled (default: ${DEFAULT_NEGATIVES})`)
    .addOption(item2vecEpochsOption)
    .addOption(neuralCFEpochsOption)
    .addOption(sequenceOption)
    .addOption(noSequenceOption)
    .addOption(backendOption)
    .addOption(seedOption)
    .addOption(threadsOption)
    .addOption(budgetOption)
    .addOption(engineOption)
    .addOption(masterOption)
    .addOption(parquetOption)
    .addOption(storageOption)
    .addOption(executorMemoryOption)
    .addOption(taskMemoryOption)
    .addOption(mysqlConnectorOption)
    .addOption(sparkConfOption)
    .addOption(
      new Option(
        '--only <stages>',
        `stages to do, separated by commas: ${TRAIN_STAGES.join(', ')}; what they need is done or reused as well`,
      )
        .argParser(parseStages)
        .default(TRAIN_STAGES, 'all'),
    )
    .option('--if-missing', 'do nothing if a published version already fits the data', false)
    .option('--force', 'publish even if the quality gate refuses', false)
    .option(
      '--accept-refusal',
      'end with status 0 where the gate refuses: for schedulers, to which any other is an alarm',
      false,
    )
    .addOption(jsonOption)
    .addOption(progressOption)
    .addHelpText('after', GATE_HELP)
    .action((options) =>
      withRun(context, options.progress, async (run) => {
        const startedAt = performance.now();
        const recipe = recipeOf(options);
        const { protocol, seed, only, force: isForced } = options;
        const request = { recipe, protocol, negatives: negativesOf(options), seed, only, isForced };
        const { modelDir } = run.config;
        run.logger.info({ ...request, modelDir, engine: options.engine }, 'settings');
        refuseMixedEngines(options);
        if (options.ifMissing && (await isTrained(run, options.json))) return;
        const result = await inUse(run, () =>
          traced(run, request, () => trainAndPublish(run, request, options)),
        );
        printOutcome(run, options.json, result, (performance.now() - startedAt) / 1000);
        refuseUnlessPublished(run, result, options.acceptRefusal);
      }),
    );
}

const GATE_HELP = `
The gate: the recipe that serves is fitted again on the same split. The new model is refused when its nDCG@10 is lower, either significantly
(the upper 95 % bound of the difference, by a paired bootstrap over users, is below 0) or by more than 2 %, or when it does not
beat popularity. A refused version is written but not published, and the command ends with status ${ERROR_CODES.QUALITY_GATE.exitStatus}, or 0 with --accept-refusal.
`;

function parseStages(text: string): readonly TrainStage[] {
  const names = text.split(',').map((name) => name.trim());
  const stages = TRAIN_STAGES.filter((stage) => names.includes(stage));
  if (stages.length === new Set(names).size) return stages;
  throw new InvalidArgumentError(`It must be some of ${TRAIN_STAGES.join(', ')}, separated by commas.`);
}

function outcomeOf({ version, isPublished, manifest }: TrainResult, modelDir: string): string {
  if (version === null) return 'nothing was written; the fitted models are cached for the next run';
  const folder = versionDir(modelDir, version);
  const overlay = manifest?.overlay;
  const ofApps = overlay && overlay.users + overlay.movies > 0 ? `\n${overlayInWords(overlay)}` : '';
  if (!isPublished) return `written but not published: version ${version}: ${folder}${ofApps}`;
  const how = manifest?.gate?.forced ? ' (forced: the gate refused it)' : '';
  return `published version ${version}${how}: ${folder}${ofApps}`;
}

/** True, and said, where a published version fits the data already. */
async function isTrained(run: CommandRun, isJson: boolean): Promise<boolean> {
  const served = await withDatabase(run, (database) => servedManifest(database, run.config.modelDir));
  if (served === null) return false;
  const { version } = served;
  printResult(
    run,
    isJson,
    () => ({ version, published: true, trained: false }),
    () => `version ${version} is published and fits the data: nothing was trained\n`,
  );
  return true;
}

/** Does work while nobody may replace the data or the models. @throws AppError CONFLICT while somebody does */
async function inUse<Result>({ config }: CommandRun, work: () => Promise<Result>): Promise<Result> {
  const release = claimHome(config, { purpose: 'trainer' });
  try {
    return await work();
  } finally {
    release();
  }
}

/** Runs a training as one trace, where traces are sent. */
async function traced(
  { config, logger }: CommandRun,
  { seed, protocol, isForced }: TrainRequest,
  work: () => Promise<TrainResult>,
): Promise<TrainResult> {
  const traces = await openTraces(config, logger, 'trainer');
  const span = openSpan({
    name: 'train',
    kind: 'internal',
    facts: {
      'pocketrocket.seed': seed,
      'pocketrocket.protocol': protocol,
      'pocketrocket.forced': isForced,
    },
  });
  if (!span) return work();
  try {
    const result = await span.run(work);
    const { version, isPublished } = result;
    span.note({ 'pocketrocket.version': version ?? undefined, 'pocketrocket.published': isPublished });
    return result;
  } catch (error) {
    span.fail(error);
    throw error;
  } finally {
    span.end();
    await traces?.close();
  }
}

/** Runs the training with all that it needs from outside. */
function trainAndPublish(
  run: CommandRun,
  request: TrainRequest,
  options: SparkChoices & { threads: number },
): Promise<TrainResult> {
  const { modelDir } = run.config;
  const work = (progress: Progress) =>
    withDatabase(run, (database) =>
      withEngine({ ...run, progress, database }, options, (engine) => {
        const deps = { ...run, progress, database, modelDir, ...engine };
        const publication = publicationDeps(deps);
        return train(request, {
          ...deps,
          readPublished: () => readPublished(publication),
          changePublished: (before, changeOnDisk) => changePublished(publication, before, changeOnDisk),
          writeReport: (finished) => writeTrainingReport(finished, modelDir, deps),
          now: () => new Date(),
        });
      }),
    );
  return withTrainingNotes(run, (notes) => withTrainingProgress(run, work, notes));
}

/** Opens what tells servers elsewhere of the training for as long as the work lasts; null without Redis. */
async function withTrainingNotes<Result>(
  { config: { redisUrl, modelName }, logger }: CommandRun,
  work: (notes: TrainingNotes | null) => Promise<Result>,
): Promise<Result> {
  if (redisUrl === null) return work(null);
  const link = new RedisLink({ url: redisUrl, name: TRAINER_CLIENT, logger });
  try {
    await link.connected();
    return await work(new TrainingNotes(link, modelName));
  } finally {
    link.close();
  }
}

function printOutcome(run: CommandRun, isJson: boolean, result: TrainResult, seconds: number): void {
  const { modelDir } = run.config;
  const { version, isPublished, redisProblem, reportProblem, manifest, evaluation } = result;
  run.progress.close();
  printResult(
    run,
    isJson,
    () => ({
      version,
      published: isPublished,
      redisProblem,
      reportProblem,
      folder: version && versionDir(modelDir, version),
      ...manifest,
      seconds,
      evaluation: evaluation && toJson(evaluation, seconds),
    }),
    () => `${evaluation ? `${toText(evaluation, seconds)}\n` : ''}${outcomeOf(result, modelDir)}\n`,
  );
}

/** @throws AppError QUALITY_GATE for a version that the gate refused, unless that is accepted; UPSTREAM_UNAVAILABLE where Redis lacks what was published, ENVIRONMENT where there is no report */
function refuseUnlessPublished(
  { stderr }: CommandRun,
  { version, isPublished, redisProblem, reportProblem, manifest }: TrainResult,
  acceptsRefusal: boolean,
): void {
  if (version !== null && !isPublished) {
    const refusal = new AppError(
      'QUALITY_GATE',
      `the gate refused version ${version}: ${manifest?.gate?.reasons.join('; ') ?? ''}. The previous version keeps ` +
        `serving; publish it anyway with \`npm run trainer -- publish ${version}\`, or train with --force`,
      { isInResult: true },
    );
    if (!acceptsRefusal) throw refusal;
    stderr.write(`${refusal.message}\n`);
  }
  refuseToEndWithout(redisProblem);
  if (reportProblem !== null) {
    throw new AppError(
      'ENVIRONMENT',
      `version ${String(version)} is ${isPublished ? 'published' : 'written'}, but its report could not be written: ${reportProblem}`,
      { isInResult: true },
    );
  }
}
