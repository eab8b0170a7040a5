import type { Interactions } from '../../data/interactions.ts';
import { reserveMemory } from '../../kernels/kernelMemory.ts';
import type { Kernel } from '../../kernels/loadKernel.ts';
import { settingsLength, writeSettings } from '../../kernels/settingsBlock.ts';
import { startThreads } from '../../kernels/threads.ts';
import { dropoutThreshold } from './dropout.ts';
import { tokenRows } from './gradient.ts';
import { GAP_SLOTS, RATING_SLOTS } from './inputs.ts';
import type { SequenceOptions } from './options.ts';
import { distanceColumns } from './parameters.ts';
import { countWindows, positivePower } from './plan.ts';
import type { EpochPlan } from './plan.ts';
import type { SequenceState } from './state.ts';
import type { EpochResult, SequenceTrainer } from './trainer.ts';

const { ceil, max, min } = Math;

/** The kernel's `SHARDS`: threads that have a part of each batch. */
export const SHARDS = 4;
/** Tokens of a tile, at least: windows shorter than it share one. */
const TILE_TOKENS = 128;

/** The settings of `engine/kernels/sequence.ts`. */
export const SEQUENCE_SETTINGS = {
  numItems: 'u32',
  d: 'u32',
  length: 'u32',
  blocks: 'u32',
  heads: 'u32',
  h: 'u32',
  gapSlots: 'u32',
  ratingSlots: 'u32',
  distanceColumns: 'u32',
  numNetwork: 'u32',
  negatives: 'u32',
  batchSize: 'u32',
  tileTokens: 'u32',
  isBinary: 'u32',
  power: 'f32',
  dropout: 'f32',
  dropoutThreshold: 'u32',
  workspaceLength: 'u32',
  counters: 'address',
  itemOfRow: 'address',
  gapOfRow: 'address',
  ratingOfRow: 'address',
  starts: 'address',
  lengths: 'address',
  shardStarts: 'address',
  seeds: 'address',
  scales: 'address',
  rates: 'address',
  averagings: 'address',
  negativeItems: 'address',
  corrections: 'address',
  losses: 'address',
  items: 'address',
  itemsFirst: 'address',
  itemsSecond: 'address',
  itemsAverage: 'address',
  network: 'address',
  networkFirst: 'address',
  networkSecond: 'address',
  networkAverage: 'address',
  itemGradients: 'address',
  itemStamps: 'address',
  networkGradients: 'address',
  workspaces: 'address',
} as const;

/**
 * Training by the kernel `engine/kernels/sequence.ts`, the same as {@link referenceTrainer} but in single precision.
 *
 * The same plan gives the same bytes on any number of threads: each batch has four gradients, of fixed windows, that are
 * added in a fixed order.
 * @throws EngineMemoryError when state, gradients and layers do not fit.
 */
