import type { FitContext } from './fitting.ts';
import { fitImplicitALSReference } from './implicitALSReference.ts';
import type { ImplicitALS, ImplicitALSOptions } from './implicitALSReference.ts';
import type { Interactions } from './interactions.ts';
import { fitImplicitALSKernel } from './kernels/implicitALS.ts';
import { loadKernel } from './kernels/loadKernel.ts';

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
