import type { ItemFacts } from '../../data/itemFacts.ts';
import type { Interactions } from '../../data/interactions.ts';
import { withMixedRows } from '../../data/itemMixture.ts';
import type { ItemMixture } from '../../data/itemMixture.ts';
import type { ModelPart } from '../part.ts';
import { floats } from '../tensors.ts';
import type { Tensor, Tensors } from '../tensors.ts';
import { fitRising } from './index.ts';

export interface HasRising {
  /** [numItems], see fitRising; null where times or release years are unknown, and in models of earlier releases. */
  readonly rising: Float32Array | null;
}

const RISING = 'rising';

export const risingPart = {
  name: 'rising',
  toTensors: ({ rising }: HasRising): Record<string, Tensor> =>
    rising ? { [RISING]: { shape: [rising.length], data: rising } } : {},
  fromTensors: (tensors: Tensors, numItems: number): HasRising => ({
    rising: RISING in tensors ? floats(tensors, RISING, [numItems]) : null,
  }),
  /** A movie that nobody has rated rises as those like it do, so that a new part of a rising series is found. */
  withNewItems: ({ rising }: HasRising, mixtures: readonly ItemMixture[]): HasRising => ({
    rising: rising && withMixedRows(rising, 1, mixtures),
  }),
  count: (interactions: Interactions, facts: ItemFacts): HasRising => ({
    rising: fitRising(interactions, facts),
  }),
  features: [
    {
      name: 'rising',
      part: 'rising',
      kind: 'constant',
      source: 'rising',
      explains: false,
      isEvaluatedAlone: false,
      scores: ({ rising }: HasRising) => rising,
    },
  ],
} as const satisfies ModelPart<HasRising>;
