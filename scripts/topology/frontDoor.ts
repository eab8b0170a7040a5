import { once } from 'node:events';
import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';

/** One port in front of several servers, as a load balancer has. */
export interface FrontDoor {
  /** Such as `http://127.0.0.1:4000`. */
  origin: string;
  /** Connections that went to each target, in the targets' order. */
  connections(): readonly number[];
  close(): Promise<void>;
}

export interface FrontDoorOptions {
  /** Interval at which each target's `/readyz` is polled, to skip targets that are not ready; never polled unless given. */
  probeEveryMs?: number;
}

/**
 * Forwards each TCP connection to the next of the targets in turn; where one does not answer, to the one after it.
 * @param origins of the targets
 */
export async function openFrontDoor(
  origins: readonly string[],
  { probeEveryMs }: FrontDoorOptions = {},
): Promise<FrontDoor> {
  const counts = origins.map(() => 0);
  const open = new Set<Socket>();
  const unready = new Set<number>();
  let next = 0;

  const probe = async (place: number) => {
    const isReady = await fetch(`${origins[place]}/readyz`, { headers: { connection: 'close' } }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) unready.delete(place);
    else unready.add(place);
  };
  const probing =
    probeEveryMs === undefined
      ? undefined
      : setInterval(() => origins.forEach((_, place) => void probe(place)), probeEveryMs);

  /** The next in turn that is ready; where none is, the next. */
  const choose = () => {
    for (let tries = 1; tries < origins.length && unready.has(next % origins.length); tries++) next++;
    return next++ % origins.length;
  };

  const connect = (client: Socket, tries: number) => {
    const place = choose();
    const { hostname, port } = new URL(origins[place] ?? '');
    const target = createConnection({ host: hostname, port: Number(port) });
    open.add(target);
    target.once('close', () => open.delete(target));
    const giveUp = () => {
      if (tries > 1) connect(client, tries - 1);
      else client.destroy();
    };
    target.once('error', giveUp);
    target.once('connect', () => {
      counts[place] = (counts[place] ?? 0) + 1;
      target.off('error', giveUp);
      target.on('error', () => client.destroy());
      client.on('error', () => target.destroy());
      client.once('close', () => target.destroy());
      target.once('close', () => client.destroy());
      client.pipe(target);
      target.pipe(client);
    });
  };

  const server = createServer((client) => {
    open.add(client);
    client.once('close', () => open.delete(client));
    // Before a target is connected nobody else listens for it.
    client.on('error', () => client.destroy());
    connect(client, origins.length);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    connections: () => counts,
    async close() {
      clearInterval(probing);
      server.close();
      for (const socket of open) socket.destroy();
      await once(server, 'close');
    },
  };
}
