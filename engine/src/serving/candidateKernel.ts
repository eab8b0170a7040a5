import type { RecommenderModel } from '../features/recommenderModel.ts';
import { FEATURES } from '../features/registry.ts';
import { loadKernel } from '../kernels/loadKernel.ts';
import type { WasmMemory } from '../kernels/webAssembly.ts';
import { weigh } from '../kernels/weight.ts';
import type { FoldedUser } from './foldIn.ts';
import { openCandidateMemory, placeModel } from './candidateMemory.ts';
import { ModelKernel } from './modelKernel.ts';
import type { CacheSize, CandidateKernel } from './modelKernel.ts';

/** Bytes of all users' cached features together, where the caller does not say; a feature of 10,000 items takes 39 kB. */
export const FEATURE_CACHE_BYTES = 192 * 1024 * 1024;

/** The fields of a model that its memory is made from; the same ones with other settings share it. */
const FIELDS = [...new Set(FEATURES.map(({ part }) => part))];

const kernels = new WeakMap<
  RecommenderModel['item2vec'],
  { model: RecommenderModel; kernel: CandidateKernel }
>();

/**
 * The kernel of a model, made at the first call and cached as long as the model's parts live; null where
 * `engine/kernels/candidates.ts` was not built.
 * @throws EngineMemoryError when its copy of the model does not fit
 */
export function candidateKernel(model: RecommenderModel): CandidateKernel | null {
  const known = kernels.get(model.item2vec);
  if (known && FIELDS.every((field) => known.model[field] === model[field])) return known.kernel;
  const memory = placeCandidates(model, 1);
  const kernel = memory && openCandidates(model, memory, 0);
  if (kernel) weigh(kernel, memory.buffer.byteLength);
  return kernel;
}

/** Forgets what a model's kernel in this thread has cached of a user. */
export function forgetFeatures({ item2vec }: RecommenderModel, user: FoldedUser): void {
  kernels.get(item2vec)?.kernel.forget(user);
}

/** The size of the cache of a model's {@link candidateKernel} in this thread; null where none was made yet. */
export function featureCacheOf({ item2vec }: RecommenderModel): CacheSize | null {
  return kernels.get(item2vec)?.kernel.cache ?? null;
}

/**
 * Copies a model into the kernel's memory for so many threads; null where the kernel was not built.
 * @throws EngineMemoryError when the copy does not fit
 */
export function placeCandidates(model: RecommenderModel, threads: number): WasmMemory | null {
  return loadKernel('candidates') && model.numItems > 0 ? placeModel(model, threads) : null;
}

/**
 * Opens a memory of {@link placeCandidates} as one of its threads: from then on it is the model's {@link candidateKernel}
 * in this thread.
 * @param cacheBytes of the features that are cached for users who come again
 */
export function openCandidates(
  model: RecommenderModel,
  memory: WasmMemory,
  thread: number,
  cacheBytes = FEATURE_CACHE_BYTES,
): CandidateKernel | null {
  const code = loadKernel('candidates');
  if (!code) return null;
  const opened = openCandidateMemory(code, model, memory, thread);
  const kernel = new ModelKernel(opened, model, cacheBytes);
  kernels.set(model.item2vec, { model, kernel });
  return kernel;
}
