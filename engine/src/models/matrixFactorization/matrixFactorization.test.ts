import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { randomInt, seededRandom } from '../../random/random.ts';
import { checkerboard, describeModelContract, interactionsOf } from '../../test/modelContract.ts';
import type { FittedModel } from '../../test/modelContract.ts';
import { builtKernel } from '../../test/testKernel.ts';
import type { EpochProgress } from '../fitting.ts';
import { fitMatrixFactorization, scoreMatrixFactorization } from './index.ts';
import type { MatrixFactorization, MatrixFactorizationOptions } from './index.ts';
import { fitMatrixFactorizationReference } from './reference.ts';

const OPTIONS: MatrixFactorizationOptions = {
  dim: 6,
  epochs: 150,
  learningRate: 0.05,
  regularization: 0.01,
  negatives: 4,
};

function fitted(model: MatrixFactorization): FittedModel {
  const { userVectors, itemVectors, userBiases, itemBiases, globalBias } = model;
  return {
    learned: [userVectors, itemVectors, userBiases, itemBiases, Float32Array.of(globalBias)],
    scoreAll: (userIndex) => {
      const scores = new Float32Array(model.numItems);
      scoreMatrixFactorization(model, userIndex, Int32Array.from(scores.keys()), scores);
      return scores;
    },
  };
}

describe.each([
  ['matrixFactorization', fitMatrixFactorization],
  ['matrixFactorization reference', fitMatrixFactorizationReference],
])('%s', (_, fit) => {
  describeModelContract({
    name: 'matrixFactorization',
    fit: (interactions, context) => fitted(fit(interactions, OPTIONS, context)),
    fitDiverging: (interactions, context) =>
      fitted(fit(interactions, { ...OPTIONS, learningRate: 1e38 }, context)),
  });

  it('takes the step of the equations', () => {
    // One user, one item: whatever is drawn as negative is the observed item, so that the step can be worked by hand.
    const options = { dim: 1, epochs: 1, learningRate: 0.5, regularization: 0.2, negatives: 1 };
    const one = interactionsOf([[0]], 1);
    const start = fit(one, { ...options, learningRate: 1e-30 }, { seed: 9 });
    const p = start.userVectors[0];
    const q = start.itemVectors[0];
    const sigma = 1 / (1 + Math.exp(-p * q));
    const [up, down] = [0.5 * (1 - sigma), -0.5 * sigma];
    const { userVectors, itemVectors, userBiases, itemBiases, globalBias } = fit(one, options, { seed: 9 });
    expect(userVectors[0]).toBeCloseTo(0.8 * p + (up * q + down * (0.9 * q + up * p)), 6);
    expect(itemVectors[0]).toBeCloseTo(0.9 * (0.9 * q + up * p) + down * p, 6);
    expect(userBiases[0]).toBeCloseTo(up + down, 6);
    expect(itemBiases[0]).toBeCloseTo(0.9 * up + down, 6);
    expect(globalBias).toBeCloseTo(up + down, 6);
  });

  it('takes no step in a last epoch whose learning rate is 0', () => {
    const board = checkerboard(6);
    const model = fit(board, { ...OPTIONS, epochs: 2, finalLearningRate: 0 }, { seed: 3 });
    expect(fitted(model).learned).toEqual(fitted(fit(board, { ...OPTIONS, epochs: 1 }, { seed: 3 })).learned);
  });

  it('offers a user without interactions what is popular', () => {
    const model = fit(interactionsOf([[0, 1], [1], [], [1, 2]], 4), OPTIONS, { seed: 2 });
    expect(model.userVectors.subarray(2 * OPTIONS.dim, 3 * OPTIONS.dim).every((value) => value === 0)).toBe(
      true,
    );
    const scores = fitted(model).scoreAll(2);
    expect(scores.indexOf(Math.max(...scores))).toBe(1);
  });

  it.each([
    [{ dim: 0 }, 'dim'],
    [{ epochs: 1.5 }, 'epochs'],
    [{ negatives: 0 }, 'negatives'],
    [{ learningRate: Number.NaN }, 'learningRate'],
    [{ regularization: -1 }, 'regularization'],
    [{ initialDeviation: Infinity }, 'initialDeviation'],
    [{ finalLearningRate: -0.1 }, 'finalLearningRate'],
  ])('refuses %j', (wrong, name) => {
    expect(() => fit(checkerboard(6), { ...OPTIONS, ...wrong }, { seed: 1 })).toThrow(name);
  });
});

