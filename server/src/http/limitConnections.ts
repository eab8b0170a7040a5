import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from '@pocketrocket/runtime';
import proxyAddr from 'proxy-addr';
import { addressKey } from '../counters/networks.ts';
import { Holdings, type Holding } from './holdings.ts';
import { FRONT_LIMITS } from './limits.ts';

/** Bounds the server's connections, in all and by address; where there are too many, the one that asked nothing for longest goes. */
export function limitConnections(
  server: Server,
  trustedProxies: readonly string[],
  logger: Logger,
  limits = FRONT_LIMITS.connections,
): void {
  const connections = new Holdings('connections', limits, logger);
  const isTrusted = trustedProxies.length > 0 ? proxyAddr.compile([...trustedProxies]) : () => false;
  const held = new WeakMap<Socket, Holding>();
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    // Behind a proxy stand many clients.
    if (address === '' || isTrusted(address, 0)) return;
    const holding = connections.hold(addressKey(address), 0, () => socket.destroy());
    held.set(socket, holding);
    socket.once('close', () => holding.release());
  });
  server.on('request', ({ socket }) => held.get(socket)?.touch());
  // From then on other bounds hold for it.
  server.on('upgrade', ({ socket }) => held.get(socket)?.release());
  server.once('close', () => connections.close());
}
