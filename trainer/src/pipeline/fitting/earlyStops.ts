import { FITTED_PARTS, type EpochProgress, type ModelRecipe } from '@pocketrocket/engine';
import type { DataHandle } from './fitData.ts';
import type { FitJob, FittedName } from './fitter.ts';

/** Epochs of the models that stop early, as many as found best what was held out of the inner split. */
export type ChosenEpochs = Readonly<Partial<Record<FittedName, number>>>;

/** True where a model of a recipe can stop early. */
export function stopsEarly(recipe: ModelRecipe): boolean {
  return Object.values(FITTED_PARTS).some((part) => 'stopsEarly' in part && recipe[part.name] !== null);
}

type Run = (job: FitJob, onEpoch?: (progress: EpochProgress) => void) => Promise<unknown>;

/**
 * Fits that stop early, each once: by what was held out of one data set. On the others they are then fitted for as many epochs.
 */
export class EarlyStops {
  readonly chosenEpochs: Partial<Record<FittedName, number>> = {};
  readonly #heldOut: DataHandle | undefined;
  readonly #running = new Map<FittedName, Promise<unknown>>();

  /** @param heldOut nothing stops early where left out */
  constructor(heldOut: DataHandle | undefined) {
    this.#heldOut = heldOut;
  }

  /**
   * Runs a job, of those that can stop early as it should.
   * @param isHeldOutOf true for the data set that the items were held out of; of each model its job must come first
   */
  async run(job: FitJob, isHeldOutOf: boolean, run: Run): Promise<unknown> {
    const { name, options } = job;
    if (!this.#heldOut || !('stopsEarly' in FITTED_PARTS[name])) return run(job);
    if (!isHeldOutOf) {
      await this.#running.get(name);
      const epochs = this.chosenEpochs[name];
      return run(epochs === undefined ? job : { ...job, options: { ...options, epochs } });
    }
    let best = -Infinity;
    const running = run({ ...job, heldOut: this.#heldOut }, ({ epoch, ndcgAt10 = -Infinity }) => {
      if (ndcgAt10 <= best) return;
      best = ndcgAt10;
      this.chosenEpochs[name] = epoch;
    });
    this.#running.set(name, running);
    return running;
  }
}
