import { reserveThreadedMemory, threadArrays } from '../../kernels/kernelMemory.ts';
import type { KernelArrays } from '../../kernels/kernelMemory.ts';
import { loadKernel } from '../../kernels/loadKernel.ts';
import { settingsLength, writeSettings } from '../../kernels/settingsBlock.ts';
import { wasm } from '../../kernels/webAssembly.ts';
import type { WasmMemory } from '../../kernels/webAssembly.ts';
import { weigh } from '../../kernels/weight.ts';
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
  const known = scorers.get(model);
  if (known) return known;
  const memory = placeNeuralCF(model, 1);
  const scorer = memory && openNeuralCFScorer(model, memory, 0);
  if (scorer) weigh(scorer, memory.buffer.byteLength);
  return scorer;
}

/**
 * Places a model in a memory from which so many threads can score at once; null where the kernel was not built.
 * @throws EngineMemoryError when its copy of the items does not fit.
 */
export function placeNeuralCF(model: NeuralCF, threads: number): WasmMemory | null {
  const kernel = loadKernel('scoreNeuralCF');
  if (!kernel) return null;
  const sizes = paddedSizes(model);
  const layout = scorerLayout(model, sizes);
  const memory = reserveThreadedMemory('neuralCF', layout, threads);
  const arrays = threadArrays(memory, layout, 0);
  placeLayers(model, sizes, arrays);
  const { configure, prepareItems } = new wasm.Instance(kernel.module, { env: { memory } }).exports;
  writeSettings(arrays.settings, SCORE_NEURAL_CF_SETTINGS, { ...arrays, ...sizes });
  configure(arrays.settings.byteOffset);
  prepareAll(model, sizes, arrays, prepareItems);
  return memory;
}

/** Opens a memory of {@link placeNeuralCF} as one of its threads: from then on it is the model's {@link neuralCFScorer} there. */
export function openNeuralCFScorer(
  model: NeuralCF,
  memory: WasmMemory,
  thread: number,
): NeuralCFScorer | null {
  const kernel = loadKernel('scoreNeuralCF');
  if (!kernel) return null;
  const { embeddingDim } = model;
  const sizes = paddedSizes(model);
  const arrays = threadArrays(memory, scorerLayout(model, sizes), thread);
  writeSettings(arrays.settings, SCORE_NEURAL_CF_SETTINGS, { ...arrays, ...sizes });
  const { configure, scoreItems } = new wasm.Instance(kernel.module, { env: { memory } }).exports;
  configure(arrays.settings.byteOffset);
  const { user, items: batch, logits } = arrays;
  const { d } = sizes;
  const scorer = { score };
  scorers.set(model, scorer);
  return scorer;

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
}

interface Sizes {
  readonly d: number;
  readonly h1: number;
  readonly h2: number;
}

function paddedSizes({ embeddingDim, hiddenDims }: NeuralCF): Sizes {
  const [d, h1, h2] = [embeddingDim, ...hiddenDims].map((n) => 8 * Math.ceil(n / 8));
  return { d, h1, h2 };
}

function scorerLayout({ numItems }: NeuralCF, { d, h1, h2 }: Sizes) {
  return {
    common: {
      // Up to three rows more than there are items: they are prepared by fours.
      rows: ['Float32Array', (numItems + 3) * (d + h1 + 4)],
      layers: ['Float32Array', h1 * d + h1 + h1 * h2 + 2 * h2],
      layer1Items: ['Float32Array', d * h1],
      inputs: ['Float32Array', MOST_ITEMS * d],
    },
    own: {
      settings: settingsLength(SCORE_NEURAL_CF_SETTINGS),
      user: ['Float32Array', 2 * d],
      work: ['Float32Array', h1 + TILE * (h1 + h2)],
      items: ['Int32Array', MOST_ITEMS],
      logits: ['Float32Array', MOST_ITEMS],
    },
  } as const;
}

type CommonArrays = KernelArrays<ReturnType<typeof scorerLayout>['common']>;

function placeLayers(
  { embeddingDim, hiddenDims: [hidden1, hidden2], parameters }: NeuralCF,
  { d, h1, h2 }: Sizes,
  { layers, layer1Items }: CommonArrays,
): void {
  const { layer1UserWeights, layer1ItemWeights, layer1Biases } = parameters;
  const { layer2Weights, layer2Biases, outputWeights } = parameters;
  const layer2 = h1 * d + h1;
  for (let h = 0; h < hidden1; h++) {
    for (let c = 0; c < embeddingDim; c++) {
      layers[h * d + c] = layer1UserWeights[h * embeddingDim + c];
      layer1Items[c * h1 + h] = layer1ItemWeights[h * embeddingDim + c];
    }
    for (let k = 0; k < hidden2; k++) layers[layer2 + h * h2 + k] = layer2Weights[k * hidden1 + h];
  }
  layers.set(layer1Biases, h1 * d);
  layers.set(layer2Biases, layer2 + h1 * h2);
  layers.set(outputWeights, layer2 + h1 * h2 + h2);
}

/** Fills the rows of all items: GMF part, share of the first layer, bias. */
function prepareAll(
  { numItems, embeddingDim, parameters: { itemEmbeddings, itemBiases } }: NeuralCF,
  { d, h1 }: Sizes,
  { rows, inputs, layer1Items }: CommonArrays,
  prepareItems: (...numbers: number[]) => number,
): void {
  const rowWidth = d + h1 + 4;
  for (let start = 0; start < numItems; start += MOST_ITEMS) {
    const count = Math.min(MOST_ITEMS, numItems - start);
    for (let index = 0; index < count; index++) {
      const embedding = (start + index) * 2 * embeddingDim;
      const row = (start + index) * rowWidth;
      for (let c = 0; c < embeddingDim; c++) {
        rows[row + c] = itemEmbeddings[embedding + c];
        inputs[index * d + c] = itemEmbeddings[embedding + embeddingDim + c];
      }
      rows[row + d + h1] = itemBiases[start + index];
    }
    const firstRow = rows.byteOffset + 4 * start * rowWidth;
    prepareItems(4 * Math.ceil(count / 4), inputs.byteOffset, layer1Items.byteOffset, firstRow);
  }
}
