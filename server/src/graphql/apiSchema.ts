import { isObjectType, isScalarType, type GraphQLSchema } from 'graphql';
import { buildSchema, getMetadataStorage, type ContainerType, type PubSub } from 'type-graphql';
import type { ApiDeps } from './deps.ts';
import { createForgetting, createRecommendingDeps } from '../lists/recommendations.ts';
import { withAccessRules } from './accessRules.ts';
import { AccountResolver } from './resolvers/accountResolver.ts';
import { AccountSettingsResolver } from './resolvers/accountSettingsResolver.ts';
import { AdminResolver, ExperimentStateResolver } from './resolvers/adminResolver.ts';
import { CatalogueResolver } from './resolvers/catalogueResolver.ts';
import { ApiKeyResolver, AppResolver } from './resolvers/appResolver.ts';
import { AppUsersResolver } from './resolvers/appUsersResolver.ts';
import { ComparisonResolver } from './resolvers/comparisonResolver.ts';
import { FilmResolver, MovieDetailsResolver, PersonResolver } from './resolvers/filmResolver.ts';
import { GenreResolver } from './resolvers/genreResolver.ts';
import { withLazyMovieFields } from './lazyMovieFields.ts';
import { ListsResolver } from './resolvers/listsResolver.ts';
import { ModelResolver } from './resolvers/modelResolver.ts';
import { MarkedMoviesResolver, MovieMarkResolver } from './resolvers/movieMarkResolvers.ts';
import { MovieResolver } from './resolvers/movieResolver.ts';
import { NodeResolver } from './resolvers/nodeResolver.ts';
import { ManageAccountsResolver } from './resolvers/manageAccountsResolver.ts';
import { OperatorResolver } from './resolvers/operatorResolver.ts';
import { OwnRatingsResolver } from './resolvers/ownRatingsResolver.ts';
import { PredictionResolver } from './resolvers/predictionResolver.ts';
import { TasteLinkResolver } from './resolvers/tasteLinkResolver.ts';
import { TasteResolver } from './resolvers/tasteResolver.ts';
import { SubscriptionResolver } from './resolvers/subscriptionResolver.ts';
import { TrainingResolver } from './resolvers/trainingResolver.ts';
import { UserResolver } from './resolvers/userResolver.ts';
import { ViewerRatingResolver } from './resolvers/viewerRatingResolver.ts';

/** The executable schema over the given dependencies. Touches none of them before the first request. */
export async function buildApiSchema(deps: ApiDeps): Promise<GraphQLSchema> {
  const recommending = createRecommendingDeps(deps);
  deps.erasures.onErase(createForgetting(recommending));
  const instances = new Map<unknown, object>(
    [
      new NodeResolver(),
      new MovieResolver(deps),
      new FilmResolver(deps),
      new MovieDetailsResolver(deps),
      new PersonResolver(deps),
      new CatalogueResolver(deps),
      new GenreResolver(deps.repositories),
      new UserResolver(deps.repositories, recommending),
      new TasteResolver(recommending),
      new ListsResolver({ ...recommending, database: deps.database }),
      new ComparisonResolver(),
      new ModelResolver(deps),
      new AccountResolver(deps),
      new AccountSettingsResolver(deps),
      new ViewerRatingResolver(deps),
      new OwnRatingsResolver(deps),
      new AdminResolver(deps),
      new ExperimentStateResolver(deps),
      new ManageAccountsResolver(deps),
      new OperatorResolver(deps),
      new SubscriptionResolver(recommending),
      new TrainingResolver(deps),
      new AppResolver(deps),
      new ApiKeyResolver(),
      new AppUsersResolver(deps),
      new MovieMarkResolver(deps),
      new MarkedMoviesResolver(deps),
      new PredictionResolver(recommending),
      new TasteLinkResolver(deps),
    ].map((instance) => [instance.constructor, instance]),
  );
  return build({ get: (resolver) => instances.get(resolver) });
}

/** Demanded by type-graphql; subscriptions have sources of their own. */
const NO_PUB_SUB: PubSub = {
  publish: () => undefined,
  subscribe() {
    throw new Error('subscriptions have sources of their own');
  },
};

/** The schema for printing alone: it needs no dependencies and cannot be executed. */
export async function buildPrintableSchema(): Promise<GraphQLSchema> {
  return build({
    get() {
      throw new Error('this schema is for printing alone');
    },
  });
}

const DATE_TIME_SPECIFICATION = 'https://scalars.graphql.org/andimarek/date-time.html';

async function build(container: ContainerType): Promise<GraphQLSchema> {
  const schema = await buildSchema({
    resolvers: [
      NodeResolver,
      MovieResolver,
      FilmResolver,
      MovieDetailsResolver,
      PersonResolver,
      CatalogueResolver,
      GenreResolver,
      UserResolver,
      TasteResolver,
      ListsResolver,
      ComparisonResolver,
      ModelResolver,
      AccountResolver,
      AccountSettingsResolver,
      ViewerRatingResolver,
      OwnRatingsResolver,
      AdminResolver,
      ExperimentStateResolver,
      ManageAccountsResolver,
      OperatorResolver,
      SubscriptionResolver,
      TrainingResolver,
      AppResolver,
      ApiKeyResolver,
      AppUsersResolver,
      MovieMarkResolver,
      MarkedMoviesResolver,
      PredictionResolver,
      TasteLinkResolver,
    ],
    container,
    // Services check their arguments themselves, with reasons in words.
    validate: false,
    // It would run the introspection query, which takes most of the time. Apollo Server and the first request validate the schema.
    skipCheck: true,
    pubSub: NO_PUB_SUB,
  });
  withoutBasicResolvers(schema);
  const dateTime = schema.getType('DateTime');
  if (isScalarType(dateTime)) dateTime.specifiedByURL = DATE_TIME_SPECIFICATION;
  withLazyMovieFields(schema);
  withAccessRules(schema);
  const query = schema.getQueryType();
  // type-graphql offers no way to describe a root type.
  if (query) query.description = 'Queries. Fields that may fail alone are nullable.';
  const mutation = schema.getMutationType();
  if (mutation)
    mutation.description =
      'Mutations: accounts, the ratings of the signed-in user, and what apps write by their API keys.';
  const subscription = schema.getSubscriptionType();
  if (subscription)
    subscription.description =
      'Subscriptions, by WebSocket (graphql-transport-ws) or by POST with accept: text/event-stream.';
  return schema;
}

/**
 * Takes away what type-graphql gives fields that are no more than a property: a function that GraphQL.js's own default does
 * without, and that graphql-jit would call for each value. Changes the schema.
 */
function withoutBasicResolvers(schema: GraphQLSchema): void {
  const { objectTypes, interfaceTypes, fieldResolvers } = getMetadataStorage();
  const classes = [...objectTypes, ...interfaceTypes];
  const resolved = new Set(
    fieldResolvers.flatMap(({ getObjectType, schemaName }) => {
      const target = getObjectType?.();
      return classes.filter((one) => one.target === target).map(({ name }) => `${name}.${schemaName}`);
    }),
  );
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__') || roots.includes(type)) continue;
    for (const field of Object.values(type.getFields()))
      if (!resolved.has(`${type.name}.${field.name}`)) field.resolve = undefined;
  }
}
