import type { Interactions } from '../../data/interactions.ts';
import { randomInt, seededRandom, shuffle } from '../../random/random.ts';
import type { Random } from '../../random/random.ts';
import { DivergenceError, FitError, checkOptions, finishEpoch } from '../fitting.ts';
import type { FitContext } from '../fitting.ts';
import type { NeuralCF, NeuralCFInit, NeuralCFOptions } from './index.ts';
import { initialNeuralCF } from './initial.ts';
import type { EpochPlan, StartTrainer } from './trainer.ts';

/**
 * `fitNeuralCF` by any trainer: checks, start, order of the samples and negatives are the same for all of them.
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
