import { types } from 'node:util';
import { z } from 'zod';

const readinessSchema = z.object({
  ready: z.boolean(),
  dataset: z.string().nullable(),
  modelVersion: z.number().nullable(),
});

export type Readiness = z.infer<typeof readinessSchema>;

/** Asks the server's `/readyz`; null where it has ended. */
export async function readinessOf(address: string): Promise<Readiness | null> {
  try {
    return readinessSchema.parse(await (await fetch(`${address}/readyz`)).json());
  } catch (error) {
    // `fetch` reports a connection that fails as a TypeError.
    if (types.isNativeError(error) && error.name === 'TypeError') return null;
    throw error;
  }
}

/** Says what a server that has just begun to listen does first; null where it is as fast as it will be. */
export function describeWarmUp({ ready, modelVersion }: Readiness): string | null {
  if (ready || modelVersion === null) return null;
  return 'warming up for some seconds; until then lists take longer';
}
