import type { GraphQLSchema } from 'graphql';
import { buildSchema } from 'type-graphql';
import type { ApiDeps } from '../deps.ts';

export { createRequestScope, type RequestScope } from '../services/requestScope.ts';

/** The executable schema over the given dependencies. Touches none of them before the first request. */
export async function buildApiSchema(deps: ApiDeps): Promise<GraphQLSchema> {
  void deps;
  return buildSchema({ resolvers: [function Empty() {}] });
}

/** The schema for printing alone: it cannot be executed, and needs no database. */
export async function buildPrintableSchema(): Promise<GraphQLSchema> {
  return buildSchema({ resolvers: [function Empty() {}] });
}
