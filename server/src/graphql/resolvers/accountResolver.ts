import {
  AuthPayload,
  Movie,
  RateMovieInput,
  RateMoviePayload,
  SignInInput,
  SignUpInput,
  UnrateMovieInput,
  UnrateMoviePayload,
  User,
} from '@pocketrocket/schema';
import { Arg, Ctx, FieldResolver, Float, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../context.ts';
import type { ApiDeps } from '../deps.ts';
import { signIn, signUp } from '../../accounts/signIn.ts';
import { findViewer, requireViewer } from '../../accounts/viewer.ts';
import { rateMovie, unrateMovie } from '../../ratings/rateMovie.ts';

@Resolver(() => Movie)
export class AccountResolver {
  constructor(private readonly deps: ApiDeps) {}

  @Query(() => User, {
    nullable: true,
    description:
      'The signed-in user, by the `authorization` header; null without one. UNAUTHENTICATED when the sign-in has expired.',
  })
  async viewer(@Ctx() { scope, viewerId }: ApiContext): Promise<User | null> {
    return findViewer(scope, await viewerId());
  }

  @Mutation(() => AuthPayload, {
    description: 'Opens an account and signs it in. EMAIL_TAKEN if the email address already has one.',
  })
  signUp(
    @Arg('input', () => SignUpInput, { description: 'The new account.' }) input: SignUpInput,
    @Ctx() { scope, deadline }: ApiContext,
  ): Promise<AuthPayload> {
    return signUp(this.deps, scope, input, deadline);
  }

  @Mutation(() => AuthPayload, {
    description: 'Signs in. RATE_LIMITED after too many attempts.',
  })
  signIn(
    @Arg('input', () => SignInInput, { description: 'Email address and password.' }) input: SignInInput,
    @Ctx() { scope, address }: ApiContext,
  ): Promise<AuthPayload> {
    const { repositories, auth } = this.deps;
    return signIn({ accounts: repositories.accounts, auth }, scope, input, address);
  }

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
