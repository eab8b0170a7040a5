import type { GraphQLFieldResolver, GraphQLSchema } from 'graphql';
import type { StoredScope } from '@pocketrocket/schema/database';
import { defaultFieldResolver, isInterfaceType, isObjectType } from 'graphql';
import { requireAdmin, requireViewer } from '../accounts/viewer.ts';
import { requireScope } from '../apps/appAccess.ts';
import type { StoredUser } from '../loaders/requestScope.ts';
import type { ApiContext } from './context.ts';

/**
 * Says who may read a field:
 * - `everybody`;
 * - `proven`: whoever brings a password, a refresh token or a link's token as argument, which the field itself verifies;
 * - `viewer`: it is about whoever asks, and null for nobody;
 * - `signedIn`: whoever is signed in, else UNAUTHENTICATED;
 * - `admin`: whoever is signed in as administrator, or has an API key with the scope admin, else UNAUTHENTICATED or FORBIDDEN;
 * - `adminOrApp`: the same, and the app whose user it is a field of;
 * - `scope …`: whoever has an API key with that scope, else UNAUTHENTICATED or FORBIDDEN;
 * - `owner`: the user whom it is a field of; null for everybody else;
 * - `ownerOrApp`: the user whom it is a field of, and the app whose user it is, with the scope read; null for everybody else;
 * - `shared`: everybody where the user shares the ratings, else the owner alone; for others as if there were none. An app's user is its
 *   app's, with the scope recommend for recommendations and read for all else;
 * - `asParent`: whoever got the object that it is a field of.
 */
export type AccessRule =
  | 'everybody'
  | 'proven'
  | 'viewer'
  | 'signedIn'
  | 'admin'
  | 'adminOrApp'
  | `scope ${StoredScope}`
  | 'owner'
  | 'ownerOrApp'
  | 'shared'
  | 'asParent';

/** The rule of every field of a type, or of all its fields alike. */
type TypeRules = AccessRule | Readonly<Record<string, AccessRule>>;

