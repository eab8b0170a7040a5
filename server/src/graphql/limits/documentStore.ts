import type { ApolloServerOptions, BaseContext } from '@apollo/server';
import type { DocumentNode } from 'graphql';
import { createByteCache } from '../../caches/byteCache.ts';

export type DocumentStore = NonNullable<ApolloServerOptions<BaseContext>['documentStore']>;
export type QueryStore = NonNullable<
  NonNullable<Exclude<ApolloServerOptions<BaseContext>['persistedQueries'], false>>['cache']
>;

/** Bytes of the heap for each character of a document, about: tokens, nodes and places. Measured: 100 to 110. */
const BYTES_PER_CHARACTER = 110;
/** The same for what is known of a document: its size and its costs. */
const BYTES_KNOWN = 8 * 1024;

/** Store in which Apollo Server keeps documents that it parsed and validated. */
export function createDocumentStore(maxBytes: number): DocumentStore {
  const documents = createByteCache<DocumentNode>({
    name: 'documents',
    maxBytes,
    bytesOf: ({ loc }) => BYTES_KNOWN + BYTES_PER_CHARACTER * (loc?.source.body.length ?? 0),
  });
  return {
    get: (key) => Promise.resolve(documents.get(key)),
    set: (key, document) => Promise.resolve(void documents.set(key, document)),
    delete: (key) => Promise.resolve(documents.delete(key)),
  };
}

/** Apollo Server puts it before the name of a persisted query. */
const PREFIX = 'apq:';

/**
 * Store in which Apollo Server keeps the texts of persisted queries.
 * @param trusted texts that are known from the start, by their names
 */
export function createQueryStore(
  maxBytes: number,
  trusted: ReadonlyMap<string, string> = new Map(),
): QueryStore {
  const texts = createByteCache<{ text: string }>({
    name: 'persisted queries',
    maxBytes,
    bytesOf: ({ text }) => 2 * text.length,
  });
  return {
    get: (key) => Promise.resolve(trusted.get(key.slice(PREFIX.length)) ?? texts.get(key)?.text),
    set: (key, text) => Promise.resolve(void texts.set(key, { text })),
    delete: (key) => Promise.resolve(texts.delete(key)),
  };
}
