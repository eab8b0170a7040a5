import { FitError, checkOptions, finishEpoch } from './fitting.ts';
import type { FitContext } from './fitting.ts';
import type { Interactions } from './interactions.ts';
import { initialNeuralCF } from './neuralCF.ts';
import type { NeuralCF, NeuralCFInit } from './neuralCF.ts';
import { referenceTrainer } from './neuralCFReference.ts';
import type { EpochPlan, StartTrainer } from './neuralCFTrainer.ts';
import { randomInt, seededRandom, shuffle } from './random.ts';

export interface NeuralCFOptions {
  /** Of the GMF and of the MLP part each. */
  readonly embeddingDim: number;
  /** Widths of the MLP's two hidden layers. */
  readonly hiddenDims: readonly [number, number];
  /** Items the user has not met per observed one, drawn anew each epoch, uniformly. */
  readonly negatives: number;
  readonly epochs: number;
  /** Adam's step size at the start; falls linearly to nearly 0. */
  readonly learningRate: number;
  /** Observed interactions per optimiser step; their negatives come on top. */
  readonly batchSize: number;
}

/**
 * Learns to tell observed interactions from sampled ones by binary cross-entropy, with lazy Adam.
 *
 * Source: He et al., "Neural Collaborative Filtering" (WWW 2017). A user who has met every item gets no negatives.
 * @param init a trained matrix factorization to start from, of dimension `embeddingDim`; from scratch without one
 * @throws FitError for options out of range, without interactions, when no user has an item left to meet, when `init`
 *   has other sizes, or when the loss is not finite.
 */
export function fitNeuralCF(
  interactions: Interactions,
  options: NeuralCFOptions,
  context: FitContext,
  init?: NeuralCFInit,
): NeuralCF {
  return fitNeuralCFReference(interactions, options, context, init);
}

/** {@link fitNeuralCF} on one thread without WebAssembly: what the kernel is tested against. */
export function fitNeuralCFReference(
  interactions: Interactions,
  options: NeuralCFOptions,
  context: FitContext,
  init?: NeuralCFInit,
): NeuralCF {
  return fitNeuralCFWith(referenceTrainer, interactions, options, context, init);
}

/**
 * {@link fitNeuralCF} by any trainer: checks, start, order of the samples and negatives are the same for all of them.
 * @param startTrainer what takes the optimiser's steps
 */
export function fitNeuralCFWith(
  startTrainer: StartTrainer,
  interactions: Interactions,
  options: NeuralCFOptions,
  context: FitContext,
  init?: NeuralCFInit,
): NeuralCF {
  checkAll(interactions, options, init);
  const { numUsers, numItems, itemIndices } = interactions;
  const { embeddingDim, hiddenDims, epochs } = options;
  const random = seededRandom(context.seed);
  const model = initialNeuralCF({ numUsers, numItems, embeddingDim, hiddenDims }, random, init);
  const trainer = startTrainer(model, interactions, options);
  const numBatches = Math.ceil(itemIndices.length / options.batchSize);
  const plan: EpochPlan = {
    rows: Int32Array.from(itemIndices, (_, row) => row),
    seeds: new Int32Array(numBatches),
    learningRates: new Float64Array(numBatches),
  };
  for (let epoch = 1; epoch <= epochs; epoch++) {
    shuffle(plan.rows, random);
    for (let batch = 0; batch < numBatches; batch++) {
      plan.seeds[batch] = randomInt(random, 2 ** 32);
      const progress = (epoch - 1 + batch / numBatches) / epochs;
      plan.learningRates[batch] = options.learningRate * (1 - progress);
    }
    const { loss, numSamples } = trainer.runEpoch(plan);
    if (numSamples === itemIndices.length) throw new FitError('neuralCF: every user has met every item');
    finishEpoch('neuralCF', context, { epoch, epochs, loss: loss / numSamples });
  }
  return model;
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
