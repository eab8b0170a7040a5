import type { Interactions } from '../../data/interactions.ts';
import { withMixedRows } from '../../data/itemMixture.ts';
import type { ItemMixture } from '../../data/itemMixture.ts';
import type { ModelPart } from '../part.ts';
import { floats } from '../tensors.ts';
import type { Tensor, Tensors } from '../tensors.ts';
import { fitPopularity, popularityScores } from './index.ts';

export interface HasPopularity {
  /** [numItems], see fitPopularity. */
  readonly popularity: Float32Array;
}

const POPULARITY = 'popularity';

export const popularityPart = {
  name: 'popularity',
  toTensors: ({ popularity }: HasPopularity): Record<string, Tensor> => ({
    [POPULARITY]: { shape: [popularity.length], data: popularity },
  }),
  fromTensors: (tensors: Tensors, numItems: number): HasPopularity => ({
    popularity: floats(tensors, POPULARITY, [numItems]),
  }),
  withNewItems: ({ popularity }: HasPopularity, mixtures: readonly ItemMixture[]): HasPopularity => ({
    popularity: withMixedRows(popularity, 1, mixtures),
  }),
  count: (interactions: Interactions): HasPopularity => ({ popularity: fitPopularity(interactions) }),
  /** An item's popularity now and its popularity at all speak for much the same items. */
  ablatedWith: 'trend',
  features: [
    {
      name: 'popularity',
      part: 'popularity',
      kind: 'constant',
      source: 'popular',
      explains: false,
      isEvaluatedAlone: false,
      scores: ({ popularity }: HasPopularity) => popularityScores(popularity),
    },
  ],
} as const satisfies ModelPart<HasPopularity>;
