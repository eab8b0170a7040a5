import { describe, expect, it } from '@jest/globals';
import { gaussian, seededRandom } from '../../random/random.ts';
import { neuralCFGradient, neuralCFTables } from './gradient.ts';
import type { NeuralCF, NeuralCFParameters } from './index.ts';
import { initialNeuralCF } from './initial.ts';
import { neuralCFUserVector, scoreNeuralCFReference } from './scoring.ts';

const SHAPE = { numUsers: 3, numItems: 5, embeddingDim: 3, hiddenDims: [4, 3] as const };
const USER = 1;
/** The positive, then negatives; an item may be drawn twice. */
const GROUP = Int32Array.of(2, 0, 4, 0);
const SCALE = 0.25;

/** A model away from its starting point, so that no bias is zero. */
function someModel(): NeuralCF {
  const random = seededRandom(11);
  const model = initialNeuralCF(SHAPE, random);
  for (const values of Object.values<Float32Array>({ ...model.parameters })) {
    for (let i = 0; i < values.length; i++) values[i] += 0.3 * gaussian(random);
  }
  return model;
}

function lossOf(model: NeuralCF): number {
  const logits = new Float32Array(GROUP.length);
  scoreNeuralCFReference(model, neuralCFUserVector(model, USER), GROUP, logits);
  return logits.reduce((sum, logit, index) => sum + Math.log1p(Math.exp(index === 0 ? -logit : logit)), 0);
}

describe('neuralCFGradient', () => {
  const model = someModel();
  const tables = neuralCFTables(model);
  const loss = neuralCFGradient(model, tables)(USER, GROUP, GROUP.length, SCALE);

  it('returns the cross-entropy of the group', () => {
    expect(loss).toBeCloseTo(lossOf(model), 5);
  });

  it.each(Object.keys(tables) as (keyof NeuralCFParameters)[])(
    'agrees with finite differences: %s',
    (name) => {
      const { values, gradient } = tables[name];
      const step = 2 ** -8;
      let largest = 0;
      for (let i = 0; i < values.length; i++) {
        const value = values[i];
        values[i] = value + step;
        const above = lossOf(model);
        values[i] = value - step;
        const below = lossOf(model);
        values[i] = value;
        expect(Math.abs((SCALE * (above - below)) / (2 * step) - gradient[i])).toBeLessThan(2e-4);
        largest = Math.max(largest, Math.abs(gradient[i]));
      }
      expect(largest).toBeGreaterThan(0.005);
    },
  );

  it('leaves rows outside the group alone and clears the gradient in a step', () => {
    const before = model.parameters.itemEmbeddings.slice();
    tables.itemEmbeddings.step(0.1);
    const changed = (itemIndex: number): boolean =>
      [0, 1, 2, 3, 4, 5].some(
        (c) => before[itemIndex * 6 + c] !== model.parameters.itemEmbeddings[itemIndex * 6 + c],
      );
    expect([0, 1, 2, 3, 4].map(changed)).toEqual([true, false, true, false, true]);
    expect(tables.itemEmbeddings.gradient.every((value) => value === 0)).toBe(true);
  });
});
