import { once } from 'node:events';
import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net';

/** The treatment of connections that go through a proxy. */
export type Passage =
  /** Both ways, at once. */
  | { mode: 'pass' }
  /** Connections stay open and nothing moves. */
  | { mode: 'hang' }
  /** Connections stay open, and what the target says is lost. */
  | { mode: 'silence' }
  /** Open connections hang for good, as after a router forgot them; new ones pass. */
  | { mode: 'forget' }
  /** Connections are cut, new ones too. */
  | { mode: 'cut' }
  /** Data from the target arrives this much later. */
  | { mode: 'delay'; ms: number }
  /** Data from the target is altered. */
  | { mode: 'corrupt'; alter: (chunk: Buffer) => Buffer };

/** A network that fails on demand: forwards TCP connections to a port of this machine. */
export interface TcpProxy {
  port: number;
  /** The target's URL by way of the proxy, where the target was given as one. */
  url: string;
  /** From now on, for open connections too. What hung meanwhile moves on. */
  set(passage: Passage): void;
  /** Number of connected clients. */
  connections(): number;
  close(): Promise<void>;
}

/**
 * Opens a proxy that passes everything on until it is told otherwise.
 * @param target a port of this machine, or the URL of a server, whose credentials and path are those of the proxy's URL too
 */
export async function openTcpProxy(target: number | string): Promise<TcpProxy> {
  const to = new URL(typeof target === 'string' ? target : `tcp://127.0.0.1:${target}`);
  let passage: Passage = { mode: 'pass' };
  const pairs = new Set<[client: Socket, target: Socket]>();
  const forgotten = new WeakSet<[client: Socket, target: Socket]>();

  const server = createServer((client) => {
    if (passage.mode === 'cut') {
      client.destroy();
      return;
    }
    const target = createConnection({ host: to.hostname, port: Number(to.port) });
    const pair: [Socket, Socket] = [client, target];
    pairs.add(pair);
    client.setNoDelay(true);
    target.setNoDelay(true);
    const end = () => {
      pairs.delete(pair);
      client.destroy();
      target.destroy();
    };
    for (const socket of pair) {
      socket.on('error', end);
      socket.on('close', end);
      if (passage.mode === 'hang') socket.pause();
    }
    client.on('data', (chunk) => target.write(chunk));
    target.on('data', (chunk: Buffer) => {
      if (passage.mode === 'silence') return;
      if (passage.mode === 'delay') setTimeout(() => client.write(chunk), passage.ms);
      else client.write(passage.mode === 'corrupt' ? passage.alter(chunk) : chunk);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const by = new URL(to);
  by.hostname = '127.0.0.1';
  by.port = String(port);
  return {
    port,
    url: by.href,
    set(next) {
      passage = next;
      for (const pair of pairs) {
        if (next.mode === 'forget') forgotten.add(pair);
        for (const socket of pair) {
          if (next.mode === 'cut') socket.destroy();
          else if (next.mode === 'hang' || forgotten.has(pair)) socket.pause();
          else socket.resume();
        }
      }
    },
    connections: () => pairs.size,
    async close() {
      server.close();
      for (const pair of pairs) for (const socket of pair) socket.destroy();
      await once(server, 'close');
    },
  };
}
