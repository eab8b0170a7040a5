import { expect, it } from '@jest/globals';
import { comparable } from './comparable.ts';

const version = (number: number, dataset: string, isServing = false, names = ['hitRateAt10']) => ({
  version: String(number),
  dataset,
  protocolName: 'last-out-sampled',
  isServing,
  metrics: names.map((name) => ({ name, value: 0.5, baseline: null })),
});

it('groups versions whose figures compare, oldest first by number, the serving one’s group first', () => {
  const groups = comparable([
    version(10, 'b'),
    version(9, 'a', true, ['ndcgAt10']),
    version(2, 'a'),
    version(1, 'b'),
    version(3, 'a', false, []),
  ]);
  expect(groups.map(({ versions }) => versions.map((one) => one.version))).toEqual([
    ['2', '9'],
    ['1', '10'],
  ]);
  expect(groups[0]?.metricNames).toEqual(['ndcgAt10', 'hitRateAt10']);
});
