import {
  Genre,
  GenreShare,
  MovieFilter,
  RatingConnection,
  RatingFilter,
  RatingOrder,
  RecommendationConnection,
  User,
  UserConnection,
  UserOrder,
} from '@pocketrocket/schema';
import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { requireAdministrator } from '../accessRules.ts';
import { clientOf, type ApiContext } from '../context.ts';
import type { Repositories } from '../deps.ts';
import { ratingsRevisionOf } from '../../lists/listCursor.ts';
import { recommendToUser, type RecommendingDeps } from '../../lists/recommendations.ts';
import type { StoredUser } from '../../loaders/requestScope.ts';
import { listRatingsOfUser } from '../../ratings/listRatings.ts';
import { externalIdOfUser, findUser } from '../../users/findUser.ts';
import { listUsers } from '../../users/listUsers.ts';
import { timed } from '../../timing/stepTimes.ts';
import { After, Diversity, First } from './listArguments.ts';

@Resolver(() => User)
export class UserResolver {
  constructor(
    private readonly repositories: Pick<Repositories, 'users'>,
    private readonly recommending: RecommendingDeps,
  ) {}

  @Query(() => User, {
    nullable: true,
    description: 'One user, by exactly one of the arguments; null where there is none.',
  })
  user(
    @Arg('userId', () => Int, { nullable: true, description: "The user's number." })
    userId: number | null | undefined,
    @Arg('externalId', () => String, {
      nullable: true,
      description:
        "With an API key: the id of one of the app's own users. Without: the id as the data set's files write it, for administrators alone.",
    })
    externalId: string | null | undefined,
    @Ctx() context: ApiContext,
  ): Promise<User | null> {
    const asker = { app: context.app, requireAdmin: () => requireAdministrator(context) };
    return timed('user', () => findUser(context.scope, { userId, externalId }, asker));
  }

  @Query(() => UserConnection, { nullable: true, description: 'All users.' })
  users(
    @Arg('orderBy', () => UserOrder, {
      defaultValue: UserOrder.RATING_COUNT_DESC,
      description: 'Order of the list.',
    })
    orderBy: UserOrder,
    @First(20) first: number,
    @After() after: string | null | undefined,
  ): Promise<UserConnection> {
    return listUsers(this.repositories.users, { orderBy, first, after });
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "As the app calls its user, for the app alone. For administrators also as the data set's files write it. Null for accounts.",
  })
  externalId(@Root() { userId }: User, @Ctx() { scope }: ApiContext): string | null | Promise<string | null> {
    return externalIdOfUser(scope, userId);
  }

  @FieldResolver(() => Genre, {
    nullable: true,
    description: 'The genre with the most ratings by the user; null without any.',
  })
  async favouriteGenre(@Root() { userId }: User, @Ctx() { scope }: ApiContext): Promise<Genre | null> {
    const [favourite] = await scope.genreProfileOfUser.load(userId);
    return favourite?.genre ?? null;
  }

  @FieldResolver(() => [GenreShare], {
    description: "The user's ratings by genre, the most rated first. A movie counts for each of its genres.",
  })
  genreProfile(@Root() { userId }: User, @Ctx() { scope }: ApiContext): Promise<GenreShare[]> {
    return scope.genreProfileOfUser.load(userId);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Opaque: another one after every change of the ratings and dismissed movies, so that what was made of them is known to be old. Null where they are private.',
  })
  ratingsRevision(@Root() user: StoredUser): string {
    return ratingsRevisionOf(user);
  }

  @FieldResolver(() => RatingConnection, {
    nullable: true,
    description: "The user's ratings; `totalCount` is of those that pass the filter.",
  })
  ratings(
    @Root() user: User,
    @Arg('orderBy', () => RatingOrder, {
      defaultValue: RatingOrder.RATED_AT_DESC,
      description: 'Order of the list.',
    })
    orderBy: RatingOrder,
    @First(20) first: number,
    @After() after: string | null | undefined,
    @Arg('filter', () => RatingFilter, {
      nullable: true,
      description: 'Conditions on the ratings; all of them without it.',
    })
    filter: RatingFilter | null | undefined,
    @Ctx() { scope }: ApiContext,
  ): Promise<RatingConnection> {
    const page = { orderBy, first, after, filter };
    return listRatingsOfUser(this.recommending.catalogue.current(), scope, user, page);
  }

  @FieldResolver(() => RecommendationConnection, {
    nullable: true,
    description:
      'Recommended movies, never ones that the user has rated. Pages continue the list that the first one began, ' +
      'even when ratings or the model change in between.',
  })
  async recommendations(
    @Root() user: StoredUser,
    @First(20) first: number,
    @After() after: string | null | undefined,
    @Arg('filter', () => MovieFilter, {
      nullable: true,
      description: 'Conditions on the recommended movies; all movies without it.',
    })
    filter: MovieFilter | null,
    @Diversity() diversity: number,
    @Ctx() context: ApiContext,
  ): Promise<RecommendationConnection> {
    const asker = { client: await clientOf(context), deadline: context.deadline, turns: context.turns };
    const asked = { user, first, after, filter, diversity, asker };
    return recommendToUser(this.recommending, context.scope, asked);
  }
}
