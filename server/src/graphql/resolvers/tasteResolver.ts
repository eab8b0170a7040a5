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
      'Recommendations for a taste given with the request: no account is needed and nothing is stored. The best page only.',
  })
  recommendFor(
    @Arg('ratings', () => [RatingInput], {
      description: 'The taste, oldest rating first, each movie once. Without any, what is popular.',
    })
    ratings: RatingInput[],
    @First(20) first: number,
    @Arg('filter', () => MovieFilter, {
      nullable: true,
      description: 'Which movies may be proposed; all without it.',
    })
    filter: MovieFilter | null,
    @Diversity() diversity: number,
    @Ctx() { scope }: ApiContext,
  ): Promise<RecommendationConnection> {
    return recommendToTaste(this.recommending, scope, { ratings, first, filter, diversity });
  }
}
