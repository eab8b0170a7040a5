import type { RecommenderModel } from '@pocketrocket/engine';
import type { Progress } from '@pocketrocket/runtime';
import { projectToPlane } from '../itemMap/projectToPlane.ts';

/** Draws the map of all items: those that the same people watch lie near each other. Null where there are too few for one. */
export function mapItems(
  { item2vec, popularity }: RecommenderModel,
  seed: number,
  { progress, signal }: { progress: Progress; signal: AbortSignal },
): Promise<Float32Array | null> {
  const { inVectors, dim } = item2vec;
  return projectToPlane(inVectors, dim, popularity, { seed, progress, signal });
}
