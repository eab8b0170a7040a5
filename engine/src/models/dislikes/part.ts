import type { Interactions } from '../../data/interactions.ts';
import { withMixedRows } from '../../data/itemMixture.ts';
import type { ItemMixture } from '../../data/itemMixture.ts';
import type { ModelPart } from '../part.ts';
import { floats } from '../tensors.ts';
import type { Tensor, Tensors } from '../tensors.ts';
import { fitDislikes } from './index.ts';

export interface HasDislikes {
  /** [numItems], see fitDislikes; null in models of earlier releases. */
  readonly dislikes: Float32Array | null;
}

const DISLIKES = 'dislikeOdds';

/** No feature: what it says of candidates is part of what is subtracted from their score; see `dislikeRisks`. */
export const dislikesPart = {
  name: 'dislikes',
  toTensors: ({ dislikes }: HasDislikes): Record<string, Tensor> =>
    dislikes ? { [DISLIKES]: { shape: [dislikes.length], data: dislikes } } : {},
  fromTensors: (tensors: Tensors, numItems: number): HasDislikes => ({
    dislikes: DISLIKES in tensors ? floats(tensors, DISLIKES, [numItems]) : null,
  }),
  withNewItems: ({ dislikes }: HasDislikes, mixtures: readonly ItemMixture[]): HasDislikes => ({
    dislikes: dislikes && withMixedRows(dislikes, 1, mixtures),
  }),
  count: (interactions: Interactions): HasDislikes => ({ dislikes: fitDislikes(interactions) }),
  features: [],
} as const satisfies ModelPart<HasDislikes>;
