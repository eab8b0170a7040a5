import type { DocumentNode } from 'graphql';
import { print } from 'graphql/language/printer';

/** A query and its variables, as people read them. */
export interface QueryText {
  query: string;
  /** JSON. */
  variables: string;
}

export const queryText = (document: DocumentNode, variables: object): QueryText => ({
  query: `${print(document)}\n`,
  variables: JSON.stringify(variables, null, 2),
});

/** The playground's address that opens a query. In the part after `#`, which no server sees or bounds. */
export const playgroundAddress = (apiUrl: string, { query, variables }: QueryText): string =>
  `${apiUrl}#${new URLSearchParams({ query, variables })}`;

/** Reads the query from a playground's address; null where it has none. */
export function queryInAddress(hash: string): QueryText | null {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  const query = parameters.get('query');
  return query ? { query, variables: parameters.get('variables') ?? '{}' } : null;
}
