import type { ImplicitALS } from './index.ts';
import { VectorSolver } from './vectorSolver.ts';

const solvers = new WeakMap<ImplicitALS, VectorSolver>();

/**
 * The vector of a user with this history, by one solve against the item vectors: for the history trained on, the
 * user's own vector again. The work grows with items.length · dim² + dim³.
 *
 * @param items the history; empty gives the zero vector.
 * @param weights one per item of the history, at least 0; all 1 where left out.
 * @returns [dim]
 * @throws RangeError when the lengths differ or an item is out of range.
 */
export function foldInImplicitALS(
  model: ImplicitALS,
  items: Int32Array,
  weights?: Float32Array,
): Float32Array {
  if (weights && weights.length !== items.length) {
    throw new RangeError(`foldInImplicitALS: ${weights.length} weights for ${items.length} items`);
  }
  const stray = items.find((item) => item < 0 || item >= model.numItems);
  if (stray !== undefined) throw new RangeError(`foldInImplicitALS: item ${stray} outside ${model.numItems}`);
  let solver = solvers.get(model);
  if (!solver) {
    solver = new VectorSolver(model);
    solvers.set(model, solver);
  }
  const vector = new Float32Array(model.dim);
  solver.solve(items, weights, model.itemVectors, model.gramian, model.numItems, vector, 0);
  return vector;
}
