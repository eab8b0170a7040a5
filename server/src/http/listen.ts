import { once } from 'node:events';
import type { Server } from 'node:http';
import { isIPv6 } from 'node:net';
import { AppError, messageOf, systemErrorCode } from '@pocketrocket/runtime';

/**
 * Starts to listen.
 * @returns the address for a browser, with the real port where 0 was asked for
 * @throws AppError ENVIRONMENT naming the setting to change
 */
export async function listen(
  server: Server,
  { host, port }: { host: string; port: number },
): Promise<string> {
  try {
    server.listen({ host, port });
    await once(server, 'listening');
  } catch (error) {
    throw new AppError('ENVIRONMENT', explain(error, host, port), { cause: error });
  }
  const address = server.address();
  const realPort = typeof address === 'object' && address !== null ? address.port : port;
  return `http://${isIPv6(host) ? `[${host}]` : host}:${realPort}`;
}

function explain(error: unknown, host: string, port: number): string {
  switch (systemErrorCode(error)) {
    case 'EADDRINUSE':
      return `port ${port} on ${host} is in use: stop what listens there, or set PORT to another one`;
    case 'EACCES':
      return `port ${port} may not be used by this user: set PORT to one above 1023`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is not an address of this machine: set HOST to 127.0.0.1, or 0.0.0.0 for every address`;
    default:
      return `the server cannot listen on ${host}:${port}: ${messageOf(error)}`;
  }
}
