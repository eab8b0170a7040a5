import { fitEASEReference } from './reference.ts';
import type { EASEOptions } from './reference.ts';
import type { FitContext } from '../fitting.ts';
import type { Interactions } from '../../data/interactions.ts';
import { fitEASEKernel } from './kernel.ts';
import { loadKernel } from '../../kernels/loadKernel.ts';
import type { SparseItemMatrix } from '../../sparse/itemMatrix.ts';

/**
 * What {@link fitEASEReference} learns, up to rounding, by the kernel where it is built: the same bytes from any number
 * of threads, and whatever the seed.
 *
 * @throws FitError for options out of range, without interactions, or when the inverse is not finite.
 * @throws EngineMemoryError when the matrix inverted, 4 bytes × min(items, users)², does not fit.
 */
export function fitEASE(
  interactions: Interactions,
  options: EASEOptions,
  context: FitContext,
): SparseItemMatrix {
  const kernel = loadKernel('ease');
  return kernel
    ? fitEASEKernel(kernel, interactions, options, context)
    : fitEASEReference(interactions, options, context);
}