export function kernelTrainer(
  kernel: Kernel,
  state: SequenceState,
  interactions: Interactions,
  options: SequenceOptions,
  threads: number,
): SequenceTrainer {
  const { numItems, itemIndices } = interactions;
  const { dim, length, blocks, heads, hiddenDim, batchSize, negatives, dropout } = options;
  const numRows = itemIndices.length;
  const numNetwork = state.weights.network.length;
  const numWindows = countWindows(interactions, options, state.random.order);
  const numBatches = ceil(numWindows / batchSize);
  const tileTokens = 16 * ceil(max(TILE_TOKENS, length + 3) / 16);
  const workspace = workspaceLength(options, tileTokens);
  const itemNumbers = ['Float32Array', numItems * dim] as const;
  const networkNumbers = ['Float32Array', numNetwork] as const;
  const reserved = reserveMemory('sequence', {
    settings: settingsLength(SEQUENCE_SETTINGS),
    counters: ['Int32Array', 2],
    itemOfRow: ['Int32Array', numRows],
    gapOfRow: ['Uint8Array', numRows],
    ratingOfRow: ['Uint8Array', numRows],
    starts: ['Int32Array', numWindows],
    lengths: ['Int32Array', numWindows],
    shardStarts: ['Int32Array', numBatches * (SHARDS + 1)],
    seeds: ['Int32Array', numBatches],
    scales: ['Float32Array', numBatches],
    rates: ['Float32Array', numBatches],
    averagings: ['Float32Array', numBatches],
    negativeItems: ['Int32Array', numBatches * negatives],
    corrections: ['Float32Array', numBatches * negatives],
    losses: ['Float64Array', numBatches * SHARDS],
    items: itemNumbers,
    itemsFirst: itemNumbers,
    itemsSecond: itemNumbers,
    itemsAverage: itemNumbers,
    network: networkNumbers,
    networkFirst: networkNumbers,
    networkSecond: networkNumbers,
    networkAverage: networkNumbers,
    itemGradients: ['Float32Array', SHARDS * numItems * dim],
    itemStamps: ['Int32Array', SHARDS * numItems],
    networkGradients: ['Float32Array', SHARDS * numNetwork],
    workspaces: ['Float32Array', threads * workspace],
  });
  const { arrays } = reserved;
  writeSettings(arrays.settings, SEQUENCE_SETTINGS, {
    ...arrays,
    numItems,
    d: dim,
    length,
    blocks,
    heads,
    h: hiddenDim,
    gapSlots: options.gaps ? GAP_SLOTS : 0,
    ratingSlots: options.ratings ? RATING_SLOTS : 0,
    distanceColumns: options.distances ? distanceColumns(length) : 0,
    numNetwork,
    negatives,
    batchSize,
    tileTokens,
    isBinary: options.loss === 'gBCE' ? 1 : 0,
    power: positivePower(interactions, options),
    dropout,
    dropoutThreshold: dropoutThreshold(dropout),
    workspaceLength: workspace,
  });
  const rows = tokenRows(interactions);
  arrays.itemOfRow.set(rows.items);
  arrays.gapOfRow.set(rows.gaps);
  arrays.ratingOfRow.set(rows.ratings);
  const copies: [Float32Array, Float32Array][] = [
    [state.weights.itemEmbeddings, arrays.items],
    [state.first.itemEmbeddings, arrays.itemsFirst],
    [state.second.itemEmbeddings, arrays.itemsSecond],
    [state.average.itemEmbeddings, arrays.itemsAverage],
    [state.weights.network, arrays.network],
    [state.first.network, arrays.networkFirst],
    [state.second.network, arrays.networkSecond],
    [state.average.network, arrays.networkAverage],
  ];
  for (const [own, kernels] of copies) kernels.set(own);
  const crew = startThreads(kernel, reserved, threads);
  return { runEpoch, end: () => crew.end() };

  function runEpoch(plan: EpochPlan): EpochResult {
    const { counters, settings, losses } = arrays;
    const targets = placePlan(plan, options, arrays);
    for (let batch = 0; batch < numBatches; batch++) {
      const step = ++state.steps;
      counters.fill(0);
      crew.run('addGradients', settings.byteOffset, batch, step);
      counters.fill(0);
      crew.run('takeStep', settings.byteOffset, batch, step);
    }
    for (const [own, kernels] of copies) own.set(kernels);
    return { loss: losses.reduce((sum, loss) => sum + loss, 0), numTargets: targets };
  }
}

interface PlanArrays {
  readonly starts: Int32Array;
  readonly lengths: Int32Array;
  readonly shardStarts: Int32Array;
  readonly seeds: Int32Array;
  readonly scales: Float32Array;
  readonly rates: Float32Array;
  readonly averagings: Float32Array;
  readonly negativeItems: Int32Array;
  readonly corrections: Float32Array;
}

/** Hands a plan to the kernel; returns how many targets it has. */
function placePlan(plan: EpochPlan, { batchSize }: SequenceOptions, arrays: PlanArrays): number {
  const { starts, lengths } = plan;
  arrays.starts.set(starts);
  arrays.lengths.set(lengths);
  arrays.seeds.set(plan.seeds);
  arrays.rates.set(plan.rates);
  arrays.averagings.set(plan.averagings);
  arrays.negativeItems.set(plan.negatives);
  arrays.corrections.set(plan.corrections);
  let total = 0;
  for (let batch = 0; batch < plan.seeds.length; batch++) {
    const first = batch * batchSize;
    const end = min(starts.length, first + batchSize);
    let targets = 0;
    for (let window = first; window < end; window++) targets += lengths[window];
    arrays.scales[batch] = 1 / targets;
    total += targets;
    // A shard ends where its share of the tokens is reached.
    const at = batch * (SHARDS + 1);
    let window = first;
    let tokens = 0;
    for (let shard = 0; shard < SHARDS; shard++) {
      arrays.shardStarts[at + shard] = window;
      while (window < end && tokens + lengths[window] / 2 <= ((shard + 1) * targets) / SHARDS) {
        tokens += lengths[window++];
      }
    }
    arrays.shardStarts[at + SHARDS] = end;
  }
  return total;
}

/** Numbers in one thread's workspace: what the kernel's `enterWorkspace` takes, on cache lines of its own. */
function workspaceLength(
  { dim: d, length, blocks, heads, hiddenDim: h, negatives }: SequenceOptions,
  tileTokens: number,
): number {
  const looksOfToken = 8 * Math.floor((length + 11) / 8);
  const weights = blocks * (4 * d * d + 2 * d * h);
  const ofNegatives = 2 * negatives * d + d * (negatives + 16);
  const perToken = 5 * d + 3 * d + h + negatives + 16 + looksOfToken + d + 1 + 4;
  const perBlock = 8 * d + h + 2 + heads * looksOfToken;
  const numbers =
    weights + ofNegatives + (d / heads) * looksOfToken + tileTokens * (perToken + blocks * perBlock);
  return 16 * ceil(numbers / 16);
}
