import { reserveMemory } from '../../kernels/kernelMemory.ts';
import { loadKernel } from '../../kernels/loadKernel.ts';
import { settingsLength, writeSettings } from '../../kernels/settingsBlock.ts';
import { wasm } from '../../kernels/webAssembly.ts';
import type { NeuralCF } from './index.ts';

/** Scores items for one user, from parameters that it holds ready. */
export interface NeuralCFScorer {
  /**
   * Writes the logit of each item for one user.
   * @param userVector [2d], the GMF part and the MLP part
   * @param items dense rows, [n]
   * @param out [n], overwritten
   */
  score(userVector: Float32Array, items: Int32Array, out: Float32Array): void;
}

/** The settings of `engine/kernels/scoreNeuralCF.ts`. */
export const SCORE_NEURAL_CF_SETTINGS = {
  d: 'u32',
  h1: 'u32',
  h2: 'u32',
  user: 'address',
  rows: 'address',
  layers: 'address',
  work: 'address',
  items: 'address',
  logits: 'address',
} as const;

/** Items handed to the kernel in one call. */
const MOST_ITEMS = 1024;
/** The kernel's `TILE`. */
const TILE = 64;

const scorers = new WeakMap<NeuralCF, NeuralCFScorer>();

/**
 * The model's scorer by the kernel `engine/kernels/scoreNeuralCF.ts`; null where that was not built.
 *
 * Made at the first call from the parameters as they are then, and cached as long as the model lives.
 * @throws EngineMemoryError when its copy of the items does not fit.
 */
export function neuralCFScorer(model: NeuralCF): NeuralCFScorer | null {
  let scorer = scorers.get(model);
  if (!scorer) {
    const made = makeScorer(model);
    if (!made) return null;
    scorer = made;
    scorers.set(model, scorer);
  }
  return scorer;
}

function makeScorer({ numItems, embeddingDim, hiddenDims, parameters }: NeuralCF): NeuralCFScorer | null {
  const kernel = loadKernel('scoreNeuralCF');
  if (!kernel) return null;
  const [hidden1, hidden2] = hiddenDims;
  const [d, h1, h2] = [embeddingDim, hidden1, hidden2].map((n) => 8 * Math.ceil(n / 8));
  const rowWidth = d + h1 + 4;
  const { memory, arrays } = reserveMemory('neuralCF', {
    settings: settingsLength(SCORE_NEURAL_CF_SETTINGS),
    // Up to three rows more than there are items: they are prepared by fours.
    rows: ['Float32Array', (numItems + 3) * rowWidth],
    layers: ['Float32Array', h1 * d + h1 + h1 * h2 + 2 * h2],
    layer1Items: ['Float32Array', d * h1],
    inputs: ['Float32Array', MOST_ITEMS * d],
    user: ['Float32Array', 2 * d],
    work: ['Float32Array', h1 + TILE * (h1 + h2)],
    items: ['Int32Array', MOST_ITEMS],
    logits: ['Float32Array', MOST_ITEMS],
  });
  const { rows, layers, user, items: batch, logits } = arrays;
  writeSettings(arrays.settings, SCORE_NEURAL_CF_SETTINGS, { ...arrays, d, h1, h2 });
  const { configure, prepareItems, scoreItems } = new wasm.Instance(kernel.module, { env: { memory } })
    .exports;
  configure(arrays.settings.byteOffset);
  placeLayers();
  prepare();
  return { score };

  function score(userVector: Float32Array, items: Int32Array, out: Float32Array): void {
    for (let c = 0; c < embeddingDim; c++) {
      user[c] = userVector[c];
      user[d + c] = userVector[embeddingDim + c];
    }
    for (let start = 0; start < items.length; start += MOST_ITEMS) {
      const count = Math.min(MOST_ITEMS, items.length - start);
      for (let index = 0; index < count; index++) batch[index] = items[start + index];
      scoreItems(count);
      for (let index = 0; index < count; index++) out[start + index] = logits[index];
    }
  }

  function placeLayers(): void {
    const { layer1UserWeights, layer1ItemWeights, layer1Biases } = parameters;
    const { layer2Weights, layer2Biases, outputWeights } = parameters;
    const layer2 = h1 * d + h1;
    for (let h = 0; h < hidden1; h++) {
      for (let c = 0; c < embeddingDim; c++) {
        layers[h * d + c] = layer1UserWeights[h * embeddingDim + c];
        arrays.layer1Items[c * h1 + h] = layer1ItemWeights[h * embeddingDim + c];
      }
      for (let k = 0; k < hidden2; k++) layers[layer2 + h * h2 + k] = layer2Weights[k * hidden1 + h];
    }
    layers.set(layer1Biases, h1 * d);
    layers.set(layer2Biases, layer2 + h1 * h2);
    layers.set(outputWeights, layer2 + h1 * h2 + h2);
  }

  /** Fills the rows of all items: GMF part, share of the first layer, bias. */
  function prepare(): void {
    const { itemEmbeddings, itemBiases } = parameters;
    for (let start = 0; start < numItems; start += MOST_ITEMS) {
      const count = Math.min(MOST_ITEMS, numItems - start);
      for (let index = 0; index < count; index++) {
        const embedding = (start + index) * 2 * embeddingDim;
        const row = (start + index) * rowWidth;
        for (let c = 0; c < embeddingDim; c++) {
          rows[row + c] = itemEmbeddings[embedding + c];
          arrays.inputs[index * d + c] = itemEmbeddings[embedding + embeddingDim + c];
        }
        rows[row + d + h1] = itemBiases[start + index];
      }
      const firstRow = rows.byteOffset + 4 * start * rowWidth;
      const { inputs, layer1Items } = arrays;
      prepareItems(4 * Math.ceil(count / 4), inputs.byteOffset, layer1Items.byteOffset, firstRow);
    }
  }
}
