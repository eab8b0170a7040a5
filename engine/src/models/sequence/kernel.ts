import type { Interactions } from '../../data/interactions.ts';
import type { Kernel } from '../../kernels/loadKernel.ts';
import type { SequenceOptions } from './options.ts';
import { referenceTrainer } from './reference.ts';
import type { SequenceState } from './state.ts';
import type { SequenceTrainer } from './trainer.ts';

export function kernelTrainer(
  _kernel: Kernel,
  state: SequenceState,
  interactions: Interactions,
  options: SequenceOptions,
  _threads: number,
): SequenceTrainer {
  return referenceTrainer(state, interactions, options);
}
