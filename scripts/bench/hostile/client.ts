import { Agent, request } from 'node:http';

/** A client with an address of its own, as limits by address see it. */
export interface Client {
  /** Sends a request and waits for all of its answer. */
  send(path: string, body?: string | Buffer): Promise<ClientAnswer>;
  close(): void;
}

export interface ClientAnswer {
  /** 0 where the connection ended without an answer. */
  status: number;
  text: string;
  milliseconds: number;
}

/** @param localAddress one of the loopback network, such as `127.0.0.9` */
export function createClient(port: number, localAddress: string): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    send(path, body) {
      const begunAt = performance.now();
      return new Promise((resolve) => {
        const settle = (status: number, text: string) =>
          resolve({ status, text, milliseconds: performance.now() - begunAt });
        const sent = request(
          {
            ...{ host: '127.0.0.1', port, path, localAddress, agent },
            method: body === undefined ? 'GET' : 'POST',
            headers:
              body === undefined
                ? {}
                : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
          },
          (answer) => {
            const chunks: Buffer[] = [];
            answer.on('data', (chunk: Buffer) => chunks.push(chunk));
            answer.on('end', () => settle(answer.statusCode ?? 0, Buffer.concat(chunks).toString()));
            answer.on('error', () => settle(0, ''));
          },
        );
        sent.on('error', () => settle(0, ''));
        sent.end(body);
      });
    },
    close: () => agent.destroy(),
  };
}
