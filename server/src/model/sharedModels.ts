import { openSharedModel, type LoadedModel, type SharedModelHandle } from '@pocketrocket/model';
import { ITEM_IDS, type Artifact } from '@pocketrocket/model/artifact';
import { messageOf, type Logger } from '@pocketrocket/runtime';
import type { MovieColumns, MovieTable } from '../catalogue/movieTable.ts';
import { noteWhole } from './modelOfCatalogue.ts';
import type { ModelProvider, ModelState } from './modelWatcher.ts';

/** A model that all threads serve from. */
export interface SharedModel {
  handle: SharedModelHandle;
  release: string;
  /** Random, of this copy: the same release is placed again when movies beside the data set change. */
  copyId: string;
  /** False while movies of the catalogue are not in it yet. */
  isWhole: boolean;
}

/** The model that serves, as threads tell each other. */
export interface SharedState {
  /** Null without a model. */
  model: SharedModel | null;
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

/** A model to be placed in memory that all threads serve from: an artifact, or one that is there already. */
export type Preparation =
  | {
      artifact: Artifact;
      /** The whole catalogue where the movies that the model lacks are to be in it; else null. */
      contents: MovieColumns | null;
    }
  | { handle: SharedModelHandle; contents: MovieColumns };

/** Places a model in shared memory, off this thread. @throws AppError ARTIFACT_INVALID */
export type PrepareModel = (preparation: Preparation) => Promise<SharedModelHandle>;

/** Opens a model that another thread has placed, with the new movies of its catalogue already in it. */
export function openShared(handle: SharedModelHandle, { index, cacheBytes }: SharingThread): LoadedModel {
  const model = openSharedModel(handle, index, { cacheBytes });
  noteWhole(model);
  return model;
}

/** Counts the movies of a catalogue that an artifact was not trained on. */
export function countLacking({ tensors }: Artifact, { movieIds }: MovieTable): number {
  const known = new Set(tensors[ITEM_IDS]?.data);
  return movieIds.reduce((count, movieId) => count + (known.has(movieId) ? 0 : 1), 0);
}

/** The model that another thread loads and exchanges. */
export class FollowedModels implements ModelProvider {
  readonly #thread: SharingThread;
  readonly #logger: Logger;
  #state: ModelState = { model: null, problem: null };
  #copyId: string | null = null;

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
      this.#copyId = null;
    } else if (next.copyId === this.#copyId) {
      this.#state = { model, problem };
    } else {
      try {
        this.#state = { model: openShared(next.handle, this.#thread), problem };
        this.#copyId = next.copyId;
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
