import { Movie } from '@pocketrocket/schema';
import { Ctx, FieldResolver, Float, Resolver, Root } from 'type-graphql';
import { findViewer } from '../../accounts/viewer.ts';
import { predictionsFor } from '../../lists/predictions.ts';
import type { RecommendingDeps } from '../../lists/recommendations.ts';
import type { ApiContext } from '../context.ts';

@Resolver(() => Movie)
export class PredictionResolver {
  constructor(private readonly recommending: RecommendingDeps) {}

  @FieldResolver(() => Float, {
    nullable: true,
    description:
      "Prediction for the viewer, 0 to 1, on the scale of the viewer's own list, for movies in it and any others: how probably this is the " +
      'movie that the viewer goes on to watch and rate, where it is this one or a candidate drawn by chance. It says which of two movies ' +
      'fits better, and is no share of movies that will be liked. Null unless signed in, without ratings that say what is liked, without a ' +
      'model, and for a movie that the model does not know.',
  })
  async viewerPrediction(
    @Root() { movieId }: Movie,
    @Ctx() { scope, viewerId, deadline, turns }: ApiContext,
  ): Promise<number | null> {
    const user = await findViewer(scope, await viewerId());
    return user && predictionsFor(this.recommending, scope, user, { deadline, turns }).load(movieId);
  }
}
