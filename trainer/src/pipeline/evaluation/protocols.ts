import {
  roundHalfEven,
  splitByTime,
  splitLastOut,
  splitUserStratified,
  type InteractionRows,
  type Split,
} from '@pocketrocket/engine';

/** Evaluation protocols: the choice of held-out interactions and the items they are ranked against; see `docs/trainer.md`. */
export const PROTOCOLS = ['last-out-sampled', 'last-out', 'user-75-25', 'time'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

/** Negatives a user in `last-out-sampled` where no other number is asked for (He et al. 2017). */
export const DEFAULT_NEGATIVES = 99;

/** Shape of a holdout, which the inner split copies. */
export type SplitShape =
  | { kind: 'last-out' }
  | { kind: 'user-stratified'; trainShare: number }
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

/** Splits rows in the given shape; the seed matters to the random shape alone. */
export function splitRows(rows: InteractionRows, shape: SplitShape, seed: number): Split {
  switch (shape.kind) {
    case 'last-out':
      return splitLastOut(rows);
    case 'user-stratified':
      return splitUserStratified(rows, seed, shape.trainShare);
    case 'time':
      return splitByTime(rows, shape.holdoutShare);
  }
}

/**
 * Tells from users and times alone how a given holdout was taken: one row a user is leave-last-out; nothing before the
 * end of the training log is a time split; anything else was drawn within users.
 */
export function inferShape(train: InteractionRows, holdout: InteractionRows): SplitShape {
  const numHeldOut = holdout.userIndices.length;
  if (new Set(holdout.userIndices).size === numHeldOut) return { kind: 'last-out' };
  const known = train.timestamps.filter((time) => !Number.isNaN(time));
  const trainEnd = known.reduce((end, time) => Math.max(end, time), -Infinity);
  // A comparison with NaN is false: a holdout of unknown time is no time split.
  if (known.length > 0 && holdout.timestamps.every((time) => time >= trainEnd)) {
    return { kind: 'time', holdoutShare: wholePercents(numHeldOut / (numHeldOut + known.length)) };
  }
  return { kind: 'user-stratified', trainShare: inferTrainShare(train, holdout) };
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
  if (shape.kind !== 'user-stratified') return shape.kind;
  return `user-${percent(shape.trainShare)}-${percent(1 - shape.trainShare)}`;
}

function percent(share: number): number {
  return Math.round(100 * share);
}
