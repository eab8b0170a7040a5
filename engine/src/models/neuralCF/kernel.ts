import { usersOfRows } from '../../data/interactions.ts';
import type { Interactions } from '../../data/interactions.ts';
import { reserveMemory } from '../../kernels/kernelMemory.ts';
import type { Kernel } from '../../kernels/loadKernel.ts';
import { settingsLength, writeSettings } from '../../kernels/settingsBlock.ts';
import { startThreads } from '../../kernels/threads.ts';
import { adamRate } from './adam.ts';
import type { NeuralCFOptions, NeuralCF, NeuralCFParameters } from './index.ts';
import { metItems } from './trainer.ts';
import type { EpochPlan, EpochResult, NeuralCFTrainer } from './trainer.ts';

/** Samples that go through the layers together: as many as keep all they need in the first-level cache. */
const TILE_SAMPLES = 64;

/** The settings of `engine/kernels/neuralCF.ts`. */
export const NEURAL_CF_SETTINGS = {
  numUsers: 'u32',
  numItems: 'u32',
  numRows: 'u32',
  numBatches: 'u32',
  batchSize: 'u32',
  negatives: 'u32',
  d: 'u32',
  h1: 'u32',
  h2: 'u32',
  tileGroups: 'u32',
  tileSamples: 'u32',
  numDense: 'u32',
  workspaceLength: 'u32',
  counters: 'address',
  userOffsets: 'address',
  sortedItems: 'address',
  hasUnseen: 'address',
  itemOfRow: 'address',
  userOfRow: 'address',
  rowOrder: 'address',
  seeds: 'address',
  rates: 'address',
  losses: 'address',
  counts: 'address',
  users: 'address',
  usersFirst: 'address',
  usersSecond: 'address',
  items: 'address',
  itemsFirst: 'address',
  itemsSecond: 'address',
  dense: 'address',
  denseFirst: 'address',
  denseSecond: 'address',
  userStamps: 'address',
  userSlots: 'address',
  itemStamps: 'address',
  itemSlots: 'address',
  touchedUsers: 'address',
  touchedItems: 'address',
  userGradients: 'address',
  itemGradients: 'address',
  workspaces: 'address',
} as const;

/**
 * Training by the kernel `engine/kernels/neuralCF.ts`, the same as {@link referenceTrainer} but in single precision.
 *
 * One thread gives the same bytes for the same plan; several take batches at once, without locks.
 * @throws EngineMemoryError when model, moments and gradients do not fit.
 */
export function kernelTrainer(
  kernel: Kernel,
  model: NeuralCF,
  interactions: Interactions,
  { batchSize, negatives }: NeuralCFOptions,
  threads: number,
): NeuralCFTrainer {
  const { numUsers, numItems } = model;
  const numRows = interactions.itemIndices.length;
  const numBatches = Math.ceil(numRows / batchSize);
  const [d, h1, h2] = [model.embeddingDim, ...model.hiddenDims].map(roundUp8);
  const userWidth = 2 * d;
  const itemWidth = 2 * d + 4;
  const numDense = 2 * h1 * d + h1 + h2 * h1 + 2 * h2;
  const tileGroups = 4 * Math.max(1, Math.round(TILE_SAMPLES / 4 / (1 + negatives)));
  const tileSamples = tileGroups * (1 + negatives);
  const workspace = workspaceLength({ d, h1, h2, tileGroups, tileSamples, numDense });
  const mostItems = batchSize * (1 + negatives);
  const reserved = reserveMemory('neuralCF', {
    settings: settingsLength(NEURAL_CF_SETTINGS),
    counters: ['Int32Array', 2],
    userOffsets: ['Int32Array', numUsers + 1],
    sortedItems: ['Int32Array', numRows],
    hasUnseen: ['Uint8Array', numUsers],
    itemOfRow: ['Int32Array', numRows],
    userOfRow: ['Int32Array', numRows],
    rowOrder: ['Int32Array', numRows],
    seeds: ['Int32Array', numBatches],
    rates: ['Float32Array', numBatches],
    losses: ['Float64Array', numBatches],
    counts: ['Int32Array', numBatches],
    users: ['Float32Array', numUsers * userWidth],
    usersFirst: ['Float32Array', numUsers * userWidth],
    usersSecond: ['Float32Array', numUsers * userWidth],
    items: ['Float32Array', numItems * itemWidth],
    itemsFirst: ['Float32Array', numItems * itemWidth],
    itemsSecond: ['Float32Array', numItems * itemWidth],
    dense: ['Float32Array', numDense],
    denseFirst: ['Float32Array', numDense],
    denseSecond: ['Float32Array', numDense],
    userStamps: ['Int32Array', threads * numUsers],
    userSlots: ['Int32Array', threads * numUsers],
    itemStamps: ['Int32Array', threads * numItems],
    itemSlots: ['Int32Array', threads * numItems],
    touchedUsers: ['Int32Array', threads * batchSize],
    touchedItems: ['Int32Array', threads * mostItems],
    userGradients: ['Float32Array', threads * batchSize * userWidth],
    itemGradients: ['Float32Array', threads * mostItems * itemWidth],
    workspaces: ['Float32Array', threads * workspace],
  });
  const { arrays } = reserved;
  const { userOffsets, sortedItems, hasUnseen, itemOfRow, userOfRow } = arrays;
  writeSettings(arrays.settings, NEURAL_CF_SETTINGS, {
    ...arrays,
    numUsers,
    numItems,
    numRows,
    numBatches,
    batchSize,
    negatives,
    d,
    h1,
    h2,
    tileGroups,
    tileSamples,
    numDense,
    workspaceLength: workspace,
  });
  const met = metItems(interactions);
  userOffsets.set(interactions.userOffsets);
  sortedItems.set(met.sorted);
  hasUnseen.set(met.hasUnseen);
  itemOfRow.set(interactions.itemIndices);
  userOfRow.set(usersOfRows(interactions));

  const copies = copiesOf(model, { d, h1, h2, userWidth, itemWidth }, arrays);
  for (const copy of copies) copy('in');
  const crew = startThreads(kernel, reserved, threads);
  let numSteps = 0;
  return { runEpoch, end: () => crew.end() };

  function runEpoch({ rows, seeds, learningRates }: EpochPlan): EpochResult {
    arrays.rowOrder.set(rows);
    arrays.seeds.set(seeds);
    // Stamps of 0 are those of no batch yet.
    const firstStamp = numSteps + 1;
    for (let batch = 0; batch < numBatches; batch++) {
      arrays.rates[batch] = adamRate(learningRates[batch], ++numSteps);
    }
    arrays.counters.fill(0);
    crew.run('trainEpoch', arrays.settings.byteOffset, firstStamp);
    for (const copy of copies) copy('out');
    return { loss: sum(arrays.losses), numSamples: sum(arrays.counts) };
  }
}

