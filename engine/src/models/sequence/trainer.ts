import type { Interactions } from '../../data/interactions.ts';
import type { SequenceOptions } from './options.ts';
import type { EpochPlan } from './plan.ts';
import type { SequenceState } from './state.ts';

/** Trains one state, an epoch at a time. */
export interface SequenceTrainer {
  /**
   * Takes one optimiser step per batch; afterwards all of the state but `epoch` is up to date.
   * @returns the sum of the targets' losses, in nats, and how many targets there were
   */
  runEpoch(plan: EpochPlan): EpochResult;
  /** Frees what does not free itself; called once, after the last epoch or an error. */
  end?(): void;
}

export interface EpochResult {
  readonly loss: number;
  readonly numTargets: number;
}

/** @param state trained in place */
export type StartTrainer = (
  state: SequenceState,
  interactions: Interactions,
  options: SequenceOptions,
) => SequenceTrainer;
