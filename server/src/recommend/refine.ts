import { diversify } from '@pocketrocket/engine';
import type { LoadedModel } from '../model/modelProvider.ts';
import type { Candidates } from './backends.ts';

/** Step 4: the ranked candidates, reordered so that near ones do not crowd each other out; unchanged at diversity 0. */
export function refine({ recommender }: LoadedModel, ranked: Candidates, diversity: number): Candidates {
  return diversify(ranked, diversity, recommender.item2vec);
}
