/** Keys of one version's parts. */
export interface ReleaseKeys {
  /** Manifest of the version and layout of its parts; written last, so that its presence means that the blob is whole. */
  readonly meta: string;
  /** The vector set of its items. */
  readonly vectors: string;
  /** The part of that number of its tensors' bytes. */
  readonly chunk: (index: number) => string;
}

/** Every key of one model. */
export interface ModelKeys {
  /** Pointer to the version that serves. */
  readonly current: string;
  /** The set of versions that were written. */
  readonly releases: string;
  /** Lease of the process that is publishing. */
  readonly lease: string;
  /** The channel on which changes of `current` are told. */
  readonly changes: string;
  /** The progress of a training, and the channel on which it is told. */
  readonly training: string;
  readonly release: (release: string) => ReleaseKeys;
}

/**
 * The keys of a model. All bear one hash tag, so that a cluster keeps them in one slot and steps over several of them are possible.
 * @param modelName MODEL_NAME, the same for all that share the model
 */
export function modelKeys(modelName: string): ModelKeys {
  const tag = `pocketrocket:{${encodeURIComponent(modelName)}}`;
  return {
    current: `${tag}:current`,
    releases: `${tag}:releases`,
    lease: `${tag}:lease`,
    changes: `${tag}:changes`,
    training: `${tag}:training`,
    release: (release) => ({
      meta: `${tag}:${release}:meta`,
      vectors: `${tag}:${release}:vectors`,
      chunk: (index) => `${tag}:${release}:blob:${index}`,
    }),
  };
}

/** Prefix of the keys of counters; without a hash tag, so that a cluster spreads them. */
export function counterPrefix(modelName: string, counter: string): string {
  return `pocketrocket:${encodeURIComponent(modelName)}:${counter}`;
}
