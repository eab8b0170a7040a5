import { Agent, request } from 'node:http';

/** A client with an address of its own, as limits by address see it. */
export interface Client {
  /** Sends a request and waits for all of its answer. */
  send(path: string, body?: string | Buffer, more?: MoreOfRequest): Promise<ClientAnswer>;
  close(): void;
}

/** The method, and headers besides type and length of JSON; or all headers. */
export interface MoreOfRequest {
  method?: string;
  headers?: Readonly<Record<string, string>>;
  /** True where the headers are all that is sent. */
  isAll?: boolean;
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
    send(path, body, { method = body === undefined ? 'GET' : 'POST', headers = {}, isAll = false } = {}) {
      const begunAt = performance.now();
      return new Promise((resolve) => {
        const settle = (status: number, text: string) =>
          resolve({ status, text, milliseconds: performance.now() - begunAt });
        const sent = request(
          {
            ...{ host: '127.0.0.1', port, path, localAddress, agent },
            method,
            headers: {
              ...(body !== undefined && !isAll && { 'content-type': 'application/json' }),
              ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
              ...headers,
            },
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
