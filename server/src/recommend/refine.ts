import { diversify, type Candidates } from '@pocketrocket/engine';
import type { LoadedModel } from '@pocketrocket/model';

/** Step 4: the ranked candidates, reordered so that near ones do not crowd each other out; unchanged at diversity 0. */
export function refine({ recommender }: LoadedModel, ranked: Candidates, diversity: number): Candidates {
  const { outVectors, dim } = recommender.item2vec;
  return diversify(ranked, diversity, { vectors: outVectors, dim }, ranked.items.length);
}
