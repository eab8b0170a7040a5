import type { RecommenderModel } from '@pocketrocket/engine';
import type { Progress } from '@pocketrocket/runtime';
import type { Recipe } from '../fitting/recipe.ts';
import { projectToPlane } from '../itemMap/projectToPlane.ts';

/** Movies that are placed by themselves: time and memory grow with them. Few in a first start, which waits for its model. */
const LANDMARKS: Record<Recipe['name'], number> = { quick: 2_000, full: 10_000 };

/** Draws the map of all items: those that the same people watch lie near each other. Null where there are too few for one. */
export function mapItems(
  { item2vec, popularity }: RecommenderModel,
  { recipe, seed }: { recipe: Pick<Recipe, 'name'>; seed: number },
  { progress, signal }: { progress: Progress; signal: AbortSignal },
): Promise<Float32Array | null> {
  const { inVectors, dim } = item2vec;
  const maxLandmarks = LANDMARKS[recipe.name];
  return projectToPlane(inVectors, dim, popularity, { seed, progress, signal, maxLandmarks });
}
