import { UserComparison } from '@pocketrocket/schema';
import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import { compareUsers } from '../../users/compareUsers.ts';
import type { ApiContext } from '../context.ts';
import { subjectAccess } from '../subjectAccess.ts';
import { First } from './listArguments.ts';

@Resolver()
export class ComparisonResolver {
  @Query(() => UserComparison, {
    nullable: true,
    description:
      'How alike the tastes of two users are, and on what they differ; null where one does not exist or keeps the ratings private.',
  })
  async compareUsers(
    @Arg('userId', () => Int, { description: "The first user's number." }) userId: number,
    @Arg('otherUserId', () => Int, { description: "The other user's number." }) otherUserId: number,
    @First(10) first: number,
    @Ctx() context: ApiContext,
  ): Promise<UserComparison | null> {
    const access = subjectAccess(context, 'ratings');
    const [user, other] = await Promise.all([
      access.userOf({ userId }),
      access.userOf({ userId: otherUserId }),
    ]);
    return user && other && compareUsers(context.scope, { user, other, first });
  }
}
