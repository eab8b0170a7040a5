import { RecommendationConnection } from '@pocketrocket/schema';
import { AppError } from '@pocketrocket/runtime';
import { Arg, Ctx, Int, Resolver, type ResolverData, Root, Subscription } from 'type-graphql';
import { requireViewer } from '../../accounts/viewer.ts';
import { digestOf } from '../../lists/listCursor.ts';
import { recommendToUser, type RecommendingDeps } from '../../lists/recommendations.ts';
import type { StoredUser } from '../../loaders/requestScope.ts';
import { findUser, findUserByNumber } from '../../users/findUser.ts';
import { mayReadShared, requireAdministrator } from '../accessRules.ts';
import { clientOf, type ApiContext, type LiveSign } from '../context.ts';
import { liveOf } from '../liveOf.ts';
import { First } from './listArguments.ts';

interface ListArguments {
  userId?: number | null;
  userExternalId?: string | null;
}

@Resolver()
export class SubscriptionResolver {
  constructor(private readonly recommending: RecommendingDeps) {}

  @Subscription(() => RecommendationConnection, {
    description:
      "The first page of a user's recommendations at once, then whenever it has changed: after a rating, a dismissal, or when another model serves. " +
      'Who may read User.recommendations may subscribe; without a user it is the viewer. NOT_FOUND, FORBIDDEN or UNAUTHENTICATED end it.',
    subscribe: async ({ args, context }: Omit<ResolverData<ApiContext>, 'root'>) => {
      const { userId } = await watchedUser(args, context);
      return liveOf(context).listOf(userId);
    },
  })
  async recommendationsChanged(
    @Root() { userId }: LiveSign,
    @Arg('userId', () => Int, { nullable: true, description: "The user's number." })
    _userId: number | null | undefined,
    @Arg('userExternalId', () => String, {
      nullable: true,
      description: "The user's id as the data set's files or the app write it.",
    })
    _userExternalId: string | null | undefined,
    @First(20) first: number,
    @Ctx() context: ApiContext,
  ): Promise<RecommendationConnection> {
    const found = await findUserByNumber(context.scope, userId ?? 0, context.app);
    const user = await readableUser(found, context);
    const asker = { client: await clientOf(context), deadline: context.deadline, turns: context.turns };
    const asked = { user, first, after: null, filter: null, diversity: 0, asker };
    const page = await recommendToUser(this.recommending, context.scope, asked);
    const { ratingsRevision: _, ...served } = page.served;
    liveOf(context).note(stateOf(user), digestOf(served, page.pageInfo.hasNextPage, shownIn(page)));
    return page;
  }
}

/** The user whose list is subscribed to. @throws AppError BAD_USER_INPUT, NOT_FOUND, FORBIDDEN, UNAUTHENTICATED */
async function watchedUser(
  { userId, userExternalId: externalId }: ListArguments,
  context: ApiContext,
): Promise<StoredUser> {
  const { scope, app, viewerId } = context;
  const isNamed = (userId ?? externalId ?? null) !== null;
  const key = isNamed ? { userId, externalId } : { userId: requireViewer(await viewerId()), externalId };
  const asker = { app, requireAdmin: () => requireAdministrator(context) };
  return readableUser(await findUser(scope, key, asker), context);
}

async function readableUser(user: StoredUser | null, context: ApiContext): Promise<StoredUser> {
  if (!user) throw new AppError('NOT_FOUND', 'there is no such user');
  if (!(await mayReadShared(user, context, 'recommendations')))
    throw new AppError('FORBIDDEN', 'this user keeps the recommendations private');
  return user;
}

/** Another text whenever a list of the user, or who may read it, may be another. */
export function stateOf({ ratingsState, sharesRatings }: StoredUser): string {
  return `${ratingsState} ${sharesRatings}`;
}

/** All that a page shows but its cursors, which every rating changes. */
function shownIn({ nodes }: RecommendationConnection): unknown[] {
  return nodes.map(({ movie, score, similarity, sources, reasons }) => [
    movie.movieId,
    score,
    similarity,
    sources,
    reasons.map(({ movie: { movieId }, weight }) => [movieId, weight]),
  ]);
}
