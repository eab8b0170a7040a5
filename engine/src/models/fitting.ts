/** The inputs of a fit besides data and options. */
export interface FitContext {
  /** Same seed, same data, same options, one thread: the same bytes. */
  readonly seed: number;
  /** Threads to train on, 1 unless given; with more the result varies within the noise of a seed. */
  readonly threads?: number;
  /** Called after every epoch; what it throws stops the fit. */
  readonly onEpoch?: (progress: EpochProgress) => void;
  /** For a fit that stops early: it ends when these are found no better any more, and gives the model that found them best. */
  readonly heldOut?: HeldOutItems;
}

/** Items held out of the histories that a fit is given, of some users. */
export interface HeldOutItems {
  /** [users] rows of users of the interactions, each once. */
  readonly userIndices: Int32Array;
  /** [users + 1] the user at place p has the items offsets[p] … offsets[p + 1] − 1. */
  readonly offsets: Int32Array;
  /** [n] dense item rows, those of a user distinct. */
  readonly items: Int32Array;
}

export interface EpochProgress {
  /** The epoch just finished, counted from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Mean loss of the epoch's training examples, in nats. */
  readonly loss: number;
  /** NDCG@10 of held-out items among the whole catalogue, where a fit that stops early measured it. */
  readonly ndcgAt10?: number;
  /** The error by which a fit that stops early ended after this epoch, where it diverged; its model is the best before. */
  readonly endedBy?: string;
}

/** Thrown when a fit cannot go on: no data to learn from, an option out of range, or a loss that diverged. */
export class FitError extends Error {
  override readonly name: string = 'FitError';
}

/** Thrown when the numbers of a fit are no longer finite; holds the last model before. */
export class DivergenceError<Model> extends FitError {
  override readonly name = 'DivergenceError';

  /**
   * @param epoch the one in which it happened, counted from 1
   * @param lastGood the model after the epoch before; null when that was the first
   */
  constructor(
    message: string,
    readonly epoch: number,
    readonly lastGood: Model | null,
  ) {
    super(message);
  }
}

/**
 * Ends an epoch: reports it when its loss is finite; `advice` says what to try when it is not.
 * @throws FitError naming the epoch when it is not.
 */
export function finishEpoch(
  model: string,
  context: FitContext,
  progress: EpochProgress,
  advice = 'try a lower learning rate',
): void {
  if (!Number.isFinite(progress.loss)) {
    throw new FitError(
      `${model}: the loss is not finite in epoch ${progress.epoch} of ${progress.epochs}; ${advice}`,
    );
  }
  context.onEpoch?.(progress);
}

/** @throws FitError naming the first option that is not a positive number (a positive integer where `integers` lists it). */
export function checkOptions<Options extends object>(
  model: string,
  options: Options,
  integers: readonly (keyof Options & string)[],
  reals: readonly (keyof Options & string)[],
): void {
  for (const name of integers) {
    const value: unknown = options[name];
    if (!Number.isInteger(value) || Number(value) < 1) {
      throw new FitError(`${model}: ${name} must be an integer of at least 1, not ${String(value)}`);
    }
  }
  for (const name of reals) {
    const value: unknown = options[name];
    if (!Number.isFinite(value) || Number(value) <= 0) {
      throw new FitError(`${model}: ${name} must be a number above 0, not ${String(value)}`);
    }
  }
}
