import { resolve } from 'node:path';
import { Command, Option } from '@commander-js/extra-typings';
import { toLoadedModel, type LoadedModel } from '@pocketrocket/model';
import { MODEL_NAME, readArtifact, writeVersionFile } from '@pocketrocket/model/artifact';
import { RedisLink, RedisModelStore } from '@pocketrocket/model/redis';
import { AppError } from '@pocketrocket/runtime';
import { NEXT_ITEM, SAVED_MODEL_FILE, SIGNATURES } from '@pocketrocket/model/savedModel';
import { loadPublishedModel } from '../data/publishedModel.ts';
import { followPublished } from '../savedModel/followPublished.ts';
import { neuralCFSavedModel } from '../savedModel/neuralCFSavedModel.ts';
import { printResult, withDatabase, withRun } from './common/context.ts';
import type { CommandContext, CommandRun } from './common/context.ts';
import { jsonOption, parsePositiveNumber, progressOption } from './common/options.ts';

export function exportCommand(context: CommandContext) {
  return new Command('export')
    .description(
      'Write NeuralCF as a TensorFlow SavedModel, <dir>/recmodel/<version>/saved_model.pb, for TensorFlow Serving and ' +
        'other programs that read that format. A published version has it already, in MODEL_DIR.',
    )
    .requiredOption('--out <dir>', 'the folder of recmodel/, created if missing')
    .addOption(
      new Option('--model-version <number>', 'which version (default: the one that is served)').argParser(
        parsePositiveNumber,
      ),
    )
    .addOption(
      new Option(
        '--follow',
        'until it is stopped, keep what is published in REDIS_URL there: the version that serves, and the one that a rollback would reach',
      ).conflicts(['modelVersion', 'json']),
    )
    .addOption(jsonOption)
    .addOption(progressOption)
    .action((options) =>
      withRun(context, options.progress, async (run) => {
        if (options.follow) return follow(run, resolve(options.out));
        const { version, recommender, users, items } = await modelOf(run, options.modelVersion);
        if (!recommender.neuralCF)
          throw new AppError(
            'NOT_FOUND',
            `model version ${version} has no NeuralCF; run \`npm run trainer -- train\``,
          );
        const bytes = neuralCFSavedModel(
          recommender.neuralCF,
          { userIds: users.ids, movieIds: items.ids },
          recommender.sequence,
        );
        const signatures = [...SIGNATURES, ...(recommender.sequence ? [NEXT_ITEM] : [])];
        const out = resolve(options.out);
        const file = await writeVersionFile(out, version, { path: SAVED_MODEL_FILE, bytes });
        printResult(
          run,
          options.json,
          () => ({
            version,
            file,
            bytes: bytes.byteLength,
            users: users.size,
            movies: items.size,
            signatures,
          }),
          () =>
            `${file}: NeuralCF of version ${version}, ${users.size} users, ${items.size} movies, ` +
            `${(bytes.byteLength / 1e6).toFixed(1)} MB; signatures ${signatures.join(', ')}\n` +
            `TensorFlow Serving: --model_name=${run.config.modelName} --model_base_path=${resolve(out, MODEL_NAME)}\n`,
        );
      }),
    );
}

async function modelOf(run: CommandRun, version: number | undefined): Promise<LoadedModel> {
  const { modelDir } = run.config;
  if (version !== undefined) return toLoadedModel(await readArtifact(modelDir, version));
  return withDatabase(run, (database) => loadPublishedModel(database, modelDir, run.logger));
}

async function follow({ config, logger, stdout, signal }: CommandRun, out: string): Promise<void> {
  const { redisUrl, modelName } = config;
  if (redisUrl === null)
    throw new AppError(
      'BAD_USER_INPUT',
      '--follow takes models from Redis: set REDIS_URL. Without Redis, TensorFlow Serving reads MODEL_DIR itself',
    );
  const link = new RedisLink({ url: redisUrl, name: 'pocketrocket-export', logger });
  try {
    await link.connected();
    await followPublished(
      {
        store: new RedisModelStore(link, modelName),
        out,
        logger,
        onWritten: (file, version) => stdout.write(`${file}: NeuralCF of version ${version}\n`),
      },
      signal,
    );
  } finally {
    link.close();
  }
}
