import { AppError } from '@pocketrocket/runtime';
import type { RatingFacts } from '../ratings/ratingFacts.ts';
import type { EvaluationTask } from './evaluationTask.ts';
import type { SplitShape } from './protocols.ts';

/**
 * Refuses to split by times that are not known, and warns where "the last" of a user's ratings is one by the order of rows alone.
 * @throws AppError BAD_DATA
 */
export function checkTimes(
  { numRatings, numUntimed }: Pick<RatingFacts, 'numRatings' | 'numUntimed'>,
  shape: SplitShape,
  warn: (line: string) => void,
): void {
  if (numUntimed === 0 || shape.kind === 'user-stratified') return;
  const isAll = numUntimed === numRatings;
  if (shape.kind === 'time' && isAll) {
    throw new AppError(
      'BAD_DATA',
      'no rating has a time: the protocol time cannot tell earlier from later ones; use --protocol user-75-25, or give the ratings a column of times',
    );
  }
  const which = isAll ? 'no rating has a time' : `${numUntimed} of ${numRatings} ratings have no time`;
  warn(
    shape.kind === 'time'
      ? `${which}: those stay in the training set`
      : `${which}: of these the last of a user's rows is taken for the last rating, which it may not be`,
  );
}

/** Refuses a task that asks nothing. @throws AppError BAD_DATA */
export function checkHoldout({ holdout, shape }: Pick<EvaluationTask, 'holdout' | 'shape'>): void {
  if (holdout.userIndices.length > 0) return;
  const why =
    shape.kind === 'last-out'
      ? 'no user has two ratings, of which one could be held out'
      : 'there are too few ratings to hold any out';
  throw new AppError('BAD_DATA', `the holdout is empty: ${why}; give more ratings a user`);
}
