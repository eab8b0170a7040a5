import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { gql } from '@apollo/client';
import { WebSocketServer, WebSocket } from 'ws';
import { createClient } from '../api/apollo.ts';
import { liveUrl, openConnection } from './connection.ts';
import { createLiveLink } from './liveLink.ts';

const LIST = gql`
  subscription {
    list
  }
`;
/** Not the same words, which Apollo would send once. */
const SAME_LIST = gql`
  subscription Again {
    list
  }
`;

interface Message {
  type: string;
  id?: string;
  payload?: { authorization?: string };
}

describe('the live connection', () => {
  const closing: (() => void)[] = [];
  afterEach(() => closing.splice(0).forEach((close) => close()));

  /** A server that tells each subscription who asks, and refuses the token "old". */
  async function liveServer() {
    const server = new WebSocketServer({ port: 0, handleProtocols: () => 'graphql-transport-ws' });
    closing.push(() => {
      for (const socket of server.clients) socket.terminate();
      server.close();
    });
    await once(server, 'listening');
    const tokens: (string | undefined)[] = [];
    server.on('connection', (socket) => {
      socket.on('message', (text: Buffer) => {
        const { type, id, payload } = JSON.parse(text.toString()) as Message;
        if (type === 'connection_init') {
          tokens.push(payload?.authorization);
          if (payload?.authorization === 'Bearer old') return socket.close(4403, 'Forbidden');
          socket.send(JSON.stringify({ type: 'connection_ack' }));
        }
        if (type === 'subscribe')
          socket.send(JSON.stringify({ id, type: 'next', payload: { data: { list: tokens.at(-1) ?? '' } } }));
      });
    });
    return { server, tokens, url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}` };
  }

  function page(url: string, onSocket: (socket: WebSocket) => void = () => {}) {
    class Socket extends WebSocket {
      constructor(...given: ConstructorParameters<typeof WebSocket>) {
        super(...given);
        onSocket(this);
      }
    }
    let userId: number | null = null;
    let token: string | null = null;
    const listeners: (() => void)[] = [];
    const subscribe = () => {
      return Promise.resolve(
        openConnection(
          url,
          {
            userId: () => userId,
            subscribe: (listener) => void listeners.push(listener),
            token: () => Promise.resolve(token),
            refused: () => (token = 'new'),
          },
          { webSocketImpl: Socket, retryWait: () => Promise.resolve() },
        ),
      );
    };
    const client = createClient('http://portal.test/graphql', createLiveLink(subscribe));
    const heard: unknown[] = [];
    let tell = () => {};
    return {
      heard,
      signIn: (id: number, as: string) => {
        [userId, token] = [id, as];
        for (const listener of listeners) listener();
      },
      listen: (query = LIST) => {
        const subscription = client.subscribe<{ list: string }>({ query }).subscribe(({ data }) => {
          heard.push(data?.list);
          tell();
        });
        closing.push(() => subscription.unsubscribe());
      },
      until: async (count: number) => {
        while (heard.length < count) await new Promise<void>((resolve) => (tell = resolve));
      },
    };
  }

  it('is one for all subscriptions, and another one when somebody signs in', async () => {
    const { url, tokens } = await liveServer();
    const { signIn, listen, until, heard } = page(url);
    listen();
    await until(1);
    listen(SAME_LIST);
    await until(2);
    expect(tokens).toEqual([undefined]);
    signIn(7, 't7');
    await until(4);
    expect(tokens).toEqual([undefined, 'Bearer t7']);
    expect(heard).toEqual(['', '', 'Bearer t7', 'Bearer t7']);
  });

  it('that is not open yet when somebody signs in is that of whoever that is', async () => {
    const { url, tokens } = await liveServer();
    const states: number[] = [];
    const { signIn, listen, until, heard } = page(url, (socket) =>
      queueMicrotask(() => {
        states.push(socket.readyState);
        signIn(7, 't7');
      }),
    );
    listen();
    await until(1);
    // One socket: a browser tells of each that is closed before it is open.
    expect([states, tokens, heard]).toEqual([[WebSocket.CONNECTING], ['Bearer t7'], ['Bearer t7']]);
  });

  it('comes again where it broke, with another token where its own was refused', async () => {
    const { url, tokens, server } = await liveServer();
    const { signIn, listen, until } = page(url);
    signIn(7, 'old');
    listen();
    await until(1);
    expect(tokens).toEqual(['Bearer old', 'Bearer new']);
    for (const socket of server.clients) socket.terminate();
    await until(2);
    expect(tokens).toEqual(['Bearer old', 'Bearer new', 'Bearer new']);
  });

  it('has the API’s address', () => {
    expect(liveUrl('/graphql', 'https://films.example/movie/1')).toBe('wss://films.example/graphql');
    expect(liveUrl('http://api.example:4000/graphql', 'http://x')).toBe('ws://api.example:4000/graphql');
  });
});
