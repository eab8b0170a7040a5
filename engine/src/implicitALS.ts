import type { FitContext } from './fitting.ts';
import { fitImplicitALSReference } from './implicitALSReference.ts';
import type { ImplicitALS, ImplicitALSOptions } from './implicitALSReference.ts';
import type { Interactions } from './interactions.ts';

/** What {@link fitImplicitALSReference} learns. */
export function fitImplicitALS(
  interactions: Interactions,
  options: ImplicitALSOptions,
  context: FitContext,
): ImplicitALS {
  return fitImplicitALSReference(interactions, options, context);
}
