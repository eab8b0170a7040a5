import { Node } from '@pocketrocket/schema';
import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { ApiContext } from '../context.ts';
import { findNode } from '../nodes.ts';

@Resolver()
export class NodeResolver {
  @Query(() => Node, {
    nullable: true,
    description: 'The object with an id; null where there is none.',
  })
  node(
    @Arg('id', () => ID, { description: 'The `id` of an object of this API.' }) id: string,
    @Ctx() context: ApiContext,
  ): Promise<Node | null> {
    return findNode(context, id);
  }
}
