import type { Item2VecOptions, NeuralCFOptions } from '@pocketrocket/engine';

/** How the user's history becomes the query: all of it alike, or recent movies more. */
export const USER_VECTORS = ['mean', 'recency'] as const;
export type UserVectorKind = (typeof USER_VECTORS)[number];

/** Everything about training that is decided before data are seen. */
export interface Recipe {
  name: 'quick' | 'full';
  item2vec: Item2VecOptions;
  neuralCF: NeuralCFOptions;
  userVector: UserVectorKind;
  /** Whether an inner split chooses the blend; else {@link Recipe.defaultNeuralCFWeight} stands. */
  isTuned: boolean;
  defaultNeuralCFWeight: number;
}
