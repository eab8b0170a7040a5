import { reserveMemory } from '../../kernels/kernelMemory.ts';
import { loadKernel } from '../../kernels/loadKernel.ts';
import type { Kernel } from '../../kernels/loadKernel.ts';
import { settingsLength, writeSettings } from '../../kernels/settingsBlock.ts';
import { wasm } from '../../kernels/webAssembly.ts';
import { weigh } from '../../kernels/weight.ts';
import type { SequenceModel } from './index.ts';
import type { SequenceTokens } from './inputs.ts';
import { distanceColumns } from './parameters.ts';

const { ceil, floor, sqrt } = Math;

/** Encodes histories by the kernel, from weights that it holds ready. */
export interface SequenceEncoder {
  /**
   * The vector behind the last token, [dim].
   * @param tokens 1 … L of them
   */
  encode(tokens: SequenceTokens): Float32Array;
}

/** The settings of `engine/kernels/encodeSequence.ts`. */
export const ENCODE_SEQUENCE_SETTINGS = {
  d: 'u32',
  blocks: 'u32',
  heads: 'u32',
  h: 'u32',
  distanceColumns: 'u32',
  distances: 'address',
  attentionNorms: 'address',
  attentionInputs: 'address',
  attentionOutputs: 'address',
  hiddenNorms: 'address',
  hiddenWeights: 'address',
  hiddenBiases: 'address',
  outputWeights: 'address',
  outputBiases: 'address',
  lastNorm: 'address',
  x: 'address',
  outputs: 'address',
  standard: 'address',
  inverse: 'address',
  normed: 'address',
  projected: 'address',
  looks: 'address',
  turned: 'address',
  attended: 'address',
  hidden: 'address',
} as const;

/** The parameters that the kernel reads; the others are added up before. */
const LAYERS = [
  'distances',
  'attentionNorms',
  'attentionInputs',
  'attentionOutputs',
  'hiddenNorms',
  'hiddenWeights',
  'hiddenBiases',
  'outputWeights',
  'outputBiases',
  'lastNorm',
] as const;

const encoders = new WeakMap<SequenceModel, SequenceEncoder>();

/**
 * The model's encoder by the kernel `engine/kernels/encodeSequence.ts`, for the thread that calls; null where that was not
 * built.
 *
 * Made at the first call from the parameters as they are then, and cached as long as the model lives. Its memory holds the
 * layers, not the catalogue: a thread that serves takes one of its own.
 * @throws EngineMemoryError when its copy of the layers does not fit.
 */
export function sequenceEncoder(model: SequenceModel): SequenceEncoder | null {
  const known = encoders.get(model);
  if (known) return known;
  const kernel = loadKernel('encodeSequence');
  if (!kernel) return null;
  const encoder = openEncoder(kernel, model);
  encoders.set(model, encoder);
  return encoder;
}

function openEncoder(kernel: Kernel, model: SequenceModel): SequenceEncoder {
  const { dim, blocks, heads, hiddenDim, length, parameters } = model;
  const rows = 4 * ceil(length / 4);
  const looksRow = 8 * ceil(rows / 8);
  const ofTokens = ['Float32Array', rows * dim] as const;
  const ofLayer = (name: (typeof LAYERS)[number]) => ['Float32Array', parameters[name].length] as const;
  const { memory, arrays, bytes } = reserveMemory('sequence', {
    settings: settingsLength(ENCODE_SEQUENCE_SETTINGS),
    distances: ofLayer('distances'),
    attentionNorms: ofLayer('attentionNorms'),
    attentionInputs: ofLayer('attentionInputs'),
    attentionOutputs: ofLayer('attentionOutputs'),
    hiddenNorms: ofLayer('hiddenNorms'),
    hiddenWeights: ofLayer('hiddenWeights'),
    hiddenBiases: ofLayer('hiddenBiases'),
    outputWeights: ofLayer('outputWeights'),
    outputBiases: ofLayer('outputBiases'),
    lastNorm: ofLayer('lastNorm'),
    x: ofTokens,
    outputs: ofTokens,
    standard: ofTokens,
    inverse: ['Float32Array', rows],
    normed: ofTokens,
    projected: ['Float32Array', rows * 3 * dim],
    looks: ['Float32Array', heads * rows * looksRow],
    turned: ['Float32Array', (dim / heads) * looksRow],
    attended: ofTokens,
    hidden: ['Float32Array', rows * hiddenDim],
  });
  for (const name of LAYERS) arrays[name].set(parameters[name]);
  writeSettings(arrays.settings, ENCODE_SEQUENCE_SETTINGS, {
    ...arrays,
    d: dim,
    blocks,
    heads,
    h: hiddenDim,
    distanceColumns: model.hasDistances ? distanceColumns(length) : 0,
  });
  const { configure, encode: run } = new wasm.Instance(kernel.module, { env: { memory } }).exports;
  configure(arrays.settings.byteOffset);
  const { x, outputs } = arrays;
  const encoder = { encode };
  weigh(encoder, bytes);
  return encoder;

  function encode({ items, gaps, ratings }: SequenceTokens): Float32Array {
    const n = items.length;
    const padded = 4 * floor((n + 3) / 4);
    const scale = sqrt(dim);
    const { itemEmbeddings, positions } = parameters;
    for (let t = 0; t < n; t++) {
      const to = t * dim;
      const item = items[t] * dim;
      const position = (n - 1 - t) * dim;
      for (let c = 0; c < dim; c++) x[to + c] = scale * itemEmbeddings[item + c] + positions[position + c];
      if (model.hasGaps) addRow(x, to, parameters.gaps, gaps[t] * dim);
      if (model.hasRatings) addRow(x, to, parameters.ratings, ratings[t] * dim);
    }
    x.fill(0, n * dim, padded * dim);
    run(padded);
    return Float32Array.from(outputs.subarray((n - 1) * dim, n * dim));
  }

  function addRow(to: Float32Array, at: number, rows: Float32Array, from: number): void {
    for (let c = 0; c < dim; c++) to[at + c] += rows[from + c];
  }
}
