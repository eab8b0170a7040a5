import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Logger } from '@pocketrocket/runtime';
import { buildSchema } from 'graphql';
import { createQueryStore } from './documentStore.ts';
import { readTrustedDocuments } from './trustedDocuments.ts';

const schema = buildSchema('type Query { hello: String }');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pocketrocket-documents-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(content: unknown): Promise<ReadonlyMap<string, string>> {
  const file = join(folder, 'documents.json');
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return readTrustedDocuments(file, schema, logger);
}

const warned: object[] = [];
const logger = { warn: (facts: object) => void warned.push(facts) } as unknown as Logger;

it('reads names and texts, and a manifest of Apollo Client', async () => {
  expect([...(await read({ a1: '{ hello }' }))]).toEqual([['a1', '{ hello }']]);
  const manifest = {
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: [{ id: 'b2', name: 'Hello', type: 'query', body: 'query Hello { hello }' }],
  };
  expect([...(await read(manifest))]).toEqual([['b2', 'query Hello { hello }']]);
  expect([...(await readTrustedDocuments(null, schema, logger))]).toEqual([]);
});

it.each([
  ['is no JSON', '{', /cannot be used/],
  ['is no list of operations', ['{ hello }'], /neither an object of names and texts nor a manifest/],
])('refuses a file that %s', async (_what, content, message) => {
  await expect(read(content)).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringMatching(message),
  });
});

it('leaves out what does not fit, as of a client that is newer than the server, and says so', async () => {
  expect([...(await read({ a1: '{ hello }', b2: '{ bye }', c3: '{' }))]).toEqual([['a1', '{ hello }']]);
  expect(warned).toMatchObject([
    { operation: 'b2', problem: expect.stringContaining('Cannot query field "bye"') },
    { operation: 'c3', problem: expect.stringContaining('Syntax Error') },
  ]);
});

it('knows them from the start, whatever clients register', async () => {
  const store = createQueryStore(1_000, new Map([['a1', '{ hello }']]));
  await store.set('apq:b2', '{ hi: hello }');
  expect(await store.get('apq:a1')).toBe('{ hello }');
  expect(await store.get('apq:b2')).toBe('{ hi: hello }');
  expect(await store.get('apq:c3')).toBeUndefined();
});
