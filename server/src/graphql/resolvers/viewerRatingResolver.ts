import {
  Movie,
  RateMovieInput,
  RateMoviePayload,
  UnrateMovieInput,
  UnrateMoviePayload,
} from '@pocketrocket/schema';
import { Arg, Ctx, FieldResolver, Float, Mutation, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../context.ts';
import type { ApiDeps } from '../deps.ts';
import { requireViewer } from '../../accounts/viewer.ts';
import { rateMovie, unrateMovie } from '../../ratings/rateMovie.ts';

@Resolver(() => Movie)
export class ViewerRatingResolver {
  constructor(private readonly deps: ApiDeps) {}

  @Mutation(() => RateMoviePayload, {
    description:
      "Stores the viewer's rating of a movie replacing an earlier one; idempotent. " +
      'The next list of recommendations takes it into account. UNAUTHENTICATED unless signed in.',
  })
  async rateMovie(
    @Arg('input', () => RateMovieInput, { description: 'Movie and rating.' }) input: RateMovieInput,
    @Ctx() { scope, viewerId, deadline }: ApiContext,
  ): Promise<RateMoviePayload> {
    return rateMovie(this.deps, scope, { ...input, userId: requireViewer(await viewerId()) }, deadline);
  }

  @Mutation(() => UnrateMoviePayload, {
    description: "Removes the viewer's rating of a movie; idempotent. UNAUTHENTICATED unless signed in.",
  })
  async unrateMovie(
    @Arg('input', () => UnrateMovieInput, { description: 'The movie.' }) input: UnrateMovieInput,
    @Ctx() { scope, viewerId, deadline }: ApiContext,
  ): Promise<UnrateMoviePayload> {
    return unrateMovie(this.deps, scope, { ...input, userId: requireViewer(await viewerId()) }, deadline);
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description: "The viewer's own rating, 0.5 to 5; null without one, and unless signed in.",
  })
  async viewerRating(
    @Root() { movieId }: Movie,
    @Ctx() { scope, viewerId }: ApiContext,
  ): Promise<number | null> {
    const userId = await viewerId();
    return userId === null ? null : scope.ratingsBy(userId).load(movieId);
  }
}
