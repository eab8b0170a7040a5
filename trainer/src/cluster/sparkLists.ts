import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { artifactDir } from '@pocketrocket/model/artifact';
import type { Logger } from '@pocketrocket/runtime';
import type { CatalogueMovie } from '../data/catalogue.ts';
import type { ListFolder } from '../lists/listFolder.ts';
import type { PartsDone } from '../lists/listMaker.ts';
import type { ListRun } from '../lists/listRun.ts';
import type { SparkRun } from './sparkRun.ts';

const ASK_EVERY_MS = 1_000;

const contentSchema = z.object({ names: z.array(z.string()), text: z.string().nullable() });
const doneSchema = z.object({ parts: z.number(), users: z.number() });

/** A folder by its URI, as Spark reaches it. */
export function folderOnSpark(spark: SparkRun, uri: string): ListFolder {
  const look = async (name: string | null) =>
    contentSchema.parse(await spark.request('look', { folder: uri, name }));
  return {
    place: uri,
    names: async () => (await look(null)).names,
    readText: async (name) => (await look(name)).text,
    writeText: async (name, text) => void (await spark.request('write', { folder: uri, name, text })),
    remove: async (names) => void (await spark.request('remove', { folder: uri, names })),
  };
}

/** The lists that tasks make, and what they need for it. */
export interface SparkLists {
  run: ListRun;
  missing: readonly number[];
  /** The place of the parts: a URI that driver and executors reach alike. */
  out: string;
  modelDir: string;
  catalogue: readonly CatalogueMovie[];
}

/**
 * Makes parts of a run of lists, each in a task of its own.
 * @param onDone told from time to time
 * @throws AppError DATASET_MISMATCH, NOT_FOUND, BAD_DATA, UPSTREAM_UNAVAILABLE; parts that are done stay
 */
export async function makeListsOnSpark(
  spark: SparkRun,
  { run, missing, out, modelDir, catalogue }: SparkLists,
  onDone: (done: PartsDone) => void,
  logger: Logger,
): Promise<void> {
  const movies = join(spark.folder, 'catalogue.json');
  await writeFile(movies, JSON.stringify(catalogue));
  const { identity, modelVersion, top, parts } = run;
  const model = artifactDir(modelDir, modelVersion);
  const settled = new AbortController();
  const made = spark
    .request('lists', {
      source: spark.source,
      identity,
      out,
      parts,
      missing,
      version: modelVersion,
      top,
      inputs: {
        [relative(modelDir, model)]: model,
        'catalogue.json': movies,
      },
    })
    .finally(() => settled.abort());
  const [usage] = await Promise.all([made, watch(spark, onDone, settled.signal)]);
  logger.info(usage, 'lists made on Spark');
  onDone(doneSchema.parse(usage));
}

/** Says how far the lists are until the signal is aborted. */
async function watch(spark: SparkRun, onDone: (done: PartsDone) => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await setTimeout(ASK_EVERY_MS, null, { signal }).catch(() => undefined);
    if (!signal.aborted) onDone(doneSchema.parse(await spark.request('listsDone', {})));
  }
}
