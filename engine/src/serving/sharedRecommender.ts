import { types } from 'node:util';
import type { RecommenderModel } from '../features/recommenderModel.ts';
import type { WasmMemory } from '../kernels/webAssembly.ts';
import { sharedBytesOf, weigh } from '../kernels/weight.ts';
import { openNeuralCFScorer, placeNeuralCF } from '../models/neuralCF/scorer.ts';
import { encodeSequence } from '../models/sequence/encode.ts';
import { openCandidates, placeCandidates } from './candidateKernel.ts';
import { placedInstead } from './candidateMemory.ts';

/** A recommender for several threads: can be posted to each, and of what grows with the catalogue or the users nothing is copied. */
export interface SharedRecommender {
  /** All arrays in shared memory. */
  readonly recommender: RecommenderModel;
  /** The kernels' memories, each with the model once and room for each thread; null where a kernel is not built. */
  readonly candidates: WasmMemory | null;
  readonly neuralCF: WasmMemory | null;
  readonly threads: number;
}

/**
 * Places a recommender in memory that so many threads can serve from at once, with all that would else be made at first use.
 * Arrays that are in shared memory already stay where they are.
 * @throws EngineMemoryError when the kernels' copies do not fit
 */
export function shareRecommender(model: RecommenderModel, threads: number): SharedRecommender {
  const candidates = placeCandidates(model, threads);
  const shared: SharedRecommender = {
    recommender: inSharedMemory(model, candidates ? placedInstead(model, candidates) : new Map()),
    candidates,
    neuralCF: model.neuralCF && placeNeuralCF(model.neuralCF, threads),
    threads,
  };
  weigh(shared, bytesOfShared(shared));
  return shared;
}

/**
 * The recommender of {@link shareRecommender} as one of its threads, with the same answers to the last bit. At a time no
 * two threads may have the same number; who takes the place of one that ended takes its number.
 * @param thread from 0
 * @param cacheBytes of the features that this thread caches for users who come again
 * @throws RangeError for a thread beyond those that it was shared among
 */
export function openRecommender(
  shared: SharedRecommender,
  thread: number,
  cacheBytes?: number,
): RecommenderModel {
  const { recommender, candidates, neuralCF, threads } = shared;
  if (!Number.isInteger(thread) || thread < 0 || thread >= threads) {
    throw new RangeError(`thread ${thread}: the model is shared among ${threads}`);
  }
  // Objects of this thread's own, by which it finds its kernels.
  const model: RecommenderModel = {
    ...recommender,
    item2vec: { ...recommender.item2vec },
    neuralCF: recommender.neuralCF && { ...recommender.neuralCF },
  };
  if (candidates) openCandidates(model, candidates, thread, cacheBytes);
  if (neuralCF && model.neuralCF) openNeuralCFScorer(model.neuralCF, neuralCF, thread);
  // Prepares the encoder: no request should wait for that.
  if (model.sequence && model.numItems > 0) encodeSequence(model.sequence, { items: [0] });
  weigh(model, bytesOfShared(shared));
  return model;
}

/** Adds up the shared memory behind a recommender, all threads' room for answers included. */
export function bytesOfShared({ recommender, candidates, neuralCF }: SharedRecommender): number {
  return sharedBytesOf([recommender, candidates?.buffer, neuralCF?.buffer]);
}

type NumberArray = Float32Array | Float64Array | Int32Array | Uint16Array;

/**
 * The same value with every array of numbers in it in shared memory, one that occurs twice as one.
 * @param instead objects and arrays for which others stand in shared memory already
 */
export function inSharedMemory<Value>(value: Value, instead: ReadonlyMap<object, object> = new Map()): Value {
  const known = new Map<object, unknown>();
  const convert = (one: unknown): unknown => {
    if (typeof one !== 'object' || one === null) return one;
    let made = known.get(one);
    if (made === undefined) {
      const other = instead.get(one) ?? one;
      made = ArrayBuffer.isView(other) ? shared(other) : mapped(other);
      known.set(one, made);
    }
    return made;
  };
  const mapped = (one: object): unknown =>
    Array.isArray(one)
      ? one.map(convert)
      : Object.fromEntries(Object.entries(one).map(([name, field]) => [name, convert(field)]));
  return convert(value) as Value;
}

function shared(array: ArrayBufferView): ArrayBufferView {
  if (types.isSharedArrayBuffer(array.buffer)) return array;
  const numbers = array as NumberArray;
  const copy = new (numbers.constructor as new (buffer: SharedArrayBuffer) => NumberArray)(
    new SharedArrayBuffer(array.byteLength),
  );
  copy.set(numbers);
  return copy;
}
