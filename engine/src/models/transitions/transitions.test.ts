import { describe, expect, it } from '@jest/globals';
import { interactionsOf } from '../../test/modelContract.ts';
import { fitTransitions } from './index.ts';

const options = { window: 2, decay: 1, isDirected: true, numNeighbours: 3 };
const rowOf = ({ items, weights, offsets }: ReturnType<typeof fitTransitions>, item: number) =>
  Array.from(items.subarray(offsets[item], offsets[item + 1]), (target, place) => [
    target,
    weights[offsets[item] + place],
  ]);

describe('fitTransitions', () => {
  // Counts: item 0 twice, 1 twice, 2 twice, 3 once.
  const interactions = interactionsOf([[0, 1, 2, 3], [0, 2, 1], []], 5);
  const scale = (a: number, b: number) => 1 / Math.sqrt((a + 5) * (b + 5));

  it('weighs what follows by distance, damped by how often both were met, worked by hand', () => {
    // After 0: item 1 at distances 1 and 2, item 2 at 2 and 1.
    const near = (Math.exp(-1) + Math.exp(-2)) * scale(2, 2);
    const row = rowOf(fitTransitions(interactions, options), 0);
    expect(row.map(([target]) => target)).toEqual([1, 2]);
    for (const [, weight] of row) expect(weight).toBeCloseTo(near, 6);
    expect(rowOf(fitTransitions(interactions, options), 3)).toEqual([]);
    expect(rowOf(fitTransitions(interactions, options), 4)).toEqual([]);
  });

  it('is symmetric where the order does not count', () => {
    const both = fitTransitions(interactions, { ...options, isDirected: false, numNeighbours: 5 });
    for (let item = 0; item < 5; item++) {
      for (const [target, weight] of rowOf(both, item)) {
        const back = rowOf(both, target).find(([other]) => other === item);
        expect(back?.[1]).toBeCloseTo(weight, 6);
      }
    }
    expect(rowOf(both, 3).map(([target]) => target)).toEqual([2, 1]);
  });

  it('keeps the strongest and never reaches into another history', () => {
    const histories = interactionsOf([[0], [1], [2, 0, 2]], 3);
    const kept = fitTransitions(histories, { ...options, numNeighbours: 1 });
    expect(rowOf(kept, 0).map(([target]) => target)).toEqual([2]);
    expect(rowOf(kept, 1)).toEqual([]);
  });

  it('refuses data without interactions and windows below 1', () => {
    expect(() => fitTransitions(interactionsOf([[]], 2), options)).toThrow('no interactions');
    expect(() => fitTransitions(interactions, { ...options, window: 0 })).toThrow('window');
  });
});
