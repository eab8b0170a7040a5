import { toLoadedModel, type LoadedModel } from '@pocketrocket/model';
import {
  readArtifact,
  servedArtifact,
  servingSettingsSchema,
  type DataAtHand,
  type Manifest,
} from '@pocketrocket/model/artifact';
import { FIRST_OVERLAY_MOVIE_ID, MovieEntity, type Database } from '@pocketrocket/schema/database';
import { AppError, type Logger } from '@pocketrocket/runtime';
import { readDataset } from './database.ts';

/**
 * Loads what the server would serve.
 * @param logger is told of published versions that cannot be used
 * @throws AppError NOT_FOUND when no model was trained; ARTIFACT_INVALID with the reason when none fits, or when the first
 *   that fits cannot be used
 */
export async function loadPublishedModel(
  database: Database,
  modelDir: string,
  logger?: Pick<Logger, 'warn'>,
): Promise<LoadedModel> {
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
  for (const { version, reason } of refused)
    logger?.warn(
      { published: version, used: artifact.manifest.version, reason },
      'the published version cannot be used: an earlier one is',
    );
  return toLoadedModel(artifact);
}

/** Loads a version, whatever serves. @throws AppError ARTIFACT_INVALID naming what is missing or altered */
export async function loadVersion(modelDir: string, version: number): Promise<LoadedModel> {
  return toLoadedModel(await readArtifact(modelDir, version));
}

/**
 * The manifest of the published version that this release can serve on the database's data; null where there is none.
 * @throws AppError BAD_DATA when nothing was imported yet
 */
export async function servedManifest(database: Database, modelDir: string): Promise<Manifest | null> {
  const { artifact } = await servedArtifact(modelDir, await readDataAtHand(database));
  if (artifact === null || !servingSettingsSchema.safeParse(artifact.manifest.serving).success) return null;
  return artifact.manifest;
}

/**
 * Reads the identity and the movies of the database, to tell whether a version belongs to it.
 * @throws AppError BAD_DATA when nothing was imported yet
 */
export async function readDataAtHand(database: Database): Promise<DataAtHand> {
  const dataset = await readDataset(database);
  const movieIds = await readMovieIds(database);
  return {
    datasetName: dataset.name,
    datasetIdentity: dataset.identity,
    hasMovie: (movieId) => movieId >= FIRST_OVERLAY_MOVIE_ID || movieIds.has(movieId),
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
