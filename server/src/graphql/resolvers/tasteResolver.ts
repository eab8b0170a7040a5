import { MovieFilter, RatingInput, RecommendationConnection } from '@pocketrocket/schema';
import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import type { ApiContext } from '../context.ts';
import { recommendToTaste, type RecommendingDeps } from '../../lists/recommendations.ts';
import { Diversity, First } from './listArguments.ts';

@Resolver()
export class TasteResolver {
  constructor(private readonly recommending: RecommendingDeps) {}

  @Query(() => RecommendationConnection, {
    nullable: true,
    description:
      'Recommendations for ratings given with the request: no account is needed and nothing is stored. The first page only: `hasNextPage` is false.',
  })
  recommendFor(
    @Arg('ratings', () => [RatingInput], {
      description: 'The ratings, oldest first, each movie once, at most 2,000. Without any, popular movies.',
    })
    ratings: RatingInput[],
    @First(20) first: number,
    @Arg('filter', () => MovieFilter, {
      nullable: true,
      description: 'Conditions on the recommended movies; all movies without it.',
    })
    filter: MovieFilter | null,
    @Diversity() diversity: number,
    @Ctx() { scope, deadline, turns }: ApiContext,
  ): Promise<RecommendationConnection> {
    return recommendToTaste(this.recommending, scope, { ratings, first, filter, diversity, deadline, turns });
  }
}
