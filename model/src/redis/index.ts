/** The model in Redis: versions as blobs and vector sets, and the pointer to the one that serves. */
export { counterPrefix, modelKeys, type ModelKeys, type ReleaseKeys } from './keys.ts';
export { RedisLink, type RedisLinkOptions, type RedisWord } from './link.ts';
export { augmentedQuery, augmentedVectors, innerProductOf, type AugmentedVectors } from './innerProducts.ts';
export {
  isLater,
  isSamePublication,
  type PublishedPointer,
  type ReleaseRef,
  type StoredPointer,
} from './pointer.ts';
export {
  CHUNK_BYTES,
  OLD_RELEASE_SECONDS,
  RedisModelStore,
  type AttributesOf,
  type ItemAttributes,
  type NearestItems,
  type OnProgress,
  type SearchOptions,
  type VectorsMeta,
} from './modelStore.ts';
export { NOTE_LIVES_MS, TrainingNotes } from './trainingNotes.ts';
