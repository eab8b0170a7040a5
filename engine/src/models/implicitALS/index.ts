import type { FitContext } from '../fitting.ts';
import { fitImplicitALSReference } from './reference.ts';
import type { ImplicitALS, ImplicitALSOptions } from './reference.ts';
import type { Interactions } from '../../data/interactions.ts';
import { fitImplicitALSKernel } from './kernel.ts';
import { loadKernel } from '../../kernels/loadKernel.ts';

/**
 * What {@link fitImplicitALSReference} learns, up to rounding, by the kernel where it is built: the same bytes from any
 * number of threads.
 *
 * @throws FitError for options out of range, without interactions, or when the loss is not finite.
 * @throws EngineMemoryError when vectors and interactions do not fit.
 */
export function fitImplicitALS(
  interactions: Interactions,
  options: ImplicitALSOptions,
  context: FitContext,
): ImplicitALS {
  const kernel = loadKernel('implicitALS');
  return kernel
    ? fitImplicitALSKernel(kernel, interactions, options, context)
    : fitImplicitALSReference(interactions, options, context);
}