/** The rule of every field of the API. A field without one is refused when the schema is built. */
export const ACCESS_RULES: Readonly<Record<string, TypeRules>> = {
  Query: {
    node: 'everybody',
    movie: 'everybody',
    movies: 'everybody',
    searchMovies: 'everybody',
    movieSearch: 'everybody',
    moviesByIds: 'everybody',
    matchMovies: 'everybody',
    moviesByTag: 'everybody',
    person: 'everybody',
    searchPeople: 'everybody',
    genres: 'everybody',
    genre: 'everybody',
    // By an external id administrators and apps alone.
    user: 'everybody',
    users: 'everybody',
    recommendFor: 'everybody',
    // These obey the rule of User.recommendations for each user that is named.
    recommendForMany: 'everybody',
    recommendForGroup: 'everybody',
    // Each token proves its own.
    tasteLinks: 'everybody',
    myTasteLinks: 'signedIn',
    compareUsers: 'everybody',
    movieMap: 'everybody',
    model: 'everybody',
    dataset: 'everybody',
    popularNow: 'everybody',
    viewer: 'viewer',
    sendsMail: 'everybody',
    exportMyData: 'signedIn',
    myImports: 'signedIn',
    roleChanges: 'admin',
    admin: 'admin',
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
    publishModel: 'admin',
    rollbackModel: 'admin',
    createWebhook: 'admin',
    deleteWebhook: 'admin',
    createExport: 'admin',
    setAccountRole: 'admin',
    endSessions: 'admin',
    deleteAccount: 'admin',
    upsertMovies: 'scope write:catalogue',
    deleteMovies: 'scope write:catalogue',
    createApp: 'admin',
    deleteApp: 'admin',
    createApiKey: 'admin',
    rotateApiKey: 'admin',
    revokeApiKey: 'admin',
    upsertUsers: 'scope write:events',
    deleteUsers: 'scope write:events',
    recordEvents: 'scope write:events',
    dismissMovie: 'signedIn',
    restoreMovie: 'signedIn',
    addToWatchlist: 'signedIn',
    removeFromWatchlist: 'signedIn',
    rateMovies: 'signedIn',
    createTasteLink: 'everybody',
    // A visitor's by its id, an account's by the sign-in.
    revokeTasteLink: 'everybody',
  },
  User: {
    id: 'everybody',
    userId: 'everybody',
    externalId: 'adminOrApp',
    name: 'everybody',
    sharesRatings: 'everybody',
    ratingCount: 'shared',
    averageRating: 'shared',
    highestRating: 'shared',
    lowestRating: 'shared',
    favouriteGenre: 'shared',
    genreProfile: 'shared',
    ratings: 'shared',
    ratingsRevision: 'shared',
    recommendations: 'shared',
    account: 'owner',
    watchlist: 'owner',
    dismissedMovies: 'ownerOrApp',
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
    overview: 'everybody',
    // Leaves out who keeps the ratings private.
    fans: 'everybody',
    similar: 'everybody',
    tags: 'everybody',
    hasDetails: 'everybody',
    details: 'everybody',
    viewerRating: 'viewer',
    viewerPrediction: 'viewer',
    isDismissed: 'viewer',
    isOnWatchlist: 'viewer',
  },
  Node: 'everybody',
  Genre: 'everybody',
  Model: 'everybody',
  Dataset: 'everybody',
  Account: 'asParent',
  AccountConnection: 'asParent',
  AccountEdge: 'asParent',
  AccountOverview: 'asParent',
  Admin: 'asParent',
  BudgetClient: 'asParent',
  Budgets: 'asParent',
  CacheUse: 'asParent',
  CatalogueState: 'asParent',
  Coverage: 'asParent',
  DataImport: 'asParent',
  ApiKey: 'asParent',
  ApiKeyPayload: 'asParent',
  App: 'asParent',
  AuthPayload: 'asParent',
  DeleteMoviesPayload: 'asParent',
  DeleteUsersPayload: 'asParent',
  DismissMoviePayload: 'asParent',
  ExperimentArmReport: 'asParent',
  ExperimentArmState: 'asParent',
  ExperimentReport: 'asParent',
  ExperimentState: 'asParent',
  ExportedData: 'asParent',
  GenreComparison: 'asParent',
  GenreShare: 'asParent',
  Health: 'asParent',
  GroupRecommendation: 'asParent',
  GroupRecommendationConnection: 'asParent',
  GroupRecommendationEdge: 'asParent',
  ImportedRating: 'asParent',
  ImportMyRatingsPayload: 'asParent',
  CreateTasteLinkPayload: 'asParent',
  OwnTasteLink: 'asParent',
  TasteLink: 'asParent',
  MemberScore: 'asParent',
  Metric: 'asParent',
  ModelGateVerdict: 'asParent',
  ModelVersion: 'asParent',
  CastMember: 'asParent',
  MovieDetails: 'asParent',
  Person: 'asParent',
  PersonMovie: 'asParent',
  WatchOffer: 'asParent',
  MovieCandidate: 'asParent',
  MovieConnection: 'asParent',
  MovieEdge: 'asParent',
  MovieMapConnection: 'asParent',
  MovieMatch: 'asParent',
  MoviePlace: 'asParent',
  MoviePlaceEdge: 'asParent',
  MovieTag: 'asParent',
  PageInfo: 'asParent',
  RateMoviePayload: 'asParent',
  RateMoviesPayload: 'asParent',
  Rating: 'asParent',
  RatingBucket: 'asParent',
  RatingConnection: 'asParent',
  RatingEdge: 'asParent',
  RatingImport: 'asParent',
  RatingPair: 'asParent',
  RecordEventsPayload: 'asParent',
  Recommendation: 'asParent',
  RecommendationConnection: 'asParent',
  RecommendationEdge: 'asParent',
  RecommendationReason: 'asParent',
  RefusedEvent: 'asParent',
  RestoreMoviePayload: 'asParent',
  RoleChange: 'asParent',
  Served: 'asParent',
  SignedExport: 'asParent',
  ShareInterval: 'asParent',
  SimilarMovie: 'asParent',
  SkippedRows: 'asParent',
  StepTime: 'asParent',
  Training: 'everybody',
  UndoMyImportPayload: 'asParent',
  UnrateMoviePayload: 'asParent',
  UpdateAccountPayload: 'asParent',
  UpsertMoviesPayload: 'asParent',
  UserComparison: 'asParent',
  UpsertUsersPayload: 'asParent',
  UserConnection: 'asParent',
  UserEdge: 'asParent',
  Webhook: 'asParent',
  WebhookPayload: 'asParent',
  WatchlistPayload: 'asParent',
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
    await requireAdministrator(context);
    return resolve(source, args, context, info);
  },
  adminOrApp: (resolve) => async (source, args, context, info) => {
    if (!(await isOfApp(source as StoredUser, context))) await requireAdministrator(context);
    return resolve(source, args, context, info);
  },
  'scope read': withScope('read'),
  'scope recommend': withScope('recommend'),
  'scope write:events': withScope('write:events'),
  'scope write:catalogue': withScope('write:catalogue'),
  'scope admin': withScope('admin'),
  owner: (resolve) => async (source, args, context, info) =>
    (await isOwner(source as StoredUser, context)) ? resolve(source, args, context, info) : null,
  ownerOrApp: (resolve) => async (source, args, context, info) => {
    const user = source as StoredUser;
    const isToRead = (await isOwner(user, context)) || (await isReadByItsApp(user, context));
    return isToRead ? resolve(source, args, context, info) : null;
  },
  shared: (resolve, fieldName) => (source, args, context, info) => {
    const user = source as StoredUser;
    // As good as all users: nothing is waited for.
    if (user.sharesRatings) return resolve(source, args, context, info);
    return mayReadShared(user, context, fieldName).then((isToRead) =>
      isToRead ? resolve(source, args, context, info) : (WITHHELD[fieldName] ?? null),
    );
  },
};

