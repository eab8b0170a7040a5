import type { Interactions } from '../../data/interactions.ts';
import { randomInt, restartableRandom, shuffle } from '../../random/random.ts';
import type { Random } from '../../random/random.ts';
import { DivergenceError, FitError, finishEpoch } from '../fitting.ts';
import type { FitContext } from '../fitting.ts';
import type { NeuralCF, NeuralCFInit, NeuralCFOptions } from './index.ts';
import { neuralCFOf, startNeuralCF } from './state.ts';
import type { NeuralCFState } from './state.ts';
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
  const state = startNeuralCF(interactions, options, context.seed, undefined, init);
  trainNeuralCFWith(startTrainer, interactions, options, context, state, options.epochs);
  return neuralCFOf(state, options);
}

/**
 * `trainNeuralCF` by any trainer, whose moments begin anew.
 * @param startTrainer what takes the optimiser's steps
 */
export function trainNeuralCFWith(
  startTrainer: StartTrainer,
  interactions: Interactions,
  options: NeuralCFOptions,
  context: FitContext,
  state: NeuralCFState,
  upTo: number,
): void {
  const { itemIndices } = interactions;
  const { epochs } = options;
  const model = neuralCFOf(state, options);
  const { order: rows, seed } = state.random;
  const random = restartableRandom(seed[0]);
  const trainer = startTrainer(model, interactions, options);
  const numBatches = Math.ceil(itemIndices.length / options.batchSize);
  const plan: EpochPlan = {
    rows,
    seeds: new Int32Array(numBatches),
    learningRates: new Float64Array(numBatches),
  };
  let lastGood: NeuralCF | null = null;
  try {
    while (state.epoch < upTo) {
      const epoch = state.epoch + 1;
      planEpoch(plan, epoch, options, random.next);
      const { loss, numSamples } = trainer.runEpoch(plan);
      if (numSamples === itemIndices.length) throw new FitError('neuralCF: every user has met every item');
      if (!Number.isFinite(loss) || !hasFiniteParameters(model)) throw divergence(epoch, options, lastGood);
      lastGood = structuredClone(model);
      finishEpoch('neuralCF', context, { epoch, epochs, loss: loss / numSamples });
      state.epoch = epoch;
    }
  } finally {
    trainer.end?.();
  }
  seed[0] = random.seed();
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