describe('the kernel of matrix factorization', () => {
  builtKernel('matrixFactorization');
  // Several chunks of 1024 rows; two tastes, so that there is something to learn.
  const random = seededRandom(11);
  const tasteful = interactionsOf(
    Array.from({ length: 150 }, (_, user) =>
      Array.from({ length: 20 }, () => 2 * randomInt(random, 40) + (user % 2)),
    ),
    80,
  );
  const options = { ...OPTIONS, epochs: 5 };

  it.each([
    [1, undefined],
    [4, 0],
    [6, 0.01],
    [32, undefined],
  ])('agrees with the reference at dim %d, final learning rate %p', (dim, finalLearningRate) => {
    const losses: number[] = [];
    const context = { seed: 12, onEpoch: ({ loss }: EpochProgress) => losses.push(loss) };
    const fast = fitMatrixFactorization(tasteful, { ...options, dim, finalLearningRate }, context);
    const slow = fitMatrixFactorizationReference(tasteful, { ...options, dim, finalLearningRate }, context);
    fitted(fast).learned.forEach((values, part) => {
      const expected = fitted(slow).learned[part];
      const difference = Math.max(...values.map((value, index) => Math.abs(value - expected[index])));
      expect(difference).toBeLessThan(2e-5);
    });
    losses.slice(0, 5).forEach((loss, epoch) => expect(loss).toBeCloseTo(losses[5 + epoch], 6));
  });

  it('learns the same bytes on one thread, from one run to the next', () => {
    const digest = (seed: number): string => {
      const hash = createHash('sha256');
      const model = fitMatrixFactorization(tasteful, { ...options, dim: 64 }, { seed, threads: 1 });
      for (const part of fitted(model).learned) hash.update(part);
      return hash.digest('hex');
    };
    expect(digest(1)).toBe(digest(1));
    expect(digest(1)).not.toBe(digest(2));
  });

  it('learns as well on two threads', () => {
    const finalLoss = (threads: number): number => {
      let last = Infinity;
      const onEpoch = ({ loss }: EpochProgress): void => void (last = loss);
      fitMatrixFactorization(tasteful, { ...options, epochs: 30 }, { seed: 13, threads, onEpoch });
      return last;
    };
    const alone = finalLoss(1);
    expect(Math.abs(finalLoss(2) - alone)).toBeLessThan(0.05 * alone);
  });

  it('stops all threads when the listener throws', () => {
    const onEpoch = (): void => {
      throw new Error('enough');
    };
    expect(() => fitMatrixFactorization(tasteful, options, { seed: 1, threads: 2, onEpoch })).toThrow(
      'enough',
    );
  });
});

describe('scoreMatrixFactorization', () => {
  it('adds the inner product and all biases', () => {
    const model: MatrixFactorization = {
      numUsers: 2,
      numItems: 2,
      dim: 2,
      userVectors: Float32Array.of(0, 0, 1, 2),
      itemVectors: Float32Array.of(3, 4, 5, -6),
      userBiases: Float32Array.of(0, 0.5),
      itemBiases: Float32Array.of(0.25, -0.25),
      globalBias: -1,
    };
    const scores = new Float32Array(3);
    scoreMatrixFactorization(model, 1, Int32Array.of(1, 0, 1), scores);
    expect([...scores]).toEqual([-7.75, 10.75, -7.75]);
    expect(() => scoreMatrixFactorization(model, 1, Int32Array.of(1), scores)).toThrow(RangeError);
  });
});
