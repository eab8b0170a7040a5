import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { expect, it } from '@jest/globals';
import { describeWarmUp, readinessOf } from './readiness.ts';

it('npm start says what a server with a model does before it is ready', () => {
  const warming = { ready: false, dataset: 'sample', modelVersion: 1 };
  expect(describeWarmUp(warming)).toBe('warming up for some seconds; until then lists take longer');
  expect(describeWarmUp({ ...warming, ready: true })).toBeNull();
  expect(describeWarmUp({ ...warming, modelVersion: null })).toBeNull();
});

it('npm start takes the readiness from a server, and nothing from one that has ended', async () => {
  const readiness = { ready: false, dataset: null, modelVersion: null };
  const server = createServer((_, answer) => answer.writeHead(503).end(JSON.stringify(readiness))).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await readinessOf(address)).toEqual(readiness);
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
  expect(await readinessOf(address)).toBeNull();
});
