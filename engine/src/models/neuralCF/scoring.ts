import { forwardPass } from './forward.ts';
import type { NeuralCF } from './index.ts';
import { neuralCFScorer } from './scorer.ts';

/**
 * Writes the logit of each item for one user.
 * @param items dense rows, [n]
 * @param out [n], overwritten
 */
export function scoreNeuralCF(
  model: NeuralCF,
  userIndex: number,
  items: Int32Array,
  out: Float32Array,
): void {
  scoreNeuralCFVector(model, neuralCFUserVector(model, userIndex), items, out);
}

/** A trained user's vector, [2d]: the GMF part and the MLP part; a view. */
export function neuralCFUserVector(model: NeuralCF, userIndex: number): Float32Array {
  const width = 2 * model.embeddingDim;
  return model.parameters.userEmbeddings.subarray(userIndex * width, (userIndex + 1) * width);
}

/**
 * Writes the logit of each item for one user given by vector, who need not have been there at training.
 * @param userVector [2d], the GMF part and the MLP part
 * @param items dense rows, [n]
 * @param out [n], overwritten
 */
export function scoreNeuralCFVector(
  model: NeuralCF,
  userVector: Float32Array,
  items: Int32Array,
  out: Float32Array,
): void {
  const scorer = neuralCFScorer(model);
  if (scorer) scorer.score(userVector, items, out);
  else scoreNeuralCFReference(model, userVector, items, out);
}

/** {@link scoreNeuralCFVector} without WebAssembly, from the parameters as they are at the call. */
export function scoreNeuralCFReference(
  model: NeuralCF,
  userVector: Float32Array,
  items: Int32Array,
  out: Float32Array,
): void {
  const forward = forwardPass(model);
  forward.setUser(userVector);
  for (let index = 0; index < items.length; index++) out[index] = forward.logitOf(items[index]);
}
