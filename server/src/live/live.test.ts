import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startFilledServer, type FilledServer } from '../test/filledServer.ts';
import { makeFixture } from '../test/fixture.ts';
import { openStream, openWebSocket, query } from './test/clients.ts';

const LISTS =
  'subscription ($userId: Int, $first: Int! = 5) { recommendationsChanged(userId: $userId, first: $first) { nodes { rank score movie { movieId title } } served { ranker } } }';

let server: FilledServer;
beforeAll(async () => {
  server = await startFilledServer(makeFixture(), { WARM_UP_MS: '0', WORKERS: '2' });
}, 60_000);
afterAll(() => server.stop({ atOnce: true }));

describe('a first page', () => {
  it('comes by WebSocket and as an event stream, the same as by a query', async () => {
    const { user } = await query<{ user: { recommendations: unknown } }>(
      server.url,
      '{ user(userId: 1) { recommendations(first: 5) { nodes { rank score movie { movieId title } } served { ranker } } } }',
    );
    const socket = await openWebSocket(server.url);
    const byWebSocket = socket.subscribe(LISTS, { userId: 1 });
    expect(await byWebSocket.next()).toEqual({ data: { recommendationsChanged: user.recommendations } });
    const stream = await openStream(server.url, LISTS, { userId: 1 });
    expect(await stream.next()).toEqual({ data: { recommendationsChanged: user.recommendations } });
    stream.close();
    socket.close();
  });
});