/**
 * True where whoever asks may read a field of a user whose rule is `shared`, or what follows from it.
 * @throws AppError FORBIDDEN for the key of the user's app without the scope that the field needs
 */
export async function mayReadShared(
  user: StoredUser,
  context: ApiContext,
  fieldName: string,
): Promise<boolean> {
  if (user.sharesRatings) return true;
  return user.ofApp ? isOwnUser(user, context, fieldName) : isOwner(user, context);
}

function withScope(scope: StoredScope) {
  return (resolve: Resolver): Resolver =>
    async (source, args, context, info) => {
      requireScope(await context.app(), scope);
      return resolve(source, args, context, info);
    };
}

/** @throws AppError UNAUTHENTICATED where nobody is signed in; FORBIDDEN for everybody but administrators */
export async function requireAdministrator({
  app,
  viewer,
}: Pick<ApiContext, 'app' | 'viewer'>): Promise<void> {
  const access = await app();
  if (access) requireScope(access, 'admin');
  else requireAdmin(await viewer());
}

/** True for the app of a user. @throws AppError FORBIDDEN where its key has not the scope that the field needs */
async function isOwnUser({ ofApp }: StoredUser, { app }: ApiContext, fieldName: string): Promise<boolean> {
  const access = await app();
  if (!access || access.appId !== ofApp?.appId) return false;
  requireScope(access, fieldName === 'recommendations' ? 'recommend' : 'read');
  return true;
}

/** True where a user is one of the app that asks, whether the app shares its users or not. */
async function isOfApp({ userId, ofApp }: StoredUser, { app, scope }: ApiContext): Promise<boolean> {
  const access = await app();
  if (!access) return false;
  if (ofApp) return ofApp.appId === access.appId;
  return access.sharesUsers && (await scope.appUsers.load(userId))?.ofApp.appId === access.appId;
}

/** The same, with the scope read. @throws AppError FORBIDDEN where the app's key has not that scope */
async function isReadByItsApp(user: StoredUser, context: ApiContext): Promise<boolean> {
  if (!(await isOfApp(user, context))) return false;
  requireScope(await context.app(), 'read');
  return true;
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
