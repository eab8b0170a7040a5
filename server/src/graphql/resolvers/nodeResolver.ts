import { Node } from '@pocketrocket/schema';
import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { ApiContext } from '../context.ts';
import { findNode } from '../nodes.ts';

@Resolver()
export class NodeResolver {
  @Query(() => Node, {
    nullable: true,
    description: 'Anything that has an id, by this id; null where nothing has it.',
  })
  node(
    @Arg('id', () => ID, { description: 'An id as some object of this API gave it.' }) id: string,
    @Ctx() { scope }: ApiContext,
  ): Promise<Node | null> {
    return findNode(scope, id);
  }
}
