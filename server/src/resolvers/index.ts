import type { GraphQLSchema } from 'graphql';
import { buildSchema, type ContainerType } from 'type-graphql';
import type { ApiDeps } from '../deps.ts';
import { createRecommendingDeps } from '../recommend/requests.ts';
import { AccountResolver } from './accountResolver.ts';
import { GenreResolver } from './genreResolver.ts';
import { ModelResolver } from './modelResolver.ts';
import { MovieResolver } from './movieResolver.ts';
import { NodeResolver } from './nodeResolver.ts';
import { TasteResolver } from './tasteResolver.ts';
import { UserResolver } from './userResolver.ts';

export { createRequestScope, type RequestScope } from '../services/requestScope.ts';

/** The executable schema over the given dependencies. Touches none of them before the first request. */
export async function buildApiSchema(deps: ApiDeps): Promise<GraphQLSchema> {
  const recommending = createRecommendingDeps(deps);
  const instances = new Map<unknown, object>(
    [
      new NodeResolver(),
      new MovieResolver(deps),
      new GenreResolver(deps),
      new UserResolver(deps, recommending),
      new TasteResolver(recommending),
      new ModelResolver(deps),
      new AccountResolver(deps),
    ].map((instance) => [instance.constructor, instance]),
  );
  return build({ get: (resolver) => instances.get(resolver) });
}

/** The schema for printing alone: it needs no dependencies and cannot be executed. */
export async function buildPrintableSchema(): Promise<GraphQLSchema> {
  return build({
    get() {
      throw new Error('this schema is for printing alone');
    },
  });
}

async function build(container: ContainerType): Promise<GraphQLSchema> {
  const schema = await buildSchema({
    resolvers: [
      NodeResolver,
      MovieResolver,
      GenreResolver,
      UserResolver,
      TasteResolver,
      ModelResolver,
      AccountResolver,
    ],
    container,
    // Services check their arguments themselves, with reasons in words.
    validate: false,
  });
  const query = schema.getQueryType();
  // type-graphql offers no way to describe a root type.
  if (query) query.description = 'What can be asked. Fields that may fail alone are nullable.';
  const mutation = schema.getMutationType();
  if (mutation) mutation.description = 'What can be changed: accounts, and the ratings of who is signed in.';
  return schema;
}
