import { Command, Option } from '@commander-js/extra-typings';
import { AppError } from '@pocketrocket/runtime';
import { checkLearnable, countsOf, nothingLiked } from '../pipeline/evaluation/learnability.ts';
import { evaluate } from '../pipeline/evaluate.ts';
import { DEFAULT_NEGATIVES, PROTOCOLS } from '../pipeline/evaluation/protocols.ts';
import type { Protocol } from '../pipeline/evaluation/protocols.ts';
import type { ReadingOptions } from '../data/csv.ts';
import { checkHoldout } from '../pipeline/evaluation/checkHoldout.ts';
import { readGivenTask, readSplitTask } from '../pipeline/evaluation/readEvaluationTask.ts';
import type { EvaluationTask } from '../pipeline/evaluation/evaluationTask.ts';
import { factsOfRows } from '../pipeline/ratings/ratingFacts.ts';
import { toJson, toText } from '../report/evaluationText.ts';
import { printResult, withRun } from './common/context.ts';
import type { CommandContext } from './common/context.ts';
import {
  allowSkippedOption,
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
  scaleOption,
  seedOption,
  strictOption,
  threadsOption,
  timeUnitOption,
} from './common/options.ts';

export function evaluateCommand(context: CommandContext) {
  return new Command('evaluate')
    .description(
      'Measure how well each model finds held-out ratings. Needs no database: either --data with a protocol, ' +
        'or --train and --holdout with files (userId,movieId,rating,timestamp; CSV or CSV.gz).',
    )
    .option('--data <folder or name>', 'anything that `npm run seed` can import; split here')
    .addOption(
      new Option('--protocol <name>', 'how --data is split')
        .choices(PROTOCOLS)
        .default('last-out-sampled' as const)
        .conflicts(['train', 'holdout']),
    )
    .option('--train <file>', 'ratings to learn from')
    .option('--holdout <file>', 'ratings to find again')
    .option(
      '--negatives <number or file>',
      `movies that held-out ones are ranked against: a number of unseen movies per user (last-out-sampled: ${DEFAULT_NEGATIVES}), ` +
        'or a file of userId,movieId; without it, the whole catalogue',
    )
    .addOption(scaleOption)
    .addOption(timeUnitOption)
    .addOption(allowSkippedOption)
    .addOption(strictOption)
    .addOption(backendOption)
    .addOption(seedOption)
    .addOption(quickOption)
    .addOption(budgetOption.default(12))
    .addOption(item2vecEpochsOption)
    .addOption(neuralCFEpochsOption)
    .addOption(sequenceOption)
    .addOption(noSequenceOption)
    .addOption(threadsOption)
    .addOption(jsonOption)
    .addOption(progressOption)
    .action((options) =>
      withRun(context, options.progress, async (run) => {
        const startedAt = performance.now();
        const task = await readTask(
          { ...options, reading: { ...options, say: (line) => run.logger.warn(line) } },
          context,
        );
        checkHoldout(task);
        const { ids, train } = task;
        const counts = {
          userCounts: countsOf(train.userIndices, ids.users.size),
          itemCounts: countsOf(train.itemIndices, ids.items.size),
        };
        checkLearnable(counts, 'give a larger training set');
        // Implicit feedback may come with a constant for a rating: worth a word, not a refusal.
        const problem = nothingLiked(factsOfRows(train));
        if (problem !== null) run.logger.warn(problem);
        const recipe = recipeOf(options);
        run.logger.info(
          { recipe, protocol: task.protocol, seed: task.seed, negatives: task.negatives.kind },
          'settings',
        );
        const deps = { ...run, concurrency: options.threads };
        const evaluation = await evaluate(task, recipe, deps);
        const seconds = (performance.now() - startedAt) / 1000;
        run.progress.close();
        printResult(
          run,
          options.json,
          () => toJson(evaluation, seconds),
          () => toText(evaluation, seconds),
        );
      }),
    );
}

interface TaskOptions {
  data?: string;
  protocol: Protocol;
  train?: string;
  holdout?: string;
  negatives?: string;
  seed: number;
  reading: ReadingOptions;
}

async function readTask(options: TaskOptions, context: CommandContext): Promise<EvaluationTask> {
  const { data, train, holdout } = options;
  if (data !== undefined && train === undefined && holdout === undefined) {
    return readSplitTask(data, options, context);
  }
  if (data === undefined && train !== undefined && holdout !== undefined) {
    return readGivenTask({ ...options, train, holdout });
  }
  throw new AppError('BAD_USER_INPUT', 'give either --data, or both --train and --holdout');
}
