import { describe, expect, it } from '@jest/globals';
import { gaussian, randomInt, seededRandom } from '../../random/random.ts';
import { initialNeuralCF } from './initial.ts';
import { neuralCFScorer } from './scorer.ts';
import { neuralCFUserVector, scoreNeuralCF, scoreNeuralCFReference, scoreNeuralCFVector } from './scoring.ts';

const { abs } = Math;
const random = seededRandom(9);

describe('neuralCFScorer', () => {
  it.each([
    [32, [32, 16], 3000],
    [5, [11, 3], 1030],
    [1, [1, 1], 1],
  ] as const)(
    'scores as the reference does: dimension %d, layers %j, %d items',
    (dim, hiddenDims, numItems) => {
      const model = initialNeuralCF({ numUsers: 2, numItems, embeddingDim: dim, hiddenDims }, random);
      for (const values of Object.values<Float32Array>({ ...model.parameters })) {
        for (let i = 0; i < values.length; i++) values[i] += 0.2 * gaussian(random);
      }
      const userVector = neuralCFUserVector(model, 1);
      for (const length of [0, 1, 65, 1500]) {
        const items = Int32Array.from({ length }, () => randomInt(random, numItems));
        const expected = new Float32Array(length);
        scoreNeuralCFReference(model, userVector, items, expected);
        const scores = new Float32Array(length);
        scoreNeuralCF(model, 1, items, scores);
        expect(scores.every((score, index) => abs(score - expected[index]) < 1e-5)).toBe(true);
        const scoresByVector = new Float32Array(length);
        scoreNeuralCFVector(model, userVector.slice(), items, scoresByVector);
        expect(scoresByVector).toEqual(scores);
      }
    },
  );

  it('is made once for each model', () => {
    const model = initialNeuralCF({ numUsers: 1, numItems: 3, embeddingDim: 2, hiddenDims: [2, 2] }, random);
    expect(neuralCFScorer(model)).not.toBeNull();
    expect(neuralCFScorer(model)).toBe(neuralCFScorer(model));
    expect(neuralCFScorer({ ...model })).not.toBe(neuralCFScorer(model));
  });
});
