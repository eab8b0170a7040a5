import { once } from 'node:events';
import { createServer } from 'node:net';
import { AppError, describeUse, systemErrorCode, usesOf, type Config } from '@pocketrocket/runtime';
import { placesOf } from '@pocketrocket/schema/places';

/** Looks whether the server will be able to listen, before work that would be for nothing. @throws AppError ENVIRONMENT where its port is in use */
export async function requireFreePort(config: Config): Promise<void> {
  const { host, port } = config;
  const probe = createServer();
  try {
    probe.listen({ host, port });
    await once(probe, 'listening');
  } catch (error) {
    // Anything else the server says better itself.
    if (systemErrorCode(error) !== 'EADDRINUSE') return;
    const server = placesOf(config)
      .flatMap((place) => usesOf(place))
      .find(({ purpose }) => purpose === 'server');
    const by = server ? ` (${describeUse(server)} serves this home)` : '';
    throw new AppError(
      'ENVIRONMENT',
      `port ${port} on ${host} is in use${by}: stop what listens there, or set PORT to another one`,
      { cause: error },
    );
  } finally {
    probe.close();
  }
}
