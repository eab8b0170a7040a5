import {
  listVersions,
  misfitOf,
  readArtifact,
  readCurrentVersion,
  servingOrder,
  type DataAtHand,
} from '@pocketrocket/model/artifact';
import { FIRST_OVERLAY_MOVIE_ID, inspectDatabase } from '@pocketrocket/schema/database';
import { AppError, messageOf, type Config } from '@pocketrocket/runtime';
import { toLoadedModel } from '@pocketrocket/model';
import { about, type Finding } from '../finding.ts';

const { ok, warn, fail } = about('models');
const TRAIN = 'npm run trainer -- train';

/** Checks that versions are complete and fit the data, and finds the one that serves. */
export async function lookAtModels(config: Config): Promise<Finding[]> {
  const { modelDir } = config;
  const versions = await listVersions(modelDir);
  if (versions.length === 0) {
    return [
      config.redisUrl === null
        ? warn(`there is none in ${modelDir}: popular films are served`, TRAIN)
        : ok(`none in ${modelDir}: they come from Redis`),
    ];
  }
  const findings: Finding[] = [];
  try {
    await readCurrentVersion(modelDir);
  } catch (error) {
    findings.push(fail(messageOf(error), 'npm run trainer -- publish <version>'));
  }
  const data = await dataAtHand(config).catch(() => null);
  const order = await servingOrder(modelDir).catch(() => versions);
  const refused: { version: number; reason: string }[] = [];
  let served: number | null = null;
  for (const version of order) {
    const reason = await problemOf(modelDir, version, data);
    if (reason === null) {
      served = version;
      break;
    }
    refused.push({ version, reason });
  }
  const advice =
    served === null ? TRAIN : `${TRAIN}, or serve version ${served}: npm run trainer -- publish ${served}`;
  for (const [place, { version, reason }] of refused.entries())
    findings.push(
      place === 0
        ? fail(`version ${version} is published but cannot serve: ${reason}`, advice)
        : warn(`version ${version} cannot serve either: ${reason}`),
    );
  const whole = `${versions.length} in ${modelDir}`;
  findings.push(
    served === null
      ? fail(`${whole}, none of which can serve`, TRAIN)
      : ok(`${whole}; version ${served} serves`),
  );
  return findings;
}

/** Why a version cannot serve; null where it can. */
async function problemOf(modelDir: string, version: number, data: DataAtHand | null): Promise<string | null> {
  try {
    const artifact = await readArtifact(modelDir, version);
    toLoadedModel(artifact);
    return data === null ? null : misfitOf(artifact, data);
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

/** Null where there are no data to compare with. */
async function dataAtHand({ databaseUrl }: Config): Promise<DataAtHand | null> {
  const inspection = await inspectDatabase({ url: databaseUrl });
  if (inspection === null) return null;
  try {
    const [dataset] = await inspection.query<{ name: string; identity: string }>(
      'SELECT name, identity FROM dataset',
    );
    if (dataset === undefined) return null;
    const movies = await inspection.query<{ movieId: number }>('SELECT movieId FROM movie');
    const ids = new Set(movies.map(({ movieId }) => Number(movieId)));
    return {
      datasetName: dataset.name,
      datasetIdentity: dataset.identity,
      hasMovie: (movieId) => movieId >= FIRST_OVERLAY_MOVIE_ID || ids.has(movieId),
    };
  } finally {
    await inspection.close();
  }
}
