import type { InteractionRows } from '@pocketrocket/engine';
import { RatingIds } from '@pocketrocket/formats';
import { AppError } from '@pocketrocket/runtime';
import { countsToStars } from '../../data/countsToStars.ts';
import { readNegativesCsv, readRatingsCsv, type ReadingOptions } from '../../data/csv.ts';
import { idMapsOf, itemFactsOf, toInteractionRows } from '../../data/ratingTable.ts';
import type { IdMaps } from '../../data/ratingTable.ts';
import { readSourceData } from '../../data/seeds.ts';
import type { SeedDeps } from '../../data/seeds.ts';
import { factsOfRows } from '../ratings/ratingFacts.ts';
import { checkTimes } from './checkHoldout.ts';
import { DEFAULT_NEGATIVES, inferShape, protocolName, shapeOf } from './protocols.ts';
import type { Protocol } from './protocols.ts';
import { taskOf } from './evaluationTask.ts';
import type { EvaluationTask, Negatives } from './evaluationTask.ts';

/** Request to split a source; `negatives` is a number as text. */
export interface SplitRequest {
  protocol: Protocol;
  negatives?: string;
  seed: number;
  /** The options by which the source's files are read. */
  reading?: ReadingOptions;
}

/**
 * Reads a source and splits it by a protocol.
 * @throws AppError BAD_USER_INPUT when the negatives do not go with the protocol; BAD_DATA when it splits by times and there are none
 */
export async function readSplitTask(
  source: string,
  request: SplitRequest,
  deps: SeedDeps,
): Promise<EvaluationTask> {
  const negatives = negativesOf(request);
  const { ratings, releaseYears } = await readSourceData(source, request.reading ?? {}, deps);
  const ids = idMapsOf([ratings]);
  const facts = itemFactsOf(releaseYears, ids);
  const { protocol, seed } = request;
  const shape = shapeOf(protocol);
  checkTimes(factsOfRows(ratings), shape, request.reading?.say ?? (() => {}));
  return taskOf(toInteractionRows(ratings, ids), { protocol, ids, facts, shape, negatives, seed });
}

/**
 * Resolves the items that a protocol ranks held-out ones against.
 * @throws AppError BAD_USER_INPUT when the negatives asked for do not go with the protocol
 */
export function negativesOf({
  protocol,
  negatives,
}: Pick<SplitRequest, 'protocol' | 'negatives'>): Negatives {
  if (protocol !== 'last-out-sampled') {
    if (negatives === undefined) return { kind: 'none' };
    throw new AppError('BAD_USER_INPUT', `${protocol} ranks the whole catalogue; leave out --negatives`);
  }
  const count = negatives === undefined ? DEFAULT_NEGATIVES : Number(negatives);
  if (Number.isInteger(count) && count > 0) return { kind: 'sampled', count };
  throw new AppError(
    'BAD_USER_INPUT',
    `--negatives must be a number of movies here, not "${String(negatives)}"`,
  );
}

/** Files that already are split; `negatives` is a number as text or another file. */
export interface GivenFiles {
  train: string;
  holdout: string;
  negatives?: string;
  seed: number;
  /** The options by which the files of ratings are read. */
  reading?: ReadingOptions;
}

/**
 * Reads a split that is given as files and infers from its users and times how it was made.
 * @throws AppError BAD_DATA where held-out ratings are among those to learn from
 */
export async function readGivenTask({
  train: trainPath,
  holdout: holdoutPath,
  negatives: numberOrPath,
  seed,
  reading: asked = {},
}: GivenFiles): Promise<EvaluationTask> {
  const fileIds = new RatingIds();
  const reading = { ...asked, ids: fileIds };
  const trainTable = await readRatingsCsv(trainPath, reading);
  const holdoutTable = await readRatingsCsv(holdoutPath, reading);
  if (reading.scale === 'counts') countsToStars([trainTable, holdoutTable]);
  const count = /^[1-9]\d*$/.test(numberOrPath ?? '') ? Number(numberOrPath) : undefined;
  const given =
    numberOrPath !== undefined && count === undefined
      ? await readNegativesCsv(numberOrPath, fileIds)
      : undefined;

  const ids = idMapsOf([trainTable, holdoutTable], given && [...given.values()].flat());
  const train = toInteractionRows(trainTable, ids);
  const holdout = toInteractionRows(holdoutTable, ids);
  refuseLeakage(train, holdout, ids, { train: trainPath, holdout: holdoutPath });
  const shape = inferShape(train, holdout);
  let negatives: Negatives = { kind: 'none' };
  if (count !== undefined) negatives = { kind: 'sampled', count };
  else if (given) negatives = { kind: 'given', byUser: toDense(given, ids) };
  return {
    protocol: protocolName(shape, negatives.kind !== 'none'),
    ids,
    facts: { releaseYears: null },
    train,
    holdout,
    shape,
    negatives,
    seed,
  };
}

/** A movie that the user is known to have rated is no movie to be found: measures of it say nothing. */
function refuseLeakage(
  train: InteractionRows,
  holdout: InteractionRows,
  { users, items }: IdMaps,
  paths: { train: string; holdout: string },
): void {
  const pairOf = ({ userIndices, itemIndices }: InteractionRows, row: number): number =>
    (userIndices[row] ?? 0) * items.size + (itemIndices[row] ?? 0);
  const learnt = new Set(Array.from(train.userIndices.keys(), (row) => pairOf(train, row)));
  const leaked = [...holdout.userIndices.keys()].filter((row) => learnt.has(pairOf(holdout, row)));
  const [first] = leaked;
  if (first === undefined) return;
  const userId = users.externalId(holdout.userIndices[first] ?? 0);
  const movieId = items.externalId(holdout.itemIndices[first] ?? 0);
  throw new AppError(
    'BAD_DATA',
    `${leaked.length} of ${holdout.userIndices.length} rows of ${paths.holdout} are in ${paths.train} too, such as user ${userId} and movie ` +
      `${movieId}: a model finds what it was shown. Remove them from one of the files, or let --data and a protocol split`,
  );
}

function toDense(
  movieIdsByUser: ReadonlyMap<number, number[]>,
  { users, items }: IdMaps,
): Map<number, Int32Array> {
  return new Map(
    [...movieIdsByUser].map(([userId, movieIds]) => [
      users.indexOf(userId),
      Int32Array.from(movieIds, (movieId) => items.indexOf(movieId)),
    ]),
  );
}
