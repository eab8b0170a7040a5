import type { Interactions } from '../../data/interactions.ts';
import { reserveMemory } from '../../kernels/kernelMemory.ts';
import type { Kernel } from '../../kernels/loadKernel.ts';
import { padRows, paddedLength, unpadRows } from '../../kernels/rows.ts';
import { settingsLength, writeSettings } from '../../kernels/settingsBlock.ts';
import { startThreads } from '../../kernels/threads.ts';
import type { FitContext } from '../fitting.ts';
import type { Item2VecOptions } from './index.ts';
import { Schedule, endEpoch } from './training.ts';
import type { Item2VecState } from './training.ts';

/** The settings of `engine/kernels/item2vec.ts`. */
export const ITEM2VEC_SETTINGS = {
  counters: 'address',
  numHistories: 'u32',
  historiesPerChunk: 'u32',
  order: 'address',
  offsets: 'address',
  items: 'address',
  rates: 'address',
  losses: 'address',
  pairs: 'address',
  inVectors: 'address',
  outVectors: 'address',
  rowBytes: 'u32',
  numItems: 'u32',
  window: 'u32',
  negatives: 'u32',
  sharedNegatives: 'u32',
  scratch: 'address',
  scratchBytes: 'u32',
} as const;

const CACHE_LINE_FLOATS = 16;
const CHUNKS_PER_THREAD = 64;

/** {@link trainItem2Vec} by `engine/kernels/item2vec.ts`, in single precision and on threads. */
export function trainByKernel(
  kernel: Kernel,
  interactions: Interactions,
  options: Item2VecOptions,
  context: FitContext,
  state: Item2VecState,
  upTo: number,
): void {
  const { dim } = options;
  const { numUsers, numItems, userOffsets, itemIndices } = interactions;
  const { threads = 1 } = context;
  const stride = paddedLength(dim);
  // Of each thread: one row, and the addresses of the targets.
  const scratchLength = stride + paddedLength(1 + options.negatives) + CACHE_LINE_FLOATS;
  const reserved = reserveMemory('item2vec', {
    settings: settingsLength(ITEM2VEC_SETTINGS),
    counters: ['Int32Array', 2],
    order: ['Int32Array', numUsers],
    offsets: ['Int32Array', numUsers + 1],
    items: ['Int32Array', itemIndices.length],
    rates: ['Float32Array', numUsers],
    losses: ['Float64Array', numUsers],
    pairs: ['Float64Array', numUsers],
    inVectors: ['Float32Array', numItems * stride],
    outVectors: ['Float32Array', numItems * stride],
    scratch: ['Float32Array', threads * scratchLength],
  });
  const { arrays } = reserved;
  arrays.offsets.set(userOffsets);
  arrays.items.set(itemIndices);
  padRows(state.items.inVectors, dim, arrays.inVectors, stride);
  padRows(state.items.outVectors, dim, arrays.outVectors, stride);
  writeSettings(arrays.settings, ITEM2VEC_SETTINGS, {
    ...arrays,
    numHistories: numUsers,
    // Small enough that threads end together, large enough that they seldom meet at the queue.
    historiesPerChunk: Math.max(1, Math.floor(numUsers / (threads * CHUNKS_PER_THREAD))),
    rowBytes: stride * Float32Array.BYTES_PER_ELEMENT,
    numItems,
    window: options.window,
    negatives: options.negatives,
    sharedNegatives: options.sharedNegatives === false ? 0 : 1,
    scratchBytes: scratchLength * Float32Array.BYTES_PER_ELEMENT,
  });
  const schedule = new Schedule(interactions, options, context, state);
  const crew = startThreads(kernel, reserved, threads);
  try {
    while (state.epoch < upTo) {
      const { order, rates, seed } = schedule.nextEpoch();
      arrays.order.set(order);
      arrays.rates.set(rates);
      arrays.counters.fill(0);
      crew.run('trainEpoch', arrays.settings.byteOffset, seed);
      endEpoch(context, state, options, { loss: sum(arrays.losses), pairs: sum(arrays.pairs) });
    }
  } finally {
    crew.end();
  }
  unpadRows(arrays.inVectors, stride, state.items.inVectors, dim);
  unpadRows(arrays.outVectors, stride, state.items.outVectors, dim);
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
