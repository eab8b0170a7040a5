import {
  fullCatalogueCases,
  groupByUser,
  seededRandom,
  takeRows,
  withGivenNegatives,
  withSampledNegatives,
  type EvaluationCase,
  type InteractionRows,
  type Interactions,
  type ItemFacts,
} from '@pocketrocket/engine';
import { AppError } from '@pocketrocket/runtime';
import type { IdMaps } from '../../data/ratingTable.ts';
import { splitRows } from './protocols.ts';
import type { SplitShape } from './protocols.ts';

/** The items that held-out ones are ranked against: the whole catalogue, or a few items a user. */
export type Negatives =
  | { kind: 'none' }
  | { kind: 'sampled'; count: number }
  /** By user row. */
  | { kind: 'given'; byUser: ReadonlyMap<number, Int32Array> };

/** A question put to every model: rows to learn from, and rows to find again. */
export interface EvaluationTask {
  /** As reports name it. */
  protocol: string;
  ids: IdMaps;
  facts: ItemFacts;
  train: InteractionRows;
  holdout: InteractionRows;
  /** Shape of the holdout, which the inner split copies where it has no shape of its own. */
  shape: SplitShape;
  innerShape?: SplitShape;
  negatives: Negatives;
  seed: number;
}

/** A task made ready: what models are fitted on, and what each user is asked. */
export interface PreparedTask extends EvaluationTask {
  interactions: Interactions;
  cases: EvaluationCase[];
}

/** Splits rows in the given shape into a task. */
export function taskOf(
  rows: InteractionRows,
  { shape, seed, ...others }: Omit<EvaluationTask, 'train' | 'holdout'>,
): EvaluationTask {
  const split = splitRows(rows, shape, seed);
  return {
    ...others,
    train: takeRows(rows, split.train),
    holdout: takeRows(rows, split.holdout),
    shape,
    seed,
  };
}

/** The same question asked within the training rows: settings are chosen on it, so that the holdout stays unseen. */
export function innerTaskOf(task: EvaluationTask): EvaluationTask {
  const shape = task.innerShape ?? task.shape;
  return taskOf(task.train, { ...task, shape, negatives: sampledLike(task.negatives) });
}

/**
 * Groups the training rows and draws the negatives.
 * @throws AppError BAD_DATA when a held-out user has no given negatives
 */
export function prepareTask(task: EvaluationTask): PreparedTask {
  const { users, items } = task.ids;
  const interactions = groupByUser(task.train, users.size, items.size);
  const cases = fullCatalogueCases(task.holdout);
  switch (task.negatives.kind) {
    case 'none':
      return { ...task, interactions, cases };
    case 'sampled':
      return {
        ...task,
        interactions,
        cases: withSampledNegatives(cases, interactions, task.negatives.count, seededRandom(task.seed)),
      };
    case 'given': {
      const { byUser } = task.negatives;
      const without = cases.find(({ userIndex }) => !byUser.has(userIndex));
      if (without) {
        const userId = users.externalId(without.userIndex);
        throw new AppError('BAD_DATA', `the negatives have no movie for the held-out user ${userId}`);
      }
      return { ...task, interactions, cases: withGivenNegatives(cases, byUser) };
    }
  }
}

/** As many negatives a user, but drawn: given ones belong to the holdout. */
function sampledLike(negatives: Negatives): Negatives {
  if (negatives.kind !== 'given') return negatives;
  const counts = [...negatives.byUser.values()].map((items) => items.length).sort((a, b) => a - b);
  return { kind: 'sampled', count: counts[counts.length >>> 1] ?? 1 };
}
