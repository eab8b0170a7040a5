import { expect, it } from '@jest/globals';
import { mergedOrder } from './useKeptOrder.ts';

it('rows stay where they were; new ones come before or behind them, and what is gone goes', () => {
  expect(mergedOrder([], [3, 1, 2])).toEqual([3, 1, 2]);
  // The second was rated anew, and would be the latest.
  expect(mergedOrder([3, 1, 2], [1, 3, 2])).toEqual([3, 1, 2]);
  expect(mergedOrder([3, 1, 2], [9, 3, 2, 7])).toEqual([9, 3, 2, 7]);
  expect(mergedOrder([3, 1], [8, 7])).toEqual([8, 7]);
});
