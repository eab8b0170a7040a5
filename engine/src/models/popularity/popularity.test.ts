import { describe, expect, it } from '@jest/globals';
import { interactionsOf } from '../../test/modelContract.ts';
import { fitPopularity } from './index.ts';

describe('fitPopularity', () => {
  it('is n / (n + mean): ½ at average popularity, 0 without interactions', () => {
    // Counts 3, 1, 0 and 0: on average 1.
    const popularity = fitPopularity(interactionsOf([[0, 1], [0], [0]], 4));
    expect([...popularity]).toEqual([0.75, 0.5, 0, 0]);
  });

  it('is 0 everywhere without interactions', () => {
    expect([...fitPopularity(interactionsOf([], 2))]).toEqual([0, 0]);
  });
});
