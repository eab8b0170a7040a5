import { describe, expect, it } from '@jest/globals';
import { gaussian, seededRandom } from '../../random/random.ts';
import { zeroGradient } from './forward.ts';
import { addWindowGradient } from './gradient.ts';
import type { SequenceWindow, StepSettings } from './gradient.ts';
import type { SequenceModel } from './index.ts';
import type { SequenceLoss } from './options.ts';
import { PARAMETER_NAMES, initialParameters } from './parameters.ts';
import type { SequenceShape } from './parameters.ts';

const { abs, max } = Math;

const SHAPE: SequenceShape = {
  numItems: 9,
  dim: 8,
  length: 6,
  blocks: 2,
  heads: 2,
  hiddenDim: 8,
  hasGaps: true,
  hasRatings: true,
  hasDistances: true,
};
const WINDOW: SequenceWindow = {
  tokens: {
    items: Int32Array.of(3, 1, 4, 1, 5),
    gaps: Uint8Array.of(0, 7, 2, 31, 7),
    ratings: Uint8Array.of(10, 1, 0, 7, 8),
  },
  targets: Int32Array.of(1, 4, 1, 5, 2),
  number: 3,
};

/** A model away from its starting point, so that no bias is zero. */
function someModel(): SequenceModel {
  const random = seededRandom(11);
  const parameters = initialParameters(SHAPE, random);
  for (const name of PARAMETER_NAMES) {
    const values = parameters[name];
    for (let i = 0; i < values.length; i++) values[i] += 0.3 * gaussian(random);
  }
  return { ...SHAPE, parameters };
}

describe.each<[SequenceLoss, number, number]>([
  ['softmax', 0, 1],
  ['logQ', 0.3, 1],
  ['gBCE', 0.3, 0.6],
])('the gradient of the loss %s with dropout %d', (loss, dropout, power) => {
  const model = someModel();
  const settings: StepSettings = {
    // One negative is drawn twice, and one is a target.
    negatives: {
      items: Int32Array.of(0, 7, 7, 4),
      corrections: Float32Array.from([0.5, -1, -1, 0.25], (value) => (loss === 'logQ' ? value : 0)),
    },
    dropout,
    seed: 5,
    scale: 0.25,
    loss,
    power,
  };
  const gradient = zeroGradient(SHAPE);
  addWindowGradient(model, WINDOW, settings, gradient);

  it.each(PARAMETER_NAMES)('agrees with finite differences: %s', (name) => {
    const values = model.parameters[name];
    const step = 2 ** -16;
    let largest = 0;
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      values[i] = value + step;
      const high = values[i];
      const above = addWindowGradient(model, WINDOW, settings, zeroGradient(SHAPE));
      values[i] = value - step;
      // The numbers are single: the step that was taken is not the one that was asked for.
      const taken = high - values[i];
      const below = addWindowGradient(model, WINDOW, settings, zeroGradient(SHAPE));
      values[i] = value;
      const expected = (0.25 * (above - below)) / taken;
      expect(abs(expected - gradient[name][i])).toBeLessThan(1e-4 * max(1, abs(expected)));
      largest = max(largest, abs(expected));
    }
    expect(largest).toBeGreaterThan(0.005);
  });
});
