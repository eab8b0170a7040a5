import { Command, Option } from '@commander-js/extra-typings';
import { versionDir } from '@pocketrocket/schema/artifacts';
import { DEFAULT_NEGATIVES, PROTOCOLS } from '../pipeline/protocols.ts';
import { negativesOf } from '../pipeline/readTask.ts';
import { train } from '../pipeline/train.ts';
import { withTrainingNote } from '../pipeline/trainingNote.ts';
import { toJson, toText } from '../report/report.ts';
import { printResult, withDatabase, withRun } from './context.ts';
import type { CommandContext } from './context.ts';
import {
  item2vecEpochsOption,
  jsonOption,
  neuralCFEpochsOption,
  progressOption,
  quickOption,
  recipeOf,
  seedOption,
  threadsOption,
} from './options.ts';

export function trainCommand(context: CommandContext) {
  return new Command('train')
    .description(
      'Train on the ratings in the database (DATABASE_URL) and publish the model to MODEL_DIR: split, fit, evaluate ' +
        'beside popularity, fit again on everything. Interrupted, it publishes nothing.',
    )
    .addOption(quickOption)
    .addOption(
      new Option('--protocol <name>', 'how ratings are held out to choose settings and to measure')
        .choices(PROTOCOLS)
        .default('last-out-sampled' as const),
    )
    .option('--negatives <number>', `negatives a user in last-out-sampled (default: ${DEFAULT_NEGATIVES})`)
    .addOption(item2vecEpochsOption)
    .addOption(neuralCFEpochsOption)
    .addOption(seedOption)
    .addOption(threadsOption)
    .addOption(jsonOption)
    .addOption(progressOption)
    .action((options) =>
      withRun(context, options.progress, async (run) => {
        const startedAt = performance.now();
        const recipe = recipeOf(options);
        const { protocol, seed } = options;
        const request = { recipe, protocol, negatives: negativesOf(options), seed };
        const { modelDir } = run.config;
        run.logger.info({ ...request, modelDir }, 'settings');

        const { version, manifest, evaluation } = await withDatabase(run, (database) =>
          withTrainingNote(modelDir, run.progress, (progress) => {
            const deps = { ...run, progress, concurrency: options.threads, database, modelDir };
            return train(request, { ...deps, now: () => new Date() });
          }),
        );
        const seconds = (performance.now() - startedAt) / 1000;
        const folder = versionDir(modelDir, version);
        run.progress.close();
        printResult(
          run,
          options.json,
          () => ({
            version,
            folder,
            ...manifest,
            seconds,
            evaluation: evaluation && toJson(evaluation, seconds),
          }),
          () =>
            `${evaluation ? `${toText(evaluation, seconds)}\n` : ''}published version ${version}: ${folder}\n`,
        );
      }),
    );
}
