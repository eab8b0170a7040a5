import type { Interactions } from '../../data/interactions.ts';
import { DRAWS_OF_GAUSSIAN, restartableRandom } from '../../random/random.ts';
import { FitError, checkOptions } from '../fitting.ts';
import { allUsersOf, seedOfRange } from '../rounds.ts';
import type { FitState } from '../rounds.ts';
import type { NeuralCF, NeuralCFInit, NeuralCFOptions, NeuralCFParameters } from './index.ts';
import { initialNeuralCF } from './initial.ts';

export interface NeuralCFState extends FitState {
  readonly items: Pick<NeuralCFParameters, 'itemEmbeddings' | 'itemBiases'>;
  readonly network: Omit<NeuralCFParameters, 'userEmbeddings' | 'itemEmbeddings' | 'itemBiases'>;
  readonly users: Pick<NeuralCFParameters, 'userEmbeddings'>;
}

/**
 * The state before the first epoch; `order` is that of the rows.
 * @param users the partition that interactions and `init` are of
 * @throws FitError for options out of range, without interactions, or when `init` has other sizes
 */
export function startNeuralCF(
  interactions: Interactions,
  options: NeuralCFOptions,
  seed: number,
  users = allUsersOf(interactions),
  init?: NeuralCFInit,
): NeuralCFState {
  checkAll(interactions, options, init);
  const { embeddingDim, hiddenDims } = options;
  const { numUsers, numItems, itemIndices } = interactions;
  const random = restartableRandom(seed);
  const passOver = (numOthers: number): void => random.skip(DRAWS_OF_GAUSSIAN * 2 * embeddingDim * numOthers);
  passOver(users.first);
  const shape = { numUsers, numItems, embeddingDim, hiddenDims };
  const { parameters } = initialNeuralCF(shape, random.next, init, () =>
    passOver(users.all - users.first - numUsers),
  );
  const { userEmbeddings, itemEmbeddings, itemBiases, ...network } = parameters;
  return {
    epoch: 0,
    items: { itemEmbeddings, itemBiases },
    network,
    users: { userEmbeddings },
    random: {
      order: Int32Array.from(itemIndices.keys()),
      seed: Int32Array.of(seedOfRange(random.seed(), users)),
    },
  };
}

/** The model of a state, whose memory it shares. */
export function neuralCFOf(
  { items, network, users }: NeuralCFState,
  { embeddingDim, hiddenDims }: NeuralCFOptions,
): NeuralCF {
  const numUsers = users.userEmbeddings.length / (2 * embeddingDim);
  const numItems = items.itemBiases.length;
  return { numUsers, numItems, embeddingDim, hiddenDims, parameters: { ...users, ...items, ...network } };
}

function checkAll(interactions: Interactions, options: NeuralCFOptions, init?: NeuralCFInit): void {
  checkOptions('neuralCF', options, ['embeddingDim', 'negatives', 'epochs', 'batchSize'], ['learningRate']);
  if (!options.hiddenDims.every((width) => Number.isInteger(width) && width > 0)) {
    throw new FitError(
      `neuralCF: hiddenDims must be two positive integers, not ${options.hiddenDims.join()}`,
    );
  }
  if (interactions.itemIndices.length === 0) {
    throw new FitError('neuralCF: there are no interactions to learn from');
  }
  if (!init) return;
  const { numUsers, numItems } = interactions;
  if (init.dim !== options.embeddingDim || init.numUsers !== numUsers || init.numItems !== numItems) {
    throw new FitError(
      `neuralCF: cannot start from a matrix factorization of ${init.numUsers} users, ${init.numItems} items and ` +
        `dimension ${init.dim}; the data have ${numUsers} and ${numItems}, and embeddingDim is ${options.embeddingDim}`,
    );
  }
}
