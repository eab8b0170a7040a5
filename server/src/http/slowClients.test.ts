import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { until } from '@pocketrocket/testing';
import { GraphQLInt, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { FRONT_LIMITS, type FrontLimits } from './limits.ts';
import { postGraphql, startHttp, type HttpHarness } from './test/httpHarness.ts';

/** Answers since the server was opened. */
let numMade = 0;
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      hello: {
        type: GraphQLString,
        args: { times: { type: new GraphQLNonNull(GraphQLInt), defaultValue: 1 } },
        resolve: (_root, { times }: { times: number }) => {
          numMade++;
          return 'hello '.repeat(times);
        },
      },
    },
  }),
});

let http: HttpHarness;
let sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
  await http.stop();
});

async function open(limits: {
  [Name in 'bodies' | 'answers']?: Partial<FrontLimits[Name]>;
}): Promise<void> {
  const { bodies, answers } = FRONT_LIMITS;
  numMade = 0;
  http = await startHttp({
    schema,
    // More than the system keeps for a client that does not read.
    maxAnswerBytes: 20_000_000,
    limits: {
      ...FRONT_LIMITS,
      bodies: { ...bodies, ...limits.bodies },
      answers: { ...answers, ...limits.answers },
    },
  });
}

/** A connection from an address of its own, on which some text was sent. */
async function sendFrom(localAddress: string, text: string): Promise<Socket & { received: () => string }> {
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(http.url).port), localAddress });
  sockets.push(socket);
  socket.on('error', () => undefined);
  let received = '';
  socket.on('data', (chunk: Buffer) => (received += chunk.toString('latin1')));
  await once(socket, 'connect');
  socket.write(text);
  return Object.assign(socket, { received: () => received });
}

const head = (length: number, more = '') =>
  `POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n${more}\r\n`;

const isServed = async () => {
  const answer = await postGraphql(http.url, { query: '{ hello }' });
  return answer.status === 200;
};

describe('half-sent bodies', () => {
  it('end with 408 at their deadline, with one line in the log for all', async () => {
    await open({ bodies: { quietMs: 200 } });
    const slow = await Promise.all(
      Array.from({ length: 20 }, () => sendFrom('127.0.0.1', `${head(50)}{"qu`)),
    );
    expect(await isServed()).toBe(true);
    await until('all are cut', () => slow.every(({ destroyed }) => destroyed) || null);
    for (const { received } of slow) {
      expect(received()).toMatch(/^HTTP\/1\.1 408 /);
      expect(received()).toContain('"message":"The request body did not arrive in time."');
    }
    const events = http
      .logged()
      .filter(({ level }) => level !== 'debug')
      .map(({ event }) => event);
    expect(events.filter((event) => event === 'slow clients: request bodies are cut')).toHaveLength(1);
    expect(events.filter((event) => event !== 'request')).toHaveLength(1);
  });

  it('push out each other, and nobody else', async () => {
    await open({ bodies: { numberByAddress: 10, number: 15 } });
    const other = await sendFrom('127.0.0.2', `${head(19)}{"query"`);
    const slow = await Promise.all(
      Array.from({ length: 40 }, () => sendFrom('127.0.0.3', `${head(50)}{"qu`)),
    );
    await until('thirty are cut', () => slow.filter(({ destroyed }) => destroyed).length === 30 || null);
    for (let round = 0; round < 20; round++) expect(await isServed()).toBe(true);
    other.write(':"{hello}"}');
    await until('the other one is answered', () => other.received().includes('"hello"') || null);
  });
});

describe('answers that nobody reads', () => {
  const question = JSON.stringify({ query: '{ hello(times: 2000000) }' });

  it('are cut where the client takes nothing for so long', async () => {
    await open({ answers: { quietMs: 1_000 } });
    const reading = await sendFrom('127.0.0.1', head(question.length) + question);
    await until('the one who reads has it whole', () => reading.received().length > 12_000_000 || null);
    const slow = await sendFrom('127.0.0.1', '');
    slow.pause();
    slow.write(head(question.length) + question);
    const closed = once(slow, 'close');
    await until('it is cut', () =>
      http.logged().some(({ event }) => event === 'slow clients: answers are cut'),
    );
    expect(await isServed()).toBe(true);
    slow.resume();
    await closed;
    expect(slow.received().length).toBeLessThan(12_000_000);
  });

  it('are bounded by address', async () => {
    await open({ answers: { bytesByAddress: 25_000_000, quietMs: 60_000 } });
    const slow: Awaited<ReturnType<typeof sendFrom>>[] = [];
    for (let number = 1; number <= 4; number++) {
      const socket = await sendFrom('127.0.0.3', head(question.length) + question);
      socket.pause();
      slow.push(socket);
      await until('its answer is made', () => numMade === number);
    }
    const ended = () => http.logged().filter(({ event }) => String(event).startsWith('request'));
    await until('two are cut', () => ended().length === 2);
    const closed = Promise.all(slow.slice(0, 2).map((socket) => once(socket, 'close')));
    for (const socket of slow) socket.resume();
    await closed;
    expect(slow.slice(0, 2).every(({ received }) => received().length < 12_000_000)).toBe(true);
    await until(
      'the last two are whole',
      () => slow.slice(2).every(({ received }) => received().length > 12_000_000) || null,
    );
  });
});

describe('bodies that cannot be read', () => {
  const post = async (body: string | Buffer<ArrayBuffer>, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${http.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    const { errors } = (await answer.json()) as { errors?: { message: string }[] };
    return [answer.status, errors?.[0]?.message];
  };

  it('are refused with what is wrong with them', async () => {
    await open({});
    const invalid = Buffer.concat([
      Buffer.from('{"query":"{ hello }","x":"'),
      Buffer.from([0xc3, 0x28]),
      Buffer.from('"}'),
    ]);
    const refusal = [400, 'The request body is not valid UTF-8.'];
    expect(await post(invalid)).toEqual(refusal);
    expect(await post(gzipSync(invalid), { 'content-encoding': 'gzip' })).toEqual(refusal);
    const valid = '{"query":"{ hello }"}';
    expect(await post(gzipSync(valid), { 'content-encoding': 'gzip' })).toEqual([200, undefined]);
    expect(await post(`\ufeff${valid}`)).toEqual([200, undefined]);
    expect(await post(valid, { 'content-type': 'application/json; charset=latin1' })).toEqual([
      415,
      'The request body must be UTF-8.',
    ]);
    expect(await post(valid, { 'content-encoding': 'zip' })).toEqual([
      415,
      'The request body is compressed in a way that is not supported.',
    ]);
    expect(await post(gzipSync('x'.repeat(300_000)), { 'content-encoding': 'gzip' })).toEqual([
      413,
      'The request body is larger than 200kb.',
    ]);
    expect(await post('[]')).toEqual([400, expect.any(String)]);
    expect(await post('7')).toEqual([400, 'The request body is not a JSON object.']);
  });
});
