import { IdMap, modelFromTensors, type RecommenderModel } from '@pocketrocket/engine';
import {
  ITEM_IDS,
  servedArtifact,
  servingSettingsSchema,
  USER_IDS,
  type Artifact,
  type DataAtHand,
  type Manifest,
} from '@pocketrocket/model/artifact';
import { MovieEntity, type Database } from '@pocketrocket/schema/database';
import { AppError } from '@pocketrocket/runtime';
import { readDataset } from './database.ts';

/** The published model that fits the database, ready to answer. */
export interface ServedArtifact {
  manifest: Manifest;
  model: RecommenderModel;
  users: IdMap;
  items: IdMap;
}

/**
 * Loads what the server would serve.
 * @throws AppError NOT_FOUND when no model was trained, ARTIFACT_INVALID when none fits, with the reason
 */
export async function loadServedArtifact(database: Database, modelDir: string): Promise<ServedArtifact> {
  const { artifact, refused } = await servedArtifact(modelDir, await readDataAtHand(database));
  if (!artifact) {
    const [newest] = refused;
    if (!newest)
      throw new AppError(
        'NOT_FOUND',
        `no model is published in ${modelDir}; run \`npm run trainer -- train\` first`,
      );
    throw new AppError(
      'ARTIFACT_INVALID',
      `no model fits: version ${newest.version}: ${newest.reason}; train again`,
    );
  }
  return toServed(artifact);
}

/**
 * The published version that this release can serve on the database's data; null where there is none.
 * @throws AppError BAD_DATA when nothing was imported yet
 */
export async function servedVersion(database: Database, modelDir: string): Promise<number | null> {
  const { artifact } = await servedArtifact(modelDir, await readDataAtHand(database));
  if (artifact === null || !servingSettingsSchema.safeParse(artifact.manifest.serving).success) return null;
  return artifact.manifest.version;
}

/**
 * What the database holds, to tell whether a version belongs to it.
 * @throws AppError BAD_DATA when nothing was imported yet
 */
export async function readDataAtHand(database: Database): Promise<DataAtHand> {
  const dataset = await readDataset(database);
  const movieIds = await readMovieIds(database);
  return {
    datasetName: dataset.name,
    datasetIdentity: dataset.identity,
    hasMovie: (movieId) => movieIds.has(movieId),
  };
}

/** Puts the model of an artifact together. */
export function toServed({ manifest, tensors }: Artifact): ServedArtifact {
  return {
    manifest,
    model: modelFromTensors(tensors, servingSettingsSchema.parse(manifest.serving)),
    users: IdMap.from(tensors[USER_IDS]?.data ?? []),
    items: IdMap.from(tensors[ITEM_IDS]?.data ?? []),
  };
}

async function readMovieIds({ dataSource }: Database): Promise<Set<number>> {
  const rows = await dataSource
    .getRepository(MovieEntity)
    .createQueryBuilder('movie')
    .select('movie.movieId', 'movieId')
    .getRawMany<{ movieId: number }>();
  return new Set(rows.map(({ movieId }) => movieId));
}

/** The movies' titles with years, by id. */
export async function readTitles(
  { dataSource }: Database,
  movieIds: readonly number[],
): Promise<Map<number, string>> {
  if (movieIds.length === 0) return new Map();
  const movies = await dataSource
    .getRepository(MovieEntity)
    .createQueryBuilder('movie')
    .where('movie.movieId IN (:...movieIds)', { movieIds })
    .getMany();
  return new Map(
    movies.map(({ movieId, title, releaseYear }) => [
      movieId,
      releaseYear ? `${title} (${releaseYear})` : title,
    ]),
  );
}
