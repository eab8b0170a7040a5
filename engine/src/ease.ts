import { fitEASEReference } from './easeReference.ts';
import type { EASEOptions } from './easeReference.ts';
import type { FitContext } from './fitting.ts';
import type { Interactions } from './interactions.ts';
import type { SparseItemMatrix } from './sparseItemMatrix.ts';

/** What {@link fitEASEReference} learns. */
export function fitEASE(
  interactions: Interactions,
  options: EASEOptions,
  context: FitContext,
): SparseItemMatrix {
  return fitEASEReference(interactions, options, context);
}
