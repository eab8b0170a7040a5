import type { Interactions } from '../../data/interactions.ts';
import { DivergenceError, finishEpoch } from '../fitting.ts';
import type { FitContext } from '../fitting.ts';
import type { SequenceModel, SequenceStopping, StoppedSequence } from './index.ts';
import type { SequenceOptions } from './options.ts';
import { negativeSampler, planEpoch } from './plan.ts';
import { sequenceOf, startSequence } from './state.ts';
import type { SequenceState } from './state.ts';
import type { StartTrainer } from './trainer.ts';

/**
 * `fitSequence` by any trainer: checks, start, windows and negatives are the same for all of them.
 * @param startTrainer what takes the optimiser's steps
 */
export function fitSequenceWith(
  startTrainer: StartTrainer,
  interactions: Interactions,
  options: SequenceOptions,
  context: FitContext,
): SequenceModel {
  const state = startSequence(interactions, options, context.seed);
  trainSequenceWith(startTrainer, interactions, options, context, state, options.epochs);
  return sequenceOf(state, options);
}

/** `fitSequenceStopped` by any trainer. */
export function fitStoppedWith(
  startTrainer: StartTrainer,
  interactions: Interactions,
  options: SequenceOptions,
  context: FitContext,
  { measure, every = 1, patience }: SequenceStopping,
): StoppedSequence {
  const curve: { epoch: number; value: number; loss: number }[] = [];
  const state = startSequence(interactions, options, context.seed);
  let best = { model: sequenceOf(state, options), epochs: 0, value: -Infinity };
  let withoutGain = 0;
  const goesOn = (loss: number): boolean => {
    const { epoch } = state;
    if (epoch % every !== 0 && epoch < options.epochs) return true;
    const model = sequenceOf(state, options);
    const value = measure(model, epoch);
    curve.push({ epoch, value, loss });
    if (value > best.value) {
      best = { model, epochs: epoch, value };
      withoutGain = 0;
    } else if (best.value > 0) {
      withoutGain++;
    }
    return withoutGain < patience;
  };
  let divergence: DivergenceError<SequenceModel> | null = null;
  try {
    trainSequenceWith(startTrainer, interactions, options, context, state, options.epochs, goesOn);
  } catch (error) {
    // What was best before is as good as if its epoch had been the last.
    if (!(error instanceof DivergenceError) || best.epochs === 0) throw error;
    divergence = error as DivergenceError<SequenceModel>;
  }
  return { model: best.model, epochs: best.epochs, curve, divergence };
}

/**
 * `trainSequence` by any trainer.
 * @param startTrainer what takes the optimiser's steps
 * @param goesOn asked after each epoch, with its mean loss
 */
export function trainSequenceWith(
  startTrainer: StartTrainer,
  interactions: Interactions,
  options: SequenceOptions,
  context: FitContext,
  state: SequenceState,
  upTo: number,
  goesOn: (loss: number) => boolean = () => true,
): void {
  const { epochs } = options;
  const sampler = negativeSampler(interactions, options.negativePower ?? 0);
  const trainer = startTrainer(state, interactions, options);
  try {
    let isWanted = true;
    while (isWanted && state.epoch < upTo) {
      const epoch = state.epoch + 1;
      const lastGood = structuredClone(state);
      const plan = planEpoch(interactions, options, state, sampler);
      const { loss, numTargets } = trainer.runEpoch(plan);
      if (!Number.isFinite(loss) || !isFiniteState(state)) {
        restore(state, lastGood);
        const good = state.epoch === 0 ? null : sequenceOf(state, options);
        throw divergenceIn(epoch, options, good);
      }
      state.epoch = epoch;
      finishEpoch('sequence', context, { epoch, epochs, loss: loss / numTargets });
      isWanted = goesOn(loss / numTargets);
    }
  } finally {
    trainer.end?.();
  }
}

function isFiniteState({ weights: { itemEmbeddings, network } }: SequenceState): boolean {
  return itemEmbeddings.every(Number.isFinite) && network.every(Number.isFinite);
}

function restore(state: SequenceState, good: SequenceState): void {
  state.epoch = good.epoch;
  state.steps = good.steps;
  for (const name of ['weights', 'first', 'second', 'average'] as const) {
    state[name].itemEmbeddings.set(good[name].itemEmbeddings);
    state[name].network.set(good[name].network);
  }
  state.random.order.set(good.random.order);
  state.random.seed.set(good.random.seed);
}

function divergenceIn(
  epoch: number,
  { epochs, learningRate, batchSize }: SequenceOptions,
  lastGood: SequenceModel | null,
): DivergenceError<SequenceModel> {
  return new DivergenceError(
    `sequence: the loss is not finite in epoch ${epoch} of ${epochs} with learningRate ${learningRate} and batchSize ` +
      `${batchSize}; try a lower learning rate`,
    epoch,
    lastGood,
  );
}
