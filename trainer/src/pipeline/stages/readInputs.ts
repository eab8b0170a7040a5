import type { ItemFacts } from '@pocketrocket/engine';
import type { Manifest } from '@pocketrocket/model/artifact';
import type { Published } from '@pocketrocket/model/publication';
import { AppError } from '@pocketrocket/runtime';
import type { Database, DatasetEntity } from '@pocketrocket/schema/database';
import { countOverlayMovies, isOfApp, readDataset } from '../../data/database.ts';
import { readReleaseYears } from '../../data/movies.ts';
import { itemFactsOf } from '../../data/ratingTable.ts';
import { checkLearnable, nothingLiked } from '../evaluation/learnability.ts';
import { servingManifest } from '../gate/servingRecipe.ts';
import type { RunRatings } from '../ratings/ratings.ts';

/** The remedy for data from which nothing can be learnt, as the end of a sentence. */
export const REMEDY = 'import more with `npm run seed`';

/** Everything that a training run starts from. */
export interface TrainingInputs {
  dataset: DatasetEntity;
  /** Published when the run began, on disk and in Redis. */
  published: Published;
  /** The manifest of the version that serves this data set; null where none does. */
  serving: Manifest | null;
  facts: ItemFacts;
  /** Every rating of the data set and of apps' users. */
  ratings: RunRatings;
  overlay: NonNullable<Manifest['overlay']>;
}

export interface ReadInputsDeps {
  database: Database;
  modelDir: string;
  signal: AbortSignal;
  readPublished(): Promise<Published>;
  readRatings(dataset: DatasetEntity): Promise<RunRatings>;
}

/**
 * Reads what is published, what serves and every rating of the data set.
 * @throws AppError BAD_DATA for data from which nothing can be learnt; ARTIFACT_INVALID when it cannot be told what serves
 */
export async function readInputs(deps: ReadInputsDeps): Promise<TrainingInputs> {
  const published = await deps.readPublished();
  const dataset = await readDataset(deps.database);
  const serving = await servingManifest(deps.modelDir, dataset.identity);
  const ratings = await deps.readRatings(dataset);
  checkLearnable(ratings.everything, REMEDY);
  const problem = nothingLiked(ratings.facts);
  if (problem !== null) throw new AppError('BAD_DATA', `${problem}; ${REMEDY}`);
  const facts = itemFactsOf(await readReleaseYears(deps.database), ratings.ids);
  deps.signal.throwIfAborted();
  const overlay = await overlayOf(deps.database, ratings);
  return { dataset, published, serving, facts, ratings, overlay };
}

/** Counts what apps have added: users by the ids of the run, since an export may be older than the database. */
async function overlayOf(
  database: Database,
  { ids: { users }, everything: { userCounts } }: RunRatings,
): Promise<TrainingInputs['overlay']> {
  const counted = { users: 0, ratings: 0 };
  users.ids.forEach((userId, userIndex) => {
    if (!isOfApp(userId)) return;
    counted.users++;
    counted.ratings += userCounts[userIndex] ?? 0;
  });
  return { ...counted, movies: await countOverlayMovies(database) };
}
