import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  connectionCases,
  exchange,
  fuzzedRequest,
  hostileCorpus,
  httpCases,
  type HttpCase,
} from '@pocketrocket/testing';
import { startFilledServer, type FilledServer } from '../test/filledServer.ts';
import { makeFixture } from '../test/fixture.ts';
import { buildPrintableSchema } from './apiSchema.ts';

const fixture = makeFixture();
const corpus = hostileCorpus({
  movieIds: fixture.movies.map(({ movieId }) => movieId),
  userIds: fixture.userIds,
  genres: fixture.genres,
});

let server: FilledServer;
beforeAll(async () => {
  server = await startFilledServer(fixture, { NODE_ENV: 'production', BUDGET_PER_SECOND: '0' });
});
afterAll(() => server.stop({ atOnce: true }));

interface Seen {
  status: number;
  text: string;
  codes: (string | null)[];
  messages: string[];
}

async function send(body: string | Buffer): Promise<Seen> {
  const answer = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  const text = await answer.text();
  const { errors = [] } = JSON.parse(text) as {
    errors?: { message: string; extensions?: { code?: string } }[];
  };
  return {
    status: answer.status,
    text,
    codes: errors.length === 0 ? [null] : errors.map(({ extensions }) => extensions?.code ?? 'none'),
    messages: errors.map(({ message }) => message),
  };
}

describe('the hostile corpus', () => {
  it('has cases of every kind', () => {
    expect(corpus.length).toBeGreaterThan(200);
    expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length);
  });

  it.each(corpus.map((one) => [one.name, one] as const))(
    '%s is answered as it should',
    async (_name, { body, codes }) => {
      const sent = body();
      const first = await send(sent);
      expect(first.status).toBeLessThan(500);
      expect(first.codes.filter((code) => !codes.includes(code))).toEqual([]);
      expect(Math.max(0, ...first.messages.map((message) => message.length))).toBeLessThanOrEqual(500);
      // Compiled from the second time on.
      for (const again of [await send(sent), await send(sent)])
        expect([again.status, withoutChance(again.text)]).toEqual([first.status, withoutChance(first.text)]);
    },
  );
});

/** Errors of siblings may come in another order. */
function withoutChance(text: string): string {
  const { errors = [], ...rest } = JSON.parse(text) as { errors?: unknown[] };
  return JSON.stringify([rest, errors.map((error) => JSON.stringify(error)).sort()]);
}

/** The status and text of an answer to a request as it is, which `fetch` would not send. */
function sendAsIs({ method, path, headers, body }: HttpCase): Promise<{ status: number; text: string }> {
  const { port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
      );
      answer.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const isAlive = async () => (await fetch(`${server.url}/healthz`)).status === 200;

describe('hostile HTTP', () => {
  it.each(httpCases().map((one) => [one.name, one] as const))(
    '%s is answered as it should',
    async (_, one) => {
      const { status, text } = await sendAsIs(one);
      expect(one.statuses).toContain(status);
      expect(text).not.toContain('INTERNAL_SERVER_ERROR');
      expect(text).not.toMatch(/root:|node_modules|\/src\//);
      expect(text.length).toBeLessThan(200_000);
    },
  );

  it.each(connectionCases().map((one) => [one.name, one] as const))(
    '%s on a connection is answered as it should',
    async (_, { bytes, statuses }) => {
      const { port } = new URL(server.url);
      // Silence for a second counts where it is an answer; others have as long as they take.
      const silentMs = statuses.includes(null) ? 1_000 : 0;
      expect(statuses).toContain(await exchange(Number(port), bytes, silentMs));
      expect(await isAlive()).toBe(true);
    },
  );
});

describe('random requests', () => {
  it('are never answered by a failure of the server', async () => {
    const schema = await buildPrintableSchema();
    let answered = 0;
    for (let seed = 0; seed < 400; seed++) {
      const { status, codes, text } = await send(JSON.stringify(fuzzedRequest(schema, seed)));
      if (status >= 500 || codes.includes('INTERNAL_SERVER_ERROR'))
        throw new Error(`seed ${seed}: ${status} ${text.slice(0, 1_000)}`);
      if (text.includes('"data":{')) answered++;
    }
    // Most are understood, so that resolvers are reached.
    expect(answered).toBeGreaterThan(100);
  });
});
