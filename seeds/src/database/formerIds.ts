import { DATASET_NAMESPACE, FORMER_NAMESPACE } from '@pocketrocket/schema/database';
import type { Dataset } from '../dataset/dataset.ts';
import { InsertLoader, type Queries } from './bulkInsert.ts';
import type { TableNames } from './tables.ts';

/** An id as a data set's files wrote it, and the movie's number. */
interface FormerId {
  externalId: string;
  movieId: number;
}

/** Reads the ids of movies that apps' events name, before the data set goes that has these. */
export async function readNamedIds(queries: Queries): Promise<FormerId[]> {
  return (await queries.query(
    `SELECT externalId, movieId FROM movie_external_id
     WHERE namespace IN (?, ?) AND movieId IN (SELECT movieId FROM app_event) ORDER BY externalId`,
    [DATASET_NAMESPACE, FORMER_NAMESPACE],
  )) as FormerId[];
}

/** Keeps those that the data set lacks, so that their movies have their numbers again when they come back. */
export async function writeFormerIds(
  queries: Queries,
  names: TableNames,
  ids: readonly FormerId[],
  dataset: Dataset,
): Promise<void> {
  const present = new Set([...dataset.ids.movies.entries()].map(([, externalId]) => externalId));
  await new InsertLoader(queries, names).load(
    'movie_external_id',
    ['namespace', 'externalId', 'movieId'],
    ids
      .filter(({ externalId }) => !present.has(externalId))
      .map(({ externalId, movieId }) => [FORMER_NAMESPACE, externalId, movieId]),
  );
}
