import type { Interactions } from '../../data/interactions.ts';
import { withMixedRows } from '../../data/itemMixture.ts';
import type { ItemMixture } from '../../data/itemMixture.ts';
import type { ModelPart } from '../part.ts';
import { floats, integers, matrixShape } from '../tensors.ts';
import type { Tensor, Tensors } from '../tensors.ts';
import { fitTrend, rowMajorCounts } from './index.ts';
import type { Trend } from './index.ts';

export interface HasTrend {
  readonly trend: Trend | null;
}

const CLOCK = 'trend.clock';
const COUNTS = 'trend.counts';

const feature = {
  part: 'trend',
  kind: 'trend',
  source: 'popular',
  explains: false,
  trend: ({ trend }: HasTrend) => trend,
} as const;

export const trendPart = {
  name: 'trend',
  toTensors({ trend }: HasTrend): Record<string, Tensor> {
    if (!trend) return {};
    const { numItems, numBins, clock } = trend;
    return {
      [CLOCK]: { shape: [2], data: clock },
      [COUNTS]: { shape: [numItems, numBins], data: rowMajorCounts(trend) },
    };
  },
  fromTensors(tensors: Tensors, numItems: number): HasTrend {
    return { trend: COUNTS in tensors ? trendFrom(tensors, numItems) : null };
  },
  withNewItems({ trend }: HasTrend, mixtures: readonly ItemMixture[], numItems: number): HasTrend {
    if (!trend) return { trend };
    const { numBins, clock } = trend;
    const counts = withMixedRows(rowMajorCounts(trend), numBins, mixtures);
    return { trend: { numItems, numBins, clock, counts } };
  },
  count: (interactions: Interactions): HasTrend => ({ trend: fitTrend(interactions) }),
  features: [
    { ...feature, name: 'trend', isRatio: false },
    { ...feature, name: 'trendRatio', isRatio: true, isEvaluatedAlone: false },
  ],
} as const satisfies ModelPart<HasTrend>;

function trendFrom(tensors: Tensors, numItems: number): Trend {
  const [, numBins] = matrixShape(tensors, COUNTS);
  return {
    numItems,
    numBins,
    clock: integers(tensors, CLOCK, [2]),
    counts: floats(tensors, COUNTS, [numItems, numBins]),
  };
}
