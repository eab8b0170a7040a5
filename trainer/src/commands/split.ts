import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Command, Option } from '@commander-js/extra-typings';
import type { InteractionRows } from '@pocketrocket/engine';
import { stringify } from 'csv-stringify';
import type { IdMaps } from '../data/ratingTable.ts';
import { DEFAULT_NEGATIVES, PROTOCOLS } from '../pipeline/evaluation/protocols.ts';
import { checkHoldout } from '../pipeline/evaluation/checkHoldout.ts';
import { readSplitTask } from '../pipeline/evaluation/readEvaluationTask.ts';
import { prepareTask } from '../pipeline/evaluation/evaluationTask.ts';
import type { PreparedTask } from '../pipeline/evaluation/evaluationTask.ts';
import { printResult, withRun } from './common/context.ts';
import type { CommandContext } from './common/context.ts';
import {
  allowSkippedOption,
  jsonOption,
  progressOption,
  scaleOption,
  seedOption,
  strictOption,
  timeUnitOption,
} from './common/options.ts';

export function splitCommand(context: CommandContext) {
  return new Command('split')
    .description(
      'Write the split that `evaluate --data` would make as files that `evaluate --train --holdout` takes: ' +
        'train.csv, holdout.csv and, for last-out-sampled, negatives.csv.',
    )
    .requiredOption('--data <folder or name>', 'anything that `npm run seed` can import')
    .requiredOption('--out <folder>', 'where the files go; made where it does not exist')
    .addOption(
      new Option('--protocol <name>', 'how it is split')
        .choices(PROTOCOLS)
        .default('last-out-sampled' as const),
    )
    .option('--negatives <number>', `negatives per user in last-out-sampled (default: ${DEFAULT_NEGATIVES})`)
    .addOption(scaleOption)
    .addOption(timeUnitOption)
    .addOption(allowSkippedOption)
    .addOption(strictOption)
    .addOption(seedOption)
    .addOption(jsonOption)
    .addOption(progressOption)
    .action((options) =>
      withRun(context, options.progress, async (run) => {
        const given = await readSplitTask(
          options.data,
          { ...options, reading: { ...options, say: (line) => run.logger.warn(line) } },
          context,
        );
        checkHoldout(given);
        const task = prepareTask(given);
        await mkdir(options.out, { recursive: true });
        const files = [
          await writeCsv(join(options.out, 'train.csv'), RATING_COLUMNS, ratingsOf(task.train, task.ids)),
          await writeCsv(join(options.out, 'holdout.csv'), RATING_COLUMNS, ratingsOf(task.holdout, task.ids)),
        ];
        if (task.negatives.kind !== 'none') {
          files.push(
            await writeCsv(join(options.out, 'negatives.csv'), ['userId', 'movieId'], negativesOf(task)),
          );
        }
        printResult(
          run,
          options.json,
          () => ({ protocol: task.protocol, seed: task.seed, users: task.cases.length, files }),
          () => files.map(({ file, rows }) => `${file}: ${rows} rows\n`).join(''),
        );
      }),
    );
}

const RATING_COLUMNS = ['userId', 'movieId', 'rating', 'timestamp'];

function* ratingsOf(rows: InteractionRows, { users, items }: IdMaps): Generator<(number | string)[]> {
  for (const [row, userIndex] of rows.userIndices.entries()) {
    const timestamp = rows.timestamps[row] ?? NaN;
    yield [
      users.externalId(userIndex),
      items.externalId(rows.itemIndices[row] ?? -1),
      rows.ratings[row] ?? NaN,
      Number.isNaN(timestamp) ? '' : timestamp,
    ];
  }
}

function* negativesOf({ cases, ids }: PreparedTask): Generator<number[]> {
  for (const { userIndex, negatives } of cases) {
    const userId = ids.users.externalId(userIndex);
    for (const itemIndex of negatives ?? []) yield [userId, ids.items.externalId(itemIndex)];
  }
}

async function writeCsv(
  file: string,
  columns: string[],
  records: Iterable<unknown[]>,
): Promise<{ file: string; rows: number }> {
  let rows = 0;
  const counted = function* (): Generator<unknown[]> {
    for (const record of records) {
      rows++;
      yield record;
    }
  };
  await pipeline(counted, stringify({ header: true, columns }), createWriteStream(file));
  return { file, rows };
}
