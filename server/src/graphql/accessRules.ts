import type { GraphQLFieldResolver, GraphQLSchema } from 'graphql';
import { defaultFieldResolver, isInterfaceType, isObjectType } from 'graphql';
import { requireAdmin, requireViewer } from '../accounts/viewer.ts';
import type { StoredUser } from '../loaders/requestScope.ts';
import type { ApiContext } from './context.ts';

/**
 * Says who may read a field:
 * - `everybody`;
 * - `proven`: whoever brings a password, a refresh token or a link's token as argument, which the field itself verifies;
 * - `viewer`: it is about whoever asks, and null for nobody;
 * - `signedIn`: whoever is signed in, else UNAUTHENTICATED;
 * - `admin`: whoever is signed in as administrator, else UNAUTHENTICATED or FORBIDDEN;
 * - `owner`: the user whom it is a field of; null for everybody else;
 * - `shared`: everybody where the user shares the ratings, else the owner alone; for others as if there were none;
 * - `asParent`: whoever got the object that it is a field of.
 */
export type AccessRule =
  'everybody' | 'proven' | 'viewer' | 'signedIn' | 'admin' | 'owner' | 'shared' | 'asParent';

/** The rule of every field of a type, or of all its fields alike. */
type TypeRules = AccessRule | Readonly<Record<string, AccessRule>>;

/** The rule of every field of the API. A field without one is refused when the schema is built. */
export const ACCESS_RULES: Readonly<Record<string, TypeRules>> = {
  Query: {
    node: 'everybody',
    movie: 'everybody',
    movies: 'everybody',
    searchMovies: 'everybody',
    matchMovies: 'everybody',
    genres: 'everybody',
    genre: 'everybody',
    // By an external id administrators alone.
    user: 'everybody',
    users: 'everybody',
    recommendFor: 'everybody',
    model: 'everybody',
    viewer: 'viewer',
    exportMyData: 'signedIn',
    myImports: 'signedIn',
    roleChanges: 'admin',
    training: 'everybody',
  },
  Subscription: {
    // By the rule of User.recommendations, at each answer.
    recommendationsChanged: 'everybody',
    trainingChanged: 'everybody',
  },
  Mutation: {
    signUp: 'everybody',
    signIn: 'proven',
    refreshSession: 'proven',
    signOut: 'proven',
    signOutEverywhere: 'signedIn',
    changePassword: 'signedIn',
    requestPasswordReset: 'everybody',
    resetPassword: 'proven',
    requestEmailConfirmation: 'signedIn',
    confirmEmail: 'proven',
    updateAccount: 'signedIn',
    deleteMyAccount: 'signedIn',
    rateMovie: 'signedIn',
    unrateMovie: 'signedIn',
    importMyRatings: 'signedIn',
    undoMyImport: 'signedIn',
  },
  User: {
    id: 'everybody',
    userId: 'everybody',
    externalId: 'admin',
    name: 'everybody',
    sharesRatings: 'everybody',
    ratingCount: 'shared',
    averageRating: 'shared',
    highestRating: 'shared',
    lowestRating: 'shared',
    favouriteGenre: 'shared',
    genreProfile: 'shared',
    ratings: 'shared',
    recommendations: 'shared',
    account: 'owner',
  },
  Movie: {
    id: 'everybody',
    movieId: 'everybody',
    externalId: 'everybody',
    title: 'everybody',
    releaseYear: 'everybody',
    genres: 'everybody',
    averageRating: 'everybody',
    weightedRating: 'everybody',
    ratingCount: 'everybody',
    ratingHistogram: 'everybody',
    imdbUrl: 'everybody',
    tmdbUrl: 'everybody',
    posterUrl: 'everybody',
    // Leaves out who keeps the ratings private.
    fans: 'everybody',
    similar: 'everybody',
    viewerRating: 'viewer',
  },
  Node: 'everybody',
  Genre: 'everybody',
  Model: 'everybody',
  Account: 'asParent',
  AuthPayload: 'asParent',
  ExportedData: 'asParent',
  GenreShare: 'asParent',
  ImportedRating: 'asParent',
  ImportMyRatingsPayload: 'asParent',
  Metric: 'asParent',
  MovieCandidate: 'asParent',
  MovieConnection: 'asParent',
  MovieEdge: 'asParent',
  MovieMatch: 'asParent',
  PageInfo: 'asParent',
  RateMoviePayload: 'asParent',
  Rating: 'asParent',
  RatingBucket: 'asParent',
  RatingConnection: 'asParent',
  RatingEdge: 'asParent',
  RatingImport: 'asParent',
  Recommendation: 'asParent',
  RecommendationConnection: 'asParent',
  RecommendationEdge: 'asParent',
  RecommendationReason: 'asParent',
  RoleChange: 'asParent',
  Served: 'asParent',
  SimilarMovie: 'asParent',
  Training: 'everybody',
  UndoMyImportPayload: 'asParent',
  UnrateMoviePayload: 'asParent',
  UpdateAccountPayload: 'asParent',
  UserConnection: 'asParent',
  UserEdge: 'asParent',
};

