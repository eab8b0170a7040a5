import {
  GroupRecommendationConnection,
  GroupStrategy,
  MovieFilter,
  RecommendationConnection,
  RecommendForInput,
} from '@pocketrocket/schema';
import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { Database } from '@pocketrocket/schema/database';
import { recommendToLinked } from '../../groups/recommendToLinked.ts';
import { recommendToMany } from '../../lists/recommendToMany.ts';
import type { RecommendingDeps } from '../../lists/recommendations.ts';
import type { ApiContext } from '../context.ts';
import { subjectAccess } from '../subjectAccess.ts';
import { After, Diversity, First } from './listArguments.ts';

/** The argument `filter` of lists of recommendations. */
function Filter(): ReturnType<typeof Arg> {
  return Arg('filter', () => MovieFilter, {
    nullable: true,
    description: 'Conditions on the recommended movies; all movies without it.',
  });
}

@Resolver()
export class ListsResolver {
  constructor(private readonly recommending: RecommendingDeps & { database: Database }) {}

  @Query(() => [RecommendationConnection], {
    nullable: 'itemsAndList',
    description:
      'The first page of recommendations for each of several users or tastes, in the order asked. Null for a user whom there is ' +
      'none of or whose ratings are private; null with an error of its own for a list that was not there in time. Later pages are ' +
      'asked for one by one, by `User.recommendations` or `recommendFor` with the same filter and diversity.',
  })
  recommendForMany(
    @Arg('requests', () => [RecommendForInput], {
      description: 'Whom to recommend to, at most 100.',
    })
    requests: RecommendForInput[],
    @First(20) first: number,
    @Filter() filter: MovieFilter | null,
    @Diversity() diversity: number,
    @Ctx() context: ApiContext,
  ): Promise<(RecommendationConnection | Error | null)[]> {
    const { deadline, turns } = context;
    const asked = { requests, first, filter, diversity };
    return recommendToMany(this.recommending, context.scope, {
      ...asked,
      access: subjectAccess(context),
      asker: { deadline, turns },
    });
  }

  @Query(() => GroupRecommendationConnection, {
    nullable: true,
    description:
      'What several people may watch together: never a movie that one of them has rated. Null where one of the users does not ' +
      'exist or keeps the ratings private, or a token does not hold. A page continues a list only as long as nothing it is made of has changed.',
  })
  recommendForGroup(
    @Arg('members', () => [RecommendForInput], {
      description: 'The members: users or tastes, 2 to 6 together with `tasteTokens`.',
    })
    members: RecommendForInput[],
    @Arg('strategy', () => GroupStrategy, {
      defaultValue: GroupStrategy.MEAN,
      description: "The way in which the members' scores become the group's.",
    })
    strategy: GroupStrategy,
    @Arg('tasteTokens', () => [String], {
      defaultValue: [],
      description: 'Tokens of more members, who have handed on a link (`createTasteLink`).',
    })
    tasteTokens: string[],
    @First(20) first: number,
    @After() after: string | null | undefined,
    @Filter() filter: MovieFilter | null,
    @Ctx() context: ApiContext,
  ): Promise<GroupRecommendationConnection | null> {
    const { deadline, turns } = context;
    const asked = { members, tokens: tasteTokens, strategy, first, after, filter };
    return recommendToLinked(this.recommending, context.scope, {
      ...asked,
      access: subjectAccess(context),
      asker: { deadline, turns },
    });
  }
}
