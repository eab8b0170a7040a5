import { misfitOf, type Artifact, type DataAtHand } from '@pocketrocket/model/artifact';
import { AppError, messageOf, type Logger } from '@pocketrocket/runtime';
import { toLoadedModel, type LoadedModel } from '@pocketrocket/model';
import { publicReason } from './publicReason.ts';
import type { ModelSource, PublishedVersion, ServedArtifact } from './modelSource.ts';

export interface ModelState {
  model: LoadedModel | null;
  /** Why there is no model, or why the published version is not the one that serves, for anybody to read; null when all is well. */
  problem: string | null;
}

/** Source of the model that serves at the moment. */
export interface ModelProvider {
  /** The model to serve with; whoever began with one keeps it to the end of the request. */
  state(): ModelState;
}

/** The data at hand. */
export interface DataServed extends DataAtHand {
  /** Another number whenever movies beside the data set have changed, where a model must be prepared anew for it; absent where not. */
  catalogueVersion?: number;
}

export interface ModelWatcherOptions {
  source: ModelSource;
  /** The data that a model must fit; null while the database is empty. */
  dataAtHand(): DataServed | null;
  /** Makes an artifact ready to serve; `toLoadedModel` in this thread unless given. */
  prepare?: (artifact: Artifact) => Promise<LoadedModel>;
  /**
   * Makes of a model that serves one that takes its place, such as with movies that take long to place; null where the model is
   * whole.
   */
  complete?: (model: LoadedModel) => Promise<LoadedModel> | null;
  /** Told of every new state, with the release of its model. */
  onState?: (state: ModelState, release: string | null) => void;
  /** A model that serves already, by the release that it is of. */
  initial?: { model: LoadedModel; release: string } | null;
  logger: Logger;
}

/** Decides whether a version may take the place of the one that serves; asked at every poll until it may. */
export type ModelGate = (version: number) => Promise<boolean>;

interface Serving {
  release: string;
  artifact: Artifact | null;
  model: LoadedModel;
  /** Of the data that it was prepared for. */
  catalogueVersion: number | undefined;
}

/** Pause after preparing a model for changed movies, by the time that it took beyond what is little. */
const REST = 3;
const LITTLE_MS = 1_000;

const NO_DATA = 'the database holds no data set yet';
const NO_MODEL = 'no model has been trained yet';

/** Serves the version that is published, if it fits the data, and follows publications while requests run. */
export class ModelWatcher implements ModelProvider {
  readonly #options: ModelWatcherOptions;
  #state: ModelState = { model: null, problem: NO_MODEL };
  #gate: ModelGate | null = null;
  /** The artifact of the model at hand. */
  #serving: Serving | null = null;
  /** When the model may be prepared again for movies that have changed. */
  #restsUntil = 0;
  /** The publications at the last poll, so that a poll without changes is cheap. */
  #lastSeen: string | undefined;
  /** The state's problem in full, as it was logged. */
  #toldProblem: string | null = NO_MODEL;
  #polling: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #restTimer: NodeJS.Timeout | undefined;

  constructor(options: ModelWatcherOptions) {
    this.#options = options;
    if (!options.initial) return;
    const { model, release } = options.initial;
    this.#serving = { release, model, catalogueVersion: undefined, artifact: null };
    this.#state = { model, problem: null };
    void this.#completeLater(model);
  }

  state(): ModelState {
    return this.#state;
  }

  /** From now on lets a gate decide when a version replaces another. */
  setGate(gate: ModelGate): void {
    this.#gate = gate;
  }

  /** Looks for what is published every so often until closed. */
  watch(everyMs = 2_000): void {
    this.#timer = setInterval(() => void this.refresh(), everyMs);
    this.#timer.unref();
  }

