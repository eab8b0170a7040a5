/** The public contract as type-graphql types. Field resolvers, arguments and root types stand in the server. */
import 'reflect-metadata';

export * from './graphql/account.ts';
export * from './graphql/accountSettings.ts';
export * from './graphql/admin.ts';
export * from './graphql/adminData.ts';
export * from './graphql/adminModels.ts';
export * from './graphql/adminServer.ts';
export * from './graphql/app.ts';
export * from './graphql/catalogue.ts';
export * from './graphql/comparison.ts';
export * from './graphql/connections.ts';
export * from './graphql/dataset.ts';
export * from './graphql/enums.ts';
export * from './graphql/event.ts';
export * from './graphql/genre.ts';
export * from './graphql/group.ts';
export * from './graphql/inputs.ts';
export * from './graphql/model.ts';
export * from './graphql/movie.ts';
export * from './graphql/movieMap.ts';
export * from './graphql/movieMarks.ts';
export * from './graphql/node.ts';
export * from './graphql/rating.ts';
export * from './graphql/recommendation.ts';
export * from './graphql/training.ts';
export * from './graphql/user.ts';
export * from './graphql/ownRatings.ts';
