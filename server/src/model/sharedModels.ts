import {
  openSharedModel,
  type LoadedModel,
  type MovieContent,
  type SharedModelHandle,
} from '@pocketrocket/model';
import { ITEM_IDS, type Artifact } from '@pocketrocket/model/artifact';
import { messageOf, type Logger } from '@pocketrocket/runtime';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { contentOf, noteWhole } from './modelOfCatalogue.ts';
import type { ModelProvider, ModelState } from './modelWatcher.ts';

/** The model that serves, as threads tell each other. */
export interface SharedState {
  /** Null without a model. */
  model: { handle: SharedModelHandle; release: string } | null;
  /** See `ModelState`. */
  problem: string | null;
}

/** A thread among those that serve from one copy of a model. */
export interface SharingThread {
  /** From 0. */
  index: number;
  /** Bytes of the features that it caches. */
  cacheBytes: number;
}

/** An artifact to be placed in memory that all threads serve from. */
export interface Preparation {
  artifact: Artifact;
  /** The whole catalogue where the model lacks movies of it; else empty. */
  contents: readonly MovieContent[];
}

/** Places a model in shared memory, off this thread. @throws AppError ARTIFACT_INVALID */
export type PrepareModel = (preparation: Preparation) => Promise<SharedModelHandle>;

/** Opens a model that another thread has placed, with the new movies of its catalogue already in it. */
export function openShared(handle: SharedModelHandle, { index, cacheBytes }: SharingThread): LoadedModel {
  const model = openSharedModel(handle, index, { cacheBytes });
  noteWhole(model);
  return model;
}

/** The preparation of an artifact for the movies of a catalogue. */
export function preparationOf(artifact: Artifact, catalogue: Catalogue): Preparation {
  const known = new Set(artifact.tensors[ITEM_IDS]?.data);
  const lacksNone = catalogue.movies.every(({ movieId }) => known.has(movieId));
  return { artifact, contents: lacksNone ? [] : catalogue.movies.map(contentOf) };
}

/** The model that another thread loads and exchanges. */
export class FollowedModels implements ModelProvider {
  readonly #thread: SharingThread;
  readonly #logger: Logger;
  #state: ModelState = { model: null, problem: null };
  #release: string | null = null;

  constructor(thread: SharingThread, logger: Logger) {
    this.#thread = thread;
    this.#logger = logger;
  }

  state(): ModelState {
    return this.#state;
  }

  /** Takes over what the other thread tells. A model that cannot be opened leaves the one at hand in place. */
  follow({ model: next, problem }: SharedState): void {
    const { model } = this.#state;
    if (next === null) {
      this.#state = { model: null, problem };
      this.#release = null;
    } else if (next.release === this.#release) {
      this.#state = { model, problem };
    } else {
      try {
        this.#state = { model: openShared(next.handle, this.#thread), problem };
        this.#release = next.release;
      } catch (error) {
        this.#logger.error({ err: error, version: next.handle.version }, 'a shared model cannot be opened');
        this.#state = {
          model,
          problem: `model version ${next.handle.version} cannot be opened: ${messageOf(error)}`,
        };
      }
    }
  }
}