  close(): void {
    clearInterval(this.#timer);
    clearTimeout(this.#restTimer);
    this.#timer = undefined;
  }

  /** Polls once more, after a poll that may have begun too early to see the change. */
  async pollNow(): Promise<void> {
    await this.#polling;
    await this.refresh();
  }

  /** Looks now. Never rejects: what goes wrong becomes the state's problem, and the model at hand stays. */
  refresh(): Promise<void> {
    this.#polling ??= this.#poll().finally(() => (this.#polling = undefined));
    return this.#polling;
  }

  async #poll(): Promise<void> {
    const { source, logger } = this.#options;
    try {
      const data = this.#options.dataAtHand();
      const versions = await source.versions();
      const seen = JSON.stringify([
        data?.datasetIdentity,
        data?.catalogueVersion,
        source.absence?.() ?? null,
        ...versions.map(({ version, identity }) => [version, identity]),
      ]);
      if (seen !== this.#lastSeen) {
        const { isWaiting = false, ...next } = await this.#choose(data, versions);
        this.#setState(next);
        this.#lastSeen = isWaiting || this.#isBehind(data) ? undefined : seen;
      }
      source.served?.(this.#servedArtifact());
    } catch (error) {
      const problem = `${source.name} cannot be read: ${messageOf(error)}`;
      if (problem !== this.#toldProblem) logger.error({ err: error }, 'models cannot be read');
      this.#toldProblem = problem;
      this.#state = { model: this.#state.model, problem: publicReason(problem) };
      this.#tell();
      this.#lastSeen = undefined;
    }
  }

  async #choose(
    data: DataServed | null,
    versions: readonly PublishedVersion[],
  ): Promise<ModelState & { isWaiting?: boolean }> {
    if (data === null) return { model: null, problem: NO_DATA };
    const refusals: string[] = [];
    for (const published of versions) {
      const { version } = published;
      if (await this.#mustWait(version, data)) {
        const { model } = this.#state;
        const reason = `model version ${version} waits until TensorFlow Serving has it`;
        return { model, problem: describeRefusals([...refusals, reason]), isWaiting: true };
      }
      const loaded = await this.#load(published, data);
      if (!(loaded instanceof AppError)) return { model: loaded, problem: describeRefusals(refusals) };
      refusals.push(loaded.message);
    }
    const { model } = this.#state;
    // What is in memory outlives its files, but not its data.
    const stillFits = model !== null && model.manifest.dataset.identity === data.datasetIdentity;
    return {
      model: stillFits ? model : null,
      problem: describeRefusals(refusals) ?? this.#options.source.absence?.() ?? NO_MODEL,
    };
  }

  /** Only where something else serves meanwhile. */
  async #mustWait(version: number, data: DataAtHand): Promise<boolean> {
    const { model } = this.#state;
    if (model?.version === version || model?.manifest.dataset.identity !== data.datasetIdentity) return false;
    return this.#gate !== null && !(await this.#gate(version));
  }

  async #load(published: PublishedVersion, data: DataServed): Promise<LoadedModel | AppError> {
    const serving = this.#serving;
    const isAtHand =
      serving?.release === published.identity &&
      serving.model.manifest.dataset.identity === data.datasetIdentity;
    if (!isAtHand) return this.#prepare(published, data);
    if (!this.#isBehind(data)) return serving.model;
    if (performance.now() < this.#restsUntil) {
      this.#lookRested();
      return serving.model;
    }
    const begunAt = performance.now();
    const renewed = await this.#prepare(published, data);
    // However often movies change, most of the time is left to requests where it takes long.
    const now = performance.now();
    this.#restsUntil = now + REST * Math.max(0, now - begunAt - LITTLE_MS);
    // What is in memory outlives its files.
    return renewed instanceof AppError ? serving.model : renewed;
  }

  async #prepare(published: PublishedVersion, data: DataServed): Promise<LoadedModel | AppError> {
    const { version, identity } = published;
    try {
      const artifact = await published.read();
      const misfit = misfitOf(artifact, data);
      if (misfit !== null)
        return new AppError('ARTIFACT_INVALID', `model version ${version} cannot be used: ${misfit}`);
      const model = await (this.#options.prepare ?? makeReady)(artifact);
      this.#serving = {
        release: identity,
        // Whoever gives it to nobody need not keep a second copy of its numbers.
        artifact: this.#options.source.served ? artifact : null,
        model,
        catalogueVersion: data.catalogueVersion,
      };
      return model;
    } catch (error) {
      return refusal(error);
    }
  }

  /** Looks once more as soon as it has rested: the next look may be further off. */
  #lookRested(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#restTimer);
    const leftMs = Math.ceil(this.#restsUntil - performance.now());
    this.#restTimer = setTimeout(() => void this.refresh(), leftMs).unref();
  }

  /** True where the model at hand was prepared before movies changed. */
  #isBehind(data: DataServed | null): boolean {
    return this.#serving !== null && this.#serving.catalogueVersion !== data?.catalogueVersion;
  }

  #setState(next: ModelState): void {
    const { logger } = this.#options;
    if (next.problem !== null && next.problem !== this.#toldProblem)
      logger.warn({ problem: next.problem, serving: next.model?.version ?? null }, 'model problem');
    if (next.model !== this.#state.model)
      logger.info(
        { version: next.model?.version ?? null, previous: this.#state.model?.version ?? null },
        'model changed',
      );
    const isNew = next.model !== this.#state.model;
    this.#toldProblem = next.problem;
    this.#state = { model: next.model, problem: next.problem && publicReason(next.problem) };
    this.#tell();
    if (isNew && next.model) void this.#completeLater(next.model);
  }

  /** Never rejects: where nothing can be made of the model, it serves on as it is. */
  async #completeLater(model: LoadedModel): Promise<void> {
    const { complete, logger } = this.#options;
    try {
      const whole = await complete?.(model);
      // A poll under way may have taken the model at hand already.
      while (this.#polling) await this.#polling;
      if (!whole || this.#serving?.model !== model) return;
      this.#serving = { ...this.#serving, model: whole };
      if (this.#state.model !== model) return;
      this.#state = { ...this.#state, model: whole };
      this.#tell();
    } catch (error) {
      logger.error({ err: error, version: model.version }, 'movies without ratings stay out of lists');
    }
  }

  #tell(): void {
    const { model } = this.#state;
    const release = this.#serving?.model === model ? this.#serving?.release : null;
    this.#options.onState?.(this.#state, release ?? null);
  }

  /** Null where another serves, and after taking over a model without its artifact. */
  #servedArtifact(): ServedArtifact | null {
    if (!this.#serving?.artifact || this.#serving.model !== this.#state.model) return null;
    const { release, artifact } = this.#serving;
    return { release, artifact };
  }
}

async function makeReady(artifact: Artifact): Promise<LoadedModel> {
  return toLoadedModel(artifact);
}

/** The error as a reason not to serve a version; anything but an invalid artifact is thrown on. */
function refusal(error: unknown): AppError {
  if (error instanceof AppError && error.code === 'ARTIFACT_INVALID') return error;
  throw error;
}

function describeRefusals(refusals: readonly string[]): string | null {
  return refusals.length > 0 ? refusals.join('; ') : null;
}
