import {
  roundHalfEven,
  splitByTime,
  splitLastOut,
  splitOneOut,
  splitUserOrdered,
  splitUserStratified,
  type InteractionRows,
  type Split,
} from '@pocketrocket/engine';

/** Evaluation protocols: the choice of held-out interactions and the items they are ranked against; see `docs/trainer.md`. */
export const PROTOCOLS = ['last-out-sampled', 'last-out', 'user-75-25', 'time'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** Negatives a user in `last-out-sampled` where no other number is asked for (He et al. 2017). */
export const DEFAULT_NEGATIVES = 99;

/**
 * Shape of a holdout; the inner split copies it, but for serving (`shapeInTime`).
 *
 * - `last-out`: of each user the latest row
 * - `one-out`: of each user a row at random
 * - `user-stratified`: of each user a share at random
 * - `user-ordered`: of each user the latest share
 * - `time`: the latest share of the whole log
 */
export type SplitShape =
  | { kind: 'last-out' }
  | { kind: 'one-out' }
  | { kind: 'user-stratified' | 'user-ordered'; trainShare: number }
  | { kind: 'time'; holdoutShare: number };

export function shapeOf(protocol: Protocol): SplitShape {
  switch (protocol) {
    case 'last-out-sampled':
    case 'last-out':
      return { kind: 'last-out' };
    case 'user-75-25':
      return { kind: 'user-stratified', trainShare: 0.75 };
    case 'time':
      return { kind: 'time', holdoutShare: 0.2 };
  }
}

/**
 * The shape of the split by which settings are chosen for serving, which is asked for what comes next, however ratings are held
 * out to measure: of each user the last one in place of some at random. Where most ratings have no time it is the same shape.
 */
export function shapeInTime(
  shape: SplitShape,
  { numRatings, numUntimed }: { numRatings: number; numUntimed: number },
): SplitShape {
  const isRandom = shape.kind === 'user-stratified' || shape.kind === 'one-out';
  return isRandom && 2 * numUntimed < numRatings ? { kind: 'last-out' } : shape;
}

/** Splits rows in the given shape; the seed matters to the random shapes alone. */
export function splitRows(rows: InteractionRows, shape: SplitShape, seed: number): Split {
  switch (shape.kind) {
    case 'last-out':
      return splitLastOut(rows);
    case 'one-out':
      return splitOneOut(rows, seed);
    case 'user-stratified':
      return splitUserStratified(rows, seed, shape.trainShare);
    case 'user-ordered':
      return splitUserOrdered(rows, shape.trainShare);
    case 'time':
      return splitByTime(rows, shape.holdoutShare);
  }
}

/**
 * Tells from users and times alone how a given holdout was taken: one row a user is leave-one-out, of the last row unless times
 * say otherwise; nothing before the end of the training log is a time split; anything else was taken within users, the latest
 * rows where times say so, and otherwise rows at random.
 */
export function inferShape(train: InteractionRows, holdout: InteractionRows): SplitShape {
  const numHeldOut = holdout.userIndices.length;
  const follows = followsTraining(train, holdout);
  if (new Set(holdout.userIndices).size === numHeldOut)
    return { kind: follows === false ? 'one-out' : 'last-out' };
  const known = train.timestamps.filter((time) => !Number.isNaN(time));
  const trainEnd = known.reduce((end, time) => Math.max(end, time), -Infinity);
  // A comparison with NaN is false: a holdout of unknown time is no time split.
  if (known.length > 0 && holdout.timestamps.every((time) => time >= trainEnd)) {
    return { kind: 'time', holdoutShare: wholePercents(numHeldOut / (numHeldOut + known.length)) };
  }
  const kind = follows === true ? 'user-ordered' : 'user-stratified';
  return { kind, trainShare: inferTrainShare(train, holdout) };
}

/** Of the users of a holdout in time so many may have an earlier row: clocks are set, and rows are mended. */
const MOST_OUT_OF_ORDER = 0.05;

/**
 * True where each user's held-out rows are no earlier than the rows to learn from; null where no user's times are known. Users
 * with a held-out row of unknown time say nothing.
 */
function followsTraining(train: InteractionRows, holdout: InteractionRows): boolean | null {
  const trainEnd = new Map<number, number>();
  train.userIndices.forEach((userIndex, row) => {
    const time = train.timestamps[row] ?? NaN;
    if (time > (trainEnd.get(userIndex) ?? -Infinity)) trainEnd.set(userIndex, time);
  });
  const holdoutStart = new Map<number, number>();
  holdout.userIndices.forEach((userIndex, row) => {
    // NaN stays.
    const time = Math.min(holdout.timestamps[row] ?? NaN, holdoutStart.get(userIndex) ?? Infinity);
    holdoutStart.set(userIndex, time);
  });
  const users = [...holdoutStart].filter(
    ([userIndex, start]) => !Number.isNaN(start) && trainEnd.has(userIndex),
  );
  if (users.length === 0) return null;
  const earlier = users.filter(([userIndex, start]) => start < (trainEnd.get(userIndex) ?? NaN));
  return earlier.length <= MOST_OUT_OF_ORDER * users.length;
}

/** The protocol's own first: small data fit several. */
const COMMON_SHARES = [0.75, 0.5, 0.6, 0.7, 0.8, 0.9];

/** The common share that gives exactly these numbers of training rows to all users, else the share of all rows. */
function inferTrainShare(train: InteractionRows, holdout: InteractionRows): number {
  const numTrain = countByUser(train);
  const numHoldout = countByUser(holdout);
  const users = new Set([...numTrain.keys(), ...numHoldout.keys()]);
  const fits = (share: number): boolean =>
    [...users].every((userIndex) => {
      const inTrain = numTrain.get(userIndex) ?? 0;
      return inTrain === roundHalfEven(share * (inTrain + (numHoldout.get(userIndex) ?? 0)));
    });
  const overall = train.userIndices.length / (train.userIndices.length + holdout.userIndices.length);
  return COMMON_SHARES.find(fits) ?? wholePercents(overall);
}

function countByUser({ userIndices }: InteractionRows): Map<number, number> {
  const counts = new Map<number, number>();
  for (const userIndex of userIndices) counts.set(userIndex, (counts.get(userIndex) ?? 0) + 1);
  return counts;
}

function wholePercents(share: number): number {
  return Math.round(100 * share) / 100;
}

/** Display name of a holdout of that shape: a protocol's name where it is one. */
export function protocolName(shape: SplitShape, hasNegatives: boolean): string {
  return `${shapeName(shape)}${hasNegatives ? '-sampled' : ''}`;
}

function shapeName(shape: SplitShape): string {
  if (!('trainShare' in shape)) return shape.kind;
  const shares = `${percent(shape.trainShare)}-${percent(1 - shape.trainShare)}`;
  return shape.kind === 'user-ordered' ? `user-${shares}-ordered` : `user-${shares}`;
}

function percent(share: number): number {
  return Math.round(100 * share);
}
