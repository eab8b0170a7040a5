import type { Interactions } from '../../data/interactions.ts';
import { choleskyFactor, choleskySolve } from '../../linearAlgebra/linearAlgebra.ts';
import type { ImplicitALS } from '../implicitALS/index.ts';
import type { NeuralCF } from './index.ts';

/** Ridge penalty, as a share of the mean of the inputs' squares. */
const RIDGE = 1e-3;

/**
 * Finds the affine map that takes iALS's user vectors to NeuralCF's user embeddings, by ridge regression over all users
 * with interactions.
 *
 * iALS gives a vector to any history by one solve; through the map NeuralCF can score users that it was not trained on.
 * @returns [(dim + 1) × 2·embeddingDim] row-major, the last row the intercept
 */
export function fitNeuralCFFoldIn(
  implicitALS: Pick<ImplicitALS, 'dim' | 'userVectors'>,
  neuralCF: NeuralCF,
  { numUsers, userOffsets }: Pick<Interactions, 'numUsers' | 'userOffsets'>,
): Float32Array {
  const { dim, userVectors } = implicitALS;
  const inputs = dim + 1;
  const outputs = 2 * neuralCF.embeddingDim;
  const targets = neuralCF.parameters.userEmbeddings;
  const gram = new Float64Array(inputs * inputs);
  const cross = new Float64Array(outputs * inputs);
  const x = new Float64Array(inputs);
  x[dim] = 1;
  for (let user = 0; user < numUsers; user++) {
    if (userOffsets[user] === userOffsets[user + 1]) continue;
    for (let d = 0; d < dim; d++) x[d] = userVectors[user * dim + d];
    for (let row = 0; row < inputs; row++) {
      for (let column = 0; column <= row; column++) gram[row * inputs + column] += x[row] * x[column];
    }
    for (let out = 0; out < outputs; out++) {
      const target = targets[user * outputs + out];
      for (let row = 0; row < inputs; row++) cross[out * inputs + row] += target * x[row];
    }
  }
  let trace = 0;
  for (let d = 0; d < dim; d++) trace += gram[d * inputs + d];
  const penalty = Math.max(RIDGE * (trace / dim), Number.EPSILON);
  for (let row = 0; row < inputs; row++) {
    gram[row * inputs + row] += penalty;
    for (let column = 0; column < row; column++) gram[column * inputs + row] = gram[row * inputs + column];
  }
  choleskyFactor(gram, inputs);
  const map = new Float32Array(inputs * outputs);
  for (let out = 0; out < outputs; out++) {
    const column = cross.subarray(out * inputs, (out + 1) * inputs);
    choleskySolve(gram, inputs, column);
    for (let row = 0; row < inputs; row++) map[row * outputs + out] = column[row];
  }
  return map;
}

/** NeuralCF's user embedding, GMF part then MLP part, for an iALS user vector, [2·embeddingDim]. */
export function foldInNeuralCF(map: Float32Array, implicitALSVector: Float32Array): Float32Array {
  const dim = implicitALSVector.length;
  const outputs = map.length / (dim + 1);
  const embedding = map.slice(dim * outputs);
  for (let d = 0; d < dim; d++) {
    const value = implicitALSVector[d];
    for (let out = 0; out < outputs; out++) embedding[out] += value * map[d * outputs + out];
  }
  return embedding;
}
