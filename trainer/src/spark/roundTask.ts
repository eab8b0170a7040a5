import {
  FITS_IN_ROUNDS,
  FitError,
  fittedFromTensors,
  fittedToTensors,
  interactionsOf,
  seedOfRange,
  takeShare,
  type EpochProgress,
  type FitInRounds,
  type FitResults,
  type FitState,
  type RoundFitName,
  type Tensors,
  type UserHistories,
} from '@pocketrocket/engine';
import { z } from 'zod';
import { dtypeOf } from '../tensors/namedTensors.ts';
import type { NamedTensors } from '../tensors/namedTensors.ts';
import { checked, task } from './task.ts';
import type { Task } from './task.ts';
import { vectorIn } from './tensorsIn.ts';

const count = z.number().int().nonnegative();

const fitSchema = z.object({
  name: z.enum(Object.keys(FITS_IN_ROUNDS) as [RoundFitName, ...RoundFitName[]]),
  /** The fit's own check says what is out of range. */
  options: z.record(z.string(), z.unknown()),
});

const roundSchema = fitSchema.extend({
  seed: count,
  /** Of the partition; the histories name its users from 0 on. */
  numUsers: count,
  users: z.object({ first: count, all: count }),
  epochs: z.object({ done: count, upTo: count }),
  numPartitions: z.number().int().positive(),
});

/** The parts of a state: those that partitions have in common, then a partition's own. */
const PARTS = ['items', 'network', 'users', 'random'] as const;

/**
 * Trains on one partition of the users for some epochs.
 *
 * Given are the state, what partitions share with the start, the partition's own as a partial; before the first epoch none, or
 * a fitted matrix factorization to start from, divided alike. With the start also come `counts`, [numItems], the ratings of
 * each item in all partitions. The result is the state afterwards, of what partitions share this one's share.
 */
export const roundTask: Task = {
  prepare(given, tensors) {
    const settings = checked(roundSchema, given);
    let own: NamedTensors = {};
    return {
      add(partial) {
        own = partial;
      },
      run: ({ histories }, onEpoch) => trainRound(settings, histories, { ...tensors, ...own }, onEpoch),
    };
  },
};

function trainRound(
  { name, options, seed, numUsers, users, epochs, numPartitions }: z.infer<typeof roundSchema>,
  histories: UserHistories,
  given: NamedTensors,
  onEpoch: (progress: EpochProgress) => void,
): NamedTensors {
  if (options['backend'] === 'tfjs') throw new FitError(`${name}: TensorFlow.js makes no rounds`);
  const fit = fitNamed(name);
  const interactions = interactionsOf(histories, numUsers);
  const startsFrom = Object.keys(given).some((path) => path.startsWith('matrixFactorization.'));
  const init = startsFrom ? fittedFromTensors('matrixFactorization', given as Tensors) : undefined;
  const state = fit.start(interactions, options, seed, users, init);
  if (epochs.done > 0) restore(state, epochs.done, given);
  const before = structuredClone({ items: state.items });
  fit.train(interactions, options, { seed: seedOfRange(seed, users), onEpoch }, state, epochs.upTo);
  const counts = vectorIn(given, 'counts', '<i4', interactions.numItems);
  const numRatings = counts.reduce((sum, ratings) => sum + ratings, 0);
  const negatives = (Number(options['negatives']) * numRatings) / counts.length;
  takeShare(state, before, {
    numPartitions,
    share: interactions.itemIndices.length / numRatings,
    samples: Float64Array.from(counts, (ratings) => ratings + negatives),
    pull: fit.pull(options, epochs.done + 1),
  });
  return stateToTensors(state);
}

/** Makes the model of a state when all epochs are done: what is given with the start, of the users of all partitions. */
export const roundsModelTask = task(fitSchema, ({ name, options }, { tensors }) =>
  fittedToTensors(name, fitNamed(name).model(stateFromTensors(tensors), options)),
);

type Values = Float32Array | Float64Array | Int32Array;
type AnyFit = FitInRounds<unknown, FitState, FitResults[RoundFitName]>;

function fitNamed(name: RoundFitName): AnyFit {
  return FITS_IN_ROUNDS[name] as unknown as AnyFit;
}

function stateToTensors(state: FitState): NamedTensors {
  const entries = PARTS.flatMap((part) =>
    valuesOf(state, part).map(([name, data]) => [`${part}.${name}`, { shape: [data.length], data }]),
  );
  return Object.fromEntries(entries) as NamedTensors;
}

function valuesOf(state: FitState, part: (typeof PARTS)[number]): [string, Values][] {
  return Object.entries<Values>({ ...state[part] });
}

/** @throws RangeError naming the tensor that is missing, or of another type or length */
function restore(state: FitState, epochsDone: number, given: NamedTensors): void {
  state.epoch = epochsDone;
  for (const part of PARTS) {
    for (const [name, values] of valuesOf(state, part)) {
      const dtype = dtypeOf(values) as '<i4' | '<f4' | '<f8';
      values.set(vectorIn(given, `${part}.${name}`, dtype, values.length));
    }
  }
}

function stateFromTensors(tensors: NamedTensors): FitState {
  const state = Object.fromEntries(PARTS.map((part) => [part, {}])) as Record<string, object>;
  for (const [path, { data }] of Object.entries(tensors)) {
    const [part = '', name = ''] = path.split('.');
    Object.assign(state[part] ?? {}, { [name]: data });
  }
  return { epoch: NaN, ...state } as FitState;
}
