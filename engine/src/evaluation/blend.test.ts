import { describe, expect, it } from '@jest/globals';
import { chooseBlend } from './blend.ts';
import type { BlendCase } from './blend.ts';
import { mrr } from './metrics.ts';

const caseOf = (item2vecZ: number[], neuralCFZ: number[], relevant: number[], numMissed = 0): BlendCase => ({
  item2vecZ: Float32Array.from(item2vecZ),
  neuralCFZ: Float32Array.from(neuralCFZ),
  relevant: Uint8Array.from(relevant),
  numMissed,
});

describe('chooseBlend', () => {
  it('takes the weight whose ranking is best on average', () => {
    // By item2vec alone candidate 1 leads; from w = 0.5 on (tie counted against it) candidate 0 needs NeuralCF's say.
    const one = caseOf([0, 1, -1], [1, 0, -1], [1, 0, 0]);
    const choice = chooseBlend([one], [0.1, 0.5, 0.6, 0.9], mrr);
    expect([...choice.metricByWeight]).toEqual([
      [0.1, 0.5],
      [0.5, 0.5],
      [0.6, 1],
      [0.9, 1],
    ]);
    expect(choice.neuralCFWeight).toBe(0.6);
  });

  it('takes the smallest weight where all are as good, or there is nothing to choose by', () => {
    expect(chooseBlend([caseOf([1, 0], [1, 0], [1, 0])], [0.1, 0.5], mrr).neuralCFWeight).toBe(0.1);
    expect(chooseBlend([], [0.1, 0.5], mrr).neuralCFWeight).toBe(0.1);
  });

  it('counts a relevant item that was not retrieved as missed', () => {
    const { metricByWeight } = chooseBlend([caseOf([1, 0], [1, 0], [0, 0], 1)], [0.1], mrr);
    expect(metricByWeight.get(0.1)).toBe(1 / 3);
  });

  it('calibrates so that what was picked is more probable than what was not', () => {
    const cases = [caseOf([2, 0, -2], [1, 0, -1], [1, 0, 0]), caseOf([1, 0, -1], [2, 0, -2], [0, 1, 0])];
    const { ranked, retrieval } = chooseBlend(cases, [0.1], mrr).calibration;
    for (const { slope, intercept } of [ranked, retrieval]) {
      const probability = (z: number): number => 1 / (1 + Math.exp(-slope * z - intercept));
      expect(probability(2)).toBeGreaterThan(0.5);
      expect(probability(-2)).toBeLessThan(0.5);
    }
  });
});
