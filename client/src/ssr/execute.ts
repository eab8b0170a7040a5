import { ApolloLink, type ApolloClient, type DocumentNode } from '@apollo/client';
import { print } from 'graphql';
import { from, type Observable } from 'rxjs';
import { clientOver } from '../api/apollo.ts';
import type { PageQuery } from '../routing/pageQuery.ts';

/** Asks the API: the body of a request and of its answer, both JSON. */
export type Execute = (body: string) => Promise<string>;

const printed = new WeakMap<DocumentNode, string>();

function textOf(query: DocumentNode): string {
  let text = printed.get(query);
  if (text === undefined) printed.set(query, (text = print(query)));
  return text;
}

/** A client that asks as the browser's does, without a network. */
export function clientOf(execute: Execute): ApolloClient {
  const answers = async ({ operationName, variables, query }: ApolloLink.Operation) => {
    const body = JSON.stringify({ operationName, variables, query: textOf(query) });
    return JSON.parse(await execute(body)) as ApolloLink.Result;
  };
  const link = new ApolloLink((operation): Observable<ApolloLink.Result> => from(answers(operation)));
  return clientOver(link, { ssrMode: true });
}

/** Asks all queries at once. @throws where one of them is answered without any data */
export async function ask(
  client: ApolloClient,
  queries: readonly PageQuery[],
): Promise<{ isWhole: boolean }> {
  const answers = await Promise.all(queries.map(([query, options]) => client.query({ query, ...options })));
  const failed = answers.find(({ data }) => !data);
  if (failed) throw new Error('a query was answered without data', { cause: failed.error });
  return { isWhole: answers.every(({ error }) => !error) };
}
