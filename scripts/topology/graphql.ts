/** The answer to a GraphQL request. */
export interface GraphqlAnswer<T> {
  data: T;
  /** `CODE: message` of each error. */
  errors: string[];
}

/** Asks over a connection of its own, so that each request may meet another server behind a front door. */
export async function askGraphql<T>(
  origin: string,
  query: string,
  variables: Record<string, unknown> = {},
  token?: string,
): Promise<GraphqlAnswer<T>> {
  const answer = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      connection: 'close',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors = [] } = (await answer.json()) as {
    data: T;
    errors?: { message: string; extensions?: { code?: string } }[];
  };
  return { data, errors: errors.map(({ message, extensions }) => `${extensions?.code ?? '?'}: ${message}`) };
}
