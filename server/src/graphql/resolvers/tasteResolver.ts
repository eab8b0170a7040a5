import { MovieFilter, RatingInput, RecommendationConnection } from '@pocketrocket/schema';
import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { clientOf, type ApiContext } from '../context.ts';
import { recommendToTaste, type RecommendingDeps } from '../../lists/recommendations.ts';
import { After, Diversity, First } from './listArguments.ts';

@Resolver()
export class TasteResolver {
  constructor(private readonly recommending: RecommendingDeps) {}

  @Query(() => RecommendationConnection, {
    nullable: true,
    description:
      'Recommendations for ratings given with the request: no account is needed and nothing is stored. Ratings of movies that do ' +
      'not exist are left out and named in `skippedMovieIds`. Pages continue the list that the first one began: ask for them with ' +
      'the same ratings, filter and diversity.',
  })
  async recommendFor(
    @Arg('ratings', () => [RatingInput], {
      description: 'The ratings, oldest first, each movie once, at most 2,000. Without any, popular movies.',
    })
    ratings: RatingInput[],
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
    const asked = { ratings, first, after, filter, diversity, asker };
    return recommendToTaste(this.recommending, context.scope, asked);
  }
}
