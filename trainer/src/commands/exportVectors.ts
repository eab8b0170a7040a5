import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { Command, Option } from '@commander-js/extra-typings';
import { historyWeights, RECENCY_TAU, userVector, type HistoryEntry } from '@pocketrocket/engine';
import type { LoadedModel } from '@pocketrocket/model';
import type { Database } from '@pocketrocket/schema/database';
import { type Progress, AppError } from '@pocketrocket/runtime';
import { stringify } from 'csv-stringify';
import { readRatings } from '../data/database.ts';
import { toNpy } from '../tensors/npy.ts';
import { loadPublishedModel } from '../data/publishedModel.ts';
import { printResult, withDatabase, withRun } from './common/context.ts';
import type { CommandContext } from './common/context.ts';
import { jsonOption, progressOption } from './common/options.ts';

export function exportVectorsCommand(context: CommandContext) {
  return new Command('export-vectors')
    .description(
      "Write the published model's vectors with external ids. A user vector's inner product with an item vector is " +
        "item2vec's part of what candidates are retrieved by.",
    )
    .addOption(new Option('--items', 'the item vectors that are searched (OUT)').conflicts('users'))
    .option('--users', 'the query vectors of all users who rated something the model knows')
    .addOption(
      new Option(
        '--format <name>',
        'csv: id, then the numbers; npy: float32, with the ids beside it: items.ids.npy beside items.npy',
      )
        .choices(['csv', 'npy'] as const)
        .default('csv' as const),
    )
    .requiredOption('--out <file>', 'where to write them')
    .addOption(jsonOption)
    .addOption(progressOption)
    .action((options) =>
      withRun(context, options.progress, async (run) => {
        const { items, users, format, out } = options;
        if (!items && !users)
          throw new AppError('BAD_USER_INPUT', 'choose the vectors to export: --items or --users');
        const vectors = await withDatabase(run, async (database) => {
          const model = await loadPublishedModel(database, run.config.modelDir, run.logger);
          return users ? await userVectors(model, database, run.progress) : itemVectors(model);
        });
        run.progress.close();
        const files = format === 'csv' ? await writeCsv(out, vectors) : await writeNpy(out, vectors);
        const { ids, dim } = vectors;
        printResult(
          run,
          options.json,
          () => ({ files, rows: ids.length, dim }),
          () => `${files.join(', ')}: ${ids.length} vectors of ${dim} numbers\n`,
        );
      }),
    );
}

interface IdentifiedVectors {
  idName: 'movieId' | 'userId';
  /** [n] external. */
  ids: Int32Array;
  dim: number;
  /** [n × dim] row-major. */
  vectors: Float32Array;
}

function itemVectors({ recommender, items }: LoadedModel): IdentifiedVectors {
  const { outVectors, dim } = recommender.item2vec;
  return { idName: 'movieId', ids: items.ids, dim, vectors: outVectors };
}

async function userVectors(
  { recommender, items }: LoadedModel,
  database: Database,
  progress: Progress,
): Promise<IdentifiedVectors> {
  const { item2vec } = recommender;
  const table = await readRatings(database, progress);
  const histories = new Map<number, HistoryEntry[]>();
  table.userIds.forEach((userId, row) => {
    const itemIndex = items.indexOf(table.movieIds[row] ?? -1);
    if (itemIndex < 0) return;
    const entry = { itemIndex, rating: table.ratings[row] ?? NaN };
    const history = histories.get(userId);
    if (history) history.push(entry);
    else histories.set(userId, [entry]);
  });
  const vectors = new Float32Array(histories.size * item2vec.dim);
  [...histories.values()].forEach((history, row) => {
    vectors.set(
      userVector(history, historyWeights(history, RECENCY_TAU.item2vecRecent), item2vec),
      row * item2vec.dim,
    );
  });
  return { idName: 'userId', ids: Int32Array.from(histories.keys()), dim: item2vec.dim, vectors };
}

async function writeCsv(file: string, { idName, ids, dim, vectors }: IdentifiedVectors): Promise<string[]> {
  const columns = [idName, ...Array.from({ length: dim }, (_, d) => `v${d}`)];
  const records = function* (): Generator<number[]> {
    for (const [row, id] of ids.entries()) yield [id, ...vectors.subarray(row * dim, (row + 1) * dim)];
  };
  await pipeline(records, stringify({ header: true, columns }), createWriteStream(file));
  return [file];
}

async function writeNpy(file: string, { ids, dim, vectors }: IdentifiedVectors): Promise<string[]> {
  const idsFile = `${file.replace(/\.npy$/, '')}.ids.npy`;
  await writeFile(file, toNpy(vectors, [ids.length, dim]));
  await writeFile(idsFile, toNpy(ids, [ids.length]));
  return [file, idsFile];
}