interface PaddedSizes {
  readonly d: number;
  readonly h1: number;
  readonly h2: number;
  readonly userWidth: number;
  readonly itemWidth: number;
}

/** Copies a parameter into the kernel's padded memory or out of it. */
type CopyParameter = (direction: 'in' | 'out') => void;

function copiesOf(
  { parameters, embeddingDim, hiddenDims }: NeuralCF,
  { d, h1, h2, userWidth, itemWidth }: PaddedSizes,
  { users, items, dense }: Record<'users' | 'items' | 'dense', Float32Array>,
): CopyParameter[] {
  const [hidden1, hidden2] = hiddenDims;
  const half = embeddingDim;
  let next = 0;
  /** The following `rows × columns` of the dense parameters. */
  const layer = (name: keyof NeuralCFParameters, width: number, rows: number, columns: number) => {
    const start = next;
    next += rows * columns;
    return copyOf(parameters[name], width, 0, width, dense, columns, start);
  };
  return [
    copyOf(parameters.userEmbeddings, 2 * half, 0, half, users, userWidth, 0),
    copyOf(parameters.userEmbeddings, 2 * half, half, half, users, userWidth, d),
    copyOf(parameters.itemEmbeddings, 2 * half, 0, half, items, itemWidth, 0),
    copyOf(parameters.itemEmbeddings, 2 * half, half, half, items, itemWidth, d),
    copyOf(parameters.itemBiases, 1, 0, 1, items, itemWidth, 2 * d),
    layer('layer1UserWeights', half, h1, d),
    layer('layer1ItemWeights', half, h1, d),
    layer('layer1Biases', hidden1, 1, h1),
    layer('layer2Weights', hidden1, h2, h1),
    layer('layer2Biases', hidden2, 1, h2),
    layer('outputWeights', hidden2, 1, h2),
  ];
}

/**
 * Columns `from` … `from + count − 1` of `plain`, whose rows are `width` long, against the columns of `padded`, whose
 * rows are `paddedWidth` long, that begin at `paddedFrom`.
 */
function copyOf(
  plain: Float32Array,
  width: number,
  from: number,
  count: number,
  padded: Float32Array,
  paddedWidth: number,
  paddedFrom: number,
): CopyParameter {
  const numRows = plain.length / width;
  return (direction) => {
    for (let row = 0; row < numRows; row++) {
      const at = row * width + from;
      const paddedAt = row * paddedWidth + paddedFrom;
      if (direction === 'in') {
        for (let column = 0; column < count; column++) padded[paddedAt + column] = plain[at + column];
      } else {
        for (let column = 0; column < count; column++) plain[at + column] = padded[paddedAt + column];
      }
    }
  };
}

/** Numbers in one thread's workspace: what the kernel's `enterWorkspace` takes, on cache lines of its own. */
function workspaceLength(
  sizes: Record<'d' | 'h1' | 'h2' | 'tileGroups' | 'tileSamples' | 'numDense', number>,
): number {
  const { d, h1, h2, tileGroups, tileSamples, numDense } = sizes;
  const transposed = 2 * h1 * d + h1 * h2;
  const perGroup = 2 * d + 2 * h1 + 3;
  const perSample = 2 * d + 2 * h1 + 2 * h2 + 6;
  return 16 * Math.ceil((numDense + transposed + tileGroups * perGroup + tileSamples * perSample + 4) / 16);
}

function roundUp8(n: number): number {
  return 8 * Math.ceil(n / 8);
}

function sum(values: Float64Array | Int32Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}
