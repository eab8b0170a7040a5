import { randomUUID } from 'node:crypto';
import type { LoadedModel, SharedModelHandle } from '@pocketrocket/model';
import type { Manifest } from '@pocketrocket/model/artifact';
import type { Config, Logger } from '@pocketrocket/runtime';
import { FIRST_OVERLAY_MOVIE_ID } from '@pocketrocket/schema/database';
import type { CatalogueSource } from './catalogue/catalogueSource.ts';
import { modelOfCatalogue } from './model/modelOfCatalogue.ts';
import { ModelWatcher, type ModelProvider, type ModelWatcherOptions } from './model/modelWatcher.ts';
import {
  countLacking,
  openShared,
  type PrepareModel,
  type SharedModel,
  type SharedState,
  type SharingThread,
} from './model/sharedModels.ts';
import { modelSourceOf, type SharedRedis } from './model/sharedRedis.ts';
import type { Rankers } from './rankers/openRankers.ts';

/** New movies that a model is given before it serves; with more it serves without them until they are placed. */
const MOST_AT_ONCE = 5_000;

/** Loads models for itself alone, loads them for all threads, or follows the thread that does. */
export type PlaceOfModels = { kind: 'alone' } | Loading | { kind: 'follows'; models: ModelProvider };

interface Loading {
  kind: 'loads';
  thread: SharingThread;
  prepare: PrepareModel;
  /** The model that the other threads serve already, as after this thread was started again. */
  initial: SharedState | null;
  tell: (state: SharedState) => void;
}

/** The models of a thread. */
export interface OpenedModels {
  models: ModelProvider;
  /** From now on later publications serve, as soon as TensorFlow Serving has them where it ranks. */
  watch(tfServing: Rankers['tfServing']): Promise<void>;
  close(): void;
}

/** Opens the models, of which the one that is published serves where it fits. */
export async function openModels(
  place: PlaceOfModels,
  { config, redis, catalogue, logger }: ModelDeps,
): Promise<OpenedModels> {
  if (place.kind === 'follows') return { models: place.models, watch: async () => {}, close: () => {} };
  const watcher = new ModelWatcher({
    ...(place.kind === 'loads' && optionsOf(place, catalogue)),
    source: await modelSourceOf(config, redis, () => catalogue.current(), logger),
    logger,
    dataAtHand() {
      const { dataset } = catalogue.current();
      return (
        dataset && {
          datasetName: dataset.name,
          datasetIdentity: dataset.identity,
          // Movies of apps come and go, and the models that know them stay.
          hasMovie: (movieId) => movieId >= FIRST_OVERLAY_MOVIE_ID || catalogue.current().has(movieId),
          ...(place.kind === 'loads' && { catalogueVersion: catalogue.current().version }),
        }
      );
    },
  });
  await watcher.refresh();
  // Makes new movies' places in the model now: the first request would wait for them.
  modelOfCatalogue(catalogue.current(), watcher.state());
  return {
    models: watcher,
    async watch(tfServing) {
      if (tfServing) watcher.setGate((version) => tfServing.mayServe(version));
      watcher.watch();
      catalogue.onChange(() => void watcher.pollNow());
      redis?.link.onReady(() => void watcher.pollNow());
      await redis?.store.onChange(() => void watcher.pollNow());
    },
    close: () => watcher.close(),
  };
}

interface ModelDeps {
  config: Config;
  redis: SharedRedis | null;
  catalogue: CatalogueSource;
  logger: Logger;
}

/** The options by which a watcher loads models for all threads. */
function optionsOf(
  { thread, prepare, initial, tell }: Loading,
  catalogue: CatalogueSource,
): Pick<ModelWatcherOptions, 'prepare' | 'complete' | 'onState' | 'initial'> {
  const opened = new WeakMap<LoadedModel, Omit<SharedModel, 'release'>>();
  /** The model that was made whole last. */
  let whole: Manifest | null = null;
  const open = (handle: SharedModelHandle, isWhole: boolean, copyId: string = randomUUID()) => {
    const model = openShared(handle, thread);
    opened.set(model, { handle, isWhole, copyId });
    if (isWhole) whole = model.manifest;
    return model;
  };
  const completed = async (handle: SharedModelHandle) =>
    open(await prepare({ handle, contents: catalogue.current().movies.columns }), true);
  return {
    async prepare(artifact) {
      const { movies } = catalogue.current();
      const lacking = countLacking(artifact, movies);
      // One that serves whole is not exchanged for less.
      const wasWhole =
        whole?.version === artifact.manifest.version && whole.createdAt === artifact.manifest.createdAt;
      const isWhole = wasWhole || lacking <= MOST_AT_ONCE;
      const contents = isWhole && lacking > 0 ? movies.columns : null;
      return open(await prepare({ artifact, contents }), isWhole);
    },
    complete(model) {
      const shared = opened.get(model);
      return !shared || shared.isWhole ? null : completed(shared.handle);
    },
    onState({ model, problem }, release) {
      const shared = model && opened.get(model);
      tell({ model: shared && release !== null ? { ...shared, release } : null, problem });
    },
    initial: initial?.model
      ? {
          model: open(initial.model.handle, initial.model.isWhole, initial.model.copyId),
          release: initial.model.release,
        }
      : null,
  };
}
