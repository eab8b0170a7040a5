import { CreateTasteLinkPayload, OwnTasteLink, RatingInput, TasteLink } from '@pocketrocket/schema';
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { requireViewer } from '../../accounts/viewer.ts';
import { createTasteLink, listOwnLinks, lookUpLinks, revokeTasteLink } from '../../groups/tasteLinks.ts';
import type { ApiContext } from '../context.ts';
import type { ApiDeps } from '../deps.ts';

@Resolver()
export class TasteLinkResolver {
  constructor(private readonly deps: Pick<ApiDeps, 'database' | 'catalogue' | 'auth'>) {}

  @Query(() => [TasteLink], {
    nullable: 'itemsAndList',
    description:
      'Whose tastes tokens lead to, in the order asked; null for one that was taken back, has expired, or never was.',
  })
  async tasteLinks(
    @Arg('tokens', () => [String], { description: 'The tokens, at most 6.' }) tokens: string[],
    @Ctx() { scope, viewerId }: ApiContext,
  ): Promise<(TasteLink | null)[]> {
    return lookUpLinks(this.deps.database, scope, await viewerId(), tokens);
  }

  @Query(() => [OwnTasteLink], {
    nullable: true,
    description: "The viewer's links that hold, latest first, at most 10. UNAUTHENTICATED unless signed in.",
  })
  async myTasteLinks(@Ctx() { viewerId }: ApiContext): Promise<OwnTasteLink[]> {
    return listOwnLinks(this.deps.database, requireViewer(await viewerId()));
  }

  @Mutation(() => CreateTasteLinkPayload, {
    description:
      "Makes a link by which others put the viewer's taste into a group: to the account's ratings as they are then, for seven days; " +
      'without a sign-in to the ratings given, for a day. BAD_USER_INPUT where the account has ten; RATE_LIMITED for too many.',
  })
  async createTasteLink(
    @Arg('ratings', () => [RatingInput], {
      nullable: true,
      description: 'Without a sign-in: the ratings, oldest first, at most 500. Signed in: left out.',
    })
    ratings: RatingInput[] | null | undefined,
    @Arg('name', () => String, {
      nullable: true,
      description: 'Without a sign-in: what the others call the visitor, 1 to 100 characters.',
    })
    name: string | null | undefined,
    @Ctx() { scope, viewerId, address, deadline }: ApiContext,
  ): Promise<CreateTasteLinkPayload> {
    const { database, auth, catalogue } = this.deps;
    const deps = { database, limits: auth.limits, catalogue: catalogue.current() };
    const caller = { viewerId: await viewerId(), address, deadline };
    return createTasteLink(deps, scope, caller, { ratings, name });
  }

  @Mutation(() => Boolean, {
    description:
      'Takes a link back: no group reads the taste by it any more. False where there is none, or it is of another account.',
  })
  async revokeTasteLink(
    @Arg('linkId', () => String, { description: 'Id of the link, which its maker alone knows.' })
    linkId: string,
    @Ctx() { viewerId, deadline }: ApiContext,
  ): Promise<boolean> {
    return revokeTasteLink(this.deps.database, { viewerId: await viewerId(), deadline }, linkId);
  }
}
