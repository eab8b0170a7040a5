import {
  bytesOfShared,
  IdMap,
  inSharedMemory,
  openRecommender,
  sharedBytesOf,
  shareRecommender,
  type IdTables,
  type SharedRecommender,
} from '@pocketrocket/engine';
import type { Manifest } from '../artifact/manifest.ts';
import type { LoadedModel } from './loadedModel.ts';

/**
 * A model in shared memory: post it to threads, and each opens it. The memory goes when the handles and all models that were
 * opened from them have.
 */
export interface SharedModelHandle {
  readonly version: number;
  readonly manifest: Manifest;
  readonly numTrainedItems: number;
  readonly items: IdTables;
  readonly users: IdTables;
  readonly recommender: SharedRecommender;
}

/**
 * Places a model in memory that threads can serve from at once, new movies and all. Once the caller lets the model itself go,
 * there is one copy.
 * @throws EngineMemoryError when it does not fit
 */
export function shareModel(model: LoadedModel, { threads }: { threads: number }): SharedModelHandle {
  const { version, manifest, numTrainedItems, items, users, recommender } = model;
  return {
    version,
    manifest,
    numTrainedItems,
    items: inSharedMemory(items.tables),
    users: inSharedMemory(users.tables),
    recommender: shareRecommender(recommender, threads),
  };
}

/** Adds up the shared memory that a handle keeps, all threads' room for answers included. */
export function bytesOfHandle({ items, users, recommender }: SharedModelHandle): number {
  return bytesOfShared(recommender) + sharedBytesOf([items, users]);
}

/** The model of a handle for a thread that makes another one of it, and serves nothing. */
export function modelOfHandle({ recommender, items, users, ...rest }: SharedModelHandle): LoadedModel {
  return {
    ...rest,
    items: IdMap.open(items),
    users: IdMap.open(users),
    recommender: recommender.recommender,
  };
}

/**
 * The model of a handle as one of its threads, with the same answers to the last bit: all that grows with movies, users or
 * ratings is shared. At a time no two threads may have the same number.
 * @param thread from 0
 * @param cacheBytes of the features that this thread caches for users who come again
 * @throws RangeError for a thread beyond those that the model was shared among
 */
export function openSharedModel(
  { version, manifest, numTrainedItems, items, users, recommender }: SharedModelHandle,
  thread: number,
  { cacheBytes }: { cacheBytes?: number } = {},
): LoadedModel {
  return {
    version,
    manifest,
    numTrainedItems,
    items: IdMap.open(items),
    users: IdMap.open(users),
    recommender: openRecommender(recommender, thread, cacheBytes),
  };
}
