import { DivergenceError, FitError, checkOptions, finishEpoch } from '../fitting.ts';
import type { FitContext } from '../fitting.ts';
import type { Interactions } from '../../data/interactions.ts';
import { loadKernel } from '../../kernels/loadKernel.ts';
import { initialNeuralCF } from './model.ts';
import type { NeuralCF, NeuralCFInit } from './model.ts';
import { kernelTrainer } from './kernel.ts';
import { referenceTrainer } from './reference.ts';
import type { EpochPlan, StartTrainer } from './trainer.ts';
import { randomInt, seededRandom, shuffle } from '../../random/random.ts';
import type { Random } from '../../random/random.ts';

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
 * The kernel trains on `context.threads` threads; without it, {@link fitNeuralCFReference} does.
 * @throws FitError for options out of range, without interactions, when no user has an item left to meet, or when `init`
 *   has other sizes.
 * @throws DivergenceError<NeuralCF> when the loss or a parameter is not finite.
 * @throws EngineMemoryError when there is not the memory to train.
 */
export function fitNeuralCF(
  interactions: Interactions,
  options: NeuralCFOptions,
  context: FitContext,
  init?: NeuralCFInit,
): NeuralCF {
  const kernel = loadKernel('neuralCF');
  if (!kernel) return fitNeuralCFReference(interactions, options, context, init);
  const startTrainer: StartTrainer = (model, ...data) =>
    kernelTrainer(kernel, model, ...data, context.threads ?? 1);
  return fitNeuralCFWith(startTrainer, interactions, options, context, init);
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
  let lastGood: NeuralCF | null = null;
  try {
    for (let epoch = 1; epoch <= epochs; epoch++) {
      planEpoch(plan, epoch, options, random);
      const { loss, numSamples } = trainer.runEpoch(plan);
      if (numSamples === itemIndices.length) throw new FitError('neuralCF: every user has met every item');
      if (!Number.isFinite(loss) || !hasFiniteParameters(model)) throw divergence(epoch, options, lastGood);
      lastGood = structuredClone(model);
      finishEpoch('neuralCF', context, { epoch, epochs, loss: loss / numSamples });
    }
  } finally {
    trainer.end?.();
  }
  return model;
}

/** Draws the epoch's order and the seeds of its batches' negatives; the step size falls linearly over all epochs. */
function planEpoch(
  { rows, seeds, learningRates }: EpochPlan,
  epoch: number,
  { epochs, learningRate }: NeuralCFOptions,
  random: Random,
): void {
  shuffle(rows, random);
  for (let batch = 0; batch < seeds.length; batch++) {
    seeds[batch] = randomInt(random, 2 ** 32);
    learningRates[batch] = learningRate * (1 - (epoch - 1 + batch / seeds.length) / epochs);
  }
}

function hasFiniteParameters({ parameters }: NeuralCF): boolean {
  return Object.values({ ...parameters }).every((values: Float32Array) => values.every(Number.isFinite));
}

function divergence(
  epoch: number,
  { epochs, learningRate, batchSize, negatives }: NeuralCFOptions,
  lastGood: NeuralCF | null,
): DivergenceError<NeuralCF> {
  return new DivergenceError(
    `neuralCF: the loss is not finite in epoch ${epoch} of ${epochs} with learningRate ${learningRate}, ` +
      `batchSize ${batchSize} and negatives ${negatives}; try a lower learning rate`,
    epoch,
    lastGood,
  );
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