/** The rule of a field; undefined for one that has none. */
export function accessRuleOf(typeName: string, fieldName: string): AccessRule | undefined {
  if (!Object.hasOwn(ACCESS_RULES, typeName)) return undefined;
  const rules = ACCESS_RULES[typeName];
  if (typeof rules !== 'object') return rules;
  return Object.hasOwn(rules, fieldName) ? rules[fieldName] : undefined;
}

/** The values that stand for private fields that cannot be null; null stands for all others. */
const WITHHELD: Readonly<Record<string, unknown>> = { ratingCount: 0, genreProfile: [] };

type Resolver = GraphQLFieldResolver<unknown, ApiContext>;

/** Wraps a resolver so that its rule is what happens; null where the rule leaves all to the resolver. */
const GUARDS: Record<AccessRule, ((resolve: Resolver, fieldName: string) => Resolver) | null> = {
  everybody: null,
  proven: null,
  asParent: null,
  viewer: (resolve) => async (source, args, context, info) =>
    (await context.viewer()) === null ? null : resolve(source, args, context, info),
  signedIn: (resolve) => async (source, args, context, info) => {
    requireViewer(await context.viewer());
    return resolve(source, args, context, info);
  },
  admin: (resolve) => async (source, args, context, info) => {
    requireAdmin(await context.viewer());
    return resolve(source, args, context, info);
  },
  owner: (resolve) => async (source, args, context, info) =>
    (await isOwner(source as StoredUser, context)) ? resolve(source, args, context, info) : null,
  shared: (resolve, fieldName) => (source, args, context, info) => {
    const user = source as StoredUser;
    // As good as all users: nothing is waited for.
    if (user.sharesRatings) return resolve(source, args, context, info);
    return isOwner(user, context).then((isOwn) =>
      isOwn ? resolve(source, args, context, info) : (WITHHELD[fieldName] ?? null),
    );
  },
};

/** True where whoever asks may read a user's ratings and what follows from them: the rule `shared`. */
export async function isReadable(user: StoredUser, context: ApiContext): Promise<boolean> {
  return user.sharesRatings || isOwner(user, context);
}

async function isOwner(user: StoredUser, { viewerId }: ApiContext): Promise<boolean> {
  return user.isOwn === true || (await viewerId()) === user.userId;
}

/** Makes every field obey its rule. Changes the schema. @throws Error for a field that has none */
export function withAccessRules(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if ((!isObjectType(type) && !isInterfaceType(type)) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const rule = accessRuleOf(type.name, field.name);
      if (!rule)
        throw new Error(`${type.name}.${field.name} has no access rule: say in ACCESS_RULES who may read it`);
      const guard = GUARDS[rule];
      if (guard && isObjectType(type))
        field.resolve = guard(field.resolve ?? defaultFieldResolver, field.name);
    }
  }
}
