import type { ApiContext, LiveOperation } from './context.ts';

/** The subscription of a context. @throws Error outside of one */
export function liveOf({ live }: ApiContext): LiveOperation {
  if (!live) throw new Error('a subscription was executed as a query');
  return live;
}
