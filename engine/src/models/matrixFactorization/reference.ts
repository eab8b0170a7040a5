import { usersOfRows } from '../../data/interactions.ts';
import type { Interactions } from '../../data/interactions.ts';
import { randomInt, restartableRandom, seededRandom, shuffle, streamSeed } from '../../random/random.ts';
import { finishEpoch } from '../fitting.ts';
import type { FitContext } from '../fitting.ts';
import type { MatrixFactorization, MatrixFactorizationOptions } from './index.ts';
import { CHUNK_SIZE, matrixFactorizationOf, startMatrixFactorization, stepSizes } from './training.ts';
import type { MatrixFactorizationState, StepSizes } from './training.ts';

// Taken out once: inside a vm context, where tests run, each look-up of the global `Math` is slow.
const { exp, log1p } = Math;

/** {@link fitMatrixFactorization} in plain TypeScript on one thread: what the kernel is held to, and the fallback. */
export function fitMatrixFactorizationReference(
  interactions: Interactions,
  options: MatrixFactorizationOptions,
  context: FitContext,
): MatrixFactorization {
  const state = startMatrixFactorization(interactions, options, context.seed);
  trainReference(interactions, options, context, state, options.epochs);
  return matrixFactorizationOf(state, options);
}

/** {@link trainMatrixFactorization} in plain TypeScript. */
export function trainReference(
  interactions: Interactions,
  options: MatrixFactorizationOptions,
  context: FitContext,
  state: MatrixFactorizationState,
  upTo: number,
): void {
  const model = matrixFactorizationOf(state, options);
  const { epochs, negatives } = options;
  const { itemIndices } = interactions;
  const userOfRow = usersOfRows(interactions);
  const { order: rows, seed } = state.random;
  const random = restartableRandom(seed[0]);
  const group = new Int32Array(1 + negatives);
  const trainGroup = groupTrainer(model, group.length);
  let [globalBias] = state.network.globalBias;
  while (state.epoch < upTo) {
    const epoch = state.epoch + 1;
    shuffle(rows, random.next);
    const rates = stepSizes(options, epoch);
    const epochSeed = randomInt(random.next, 2 ** 32);
    let drawNegative = random.next;
    let loss = 0;
    for (let place = 0; place < rows.length; place++) {
      if (place % CHUNK_SIZE === 0) drawNegative = seededRandom(streamSeed(epochSeed, place / CHUNK_SIZE));
      const row = rows[place];
      group[0] = itemIndices[row];
      for (let index = 1; index < group.length; index++) {
        group[index] = randomInt(drawNegative, model.numItems);
      }
      const step = trainGroup(userOfRow[row], group, globalBias, rates);
      globalBias = step.globalBias;
      loss += step.loss;
    }
    finishEpoch('matrixFactorization', context, {
      epoch,
      epochs,
      loss: loss / (rows.length * group.length),
    });
    state.epoch = epoch;
  }
  seed[0] = random.seed();
  state.network.globalBias[0] = globalBias;
}

interface GroupStep {
  globalBias: number;
  /** Sum over the group's samples before the step, in nats. */
  loss: number;
}

/**
 * One gradient step on log σ(y(u, group[0])) + Σ log σ(−y(u, group[1 …])) − ½ λ (squares of what each sample touches),
 * in place. The object returned is the same each time.
 */
function groupTrainer(
  { dim, userVectors, itemVectors, userBiases, itemBiases }: Omit<MatrixFactorization, 'globalBias'>,
  groupSize: number,
) {
  const user = new Float64Array(dim);
  const userGradient = new Float64Array(dim);
  const steps = new Float64Array(groupSize);
  const step: GroupStep = { globalBias: 0, loss: 0 };

  return function trainGroup(
    userIndex: number,
    group: Int32Array,
    globalBias: number,
    { learningRate, keep, keepPerGroup }: StepSizes,
  ): GroupStep {
    const userRow = userIndex * dim;
    const userBias = userBiases[userIndex];
    for (let d = 0; d < dim; d++) {
      user[d] = userVectors[userRow + d];
      userGradient[d] = 0;
    }
    step.loss = 0;
    let sumOfSteps = 0;
    for (let index = 0; index < group.length; index++) {
      const itemRow = group[index] * dim;
      let score = userBias + itemBiases[group[index]] + globalBias;
      for (let d = 0; d < dim; d++) score += user[d] * itemVectors[itemRow + d];
      const margin = index === 0 ? score : -score;
      step.loss += log1p(exp(-margin));
      steps[index] = (index === 0 ? learningRate : -learningRate) / (1 + exp(margin));
      sumOfSteps += steps[index];
    }
    for (let index = 0; index < group.length; index++) {
      const itemRow = group[index] * dim;
      const itemStep = steps[index];
      for (let d = 0; d < dim; d++) {
        const value = itemVectors[itemRow + d];
        userGradient[d] += itemStep * value;
        itemVectors[itemRow + d] = keep * value + itemStep * user[d];
      }
      itemBiases[group[index]] = keep * itemBiases[group[index]] + itemStep;
    }
    for (let d = 0; d < dim; d++) userVectors[userRow + d] = keepPerGroup * user[d] + userGradient[d];
    userBiases[userIndex] = keepPerGroup * userBias + sumOfSteps;
    step.globalBias = keepPerGroup * globalBias + sumOfSteps;
    return step;
  };
}
