import { Field, Int, ObjectType, type ClassType } from 'type-graphql';

@ObjectType({ description: 'Position of a page in its list.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'True if more entries follow this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'True if entries precede this page.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first edge; null on an empty page.' })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the last edge, for `after`; null on an empty page.',
  })
  endCursor!: string | null;
}

/** One place in a list. */
export interface Edge<T> {
  cursor: string;
  node: T;
}

/** One page of a list, as Relay's cursor connections specification shapes it. */
export interface Connection<T> {
  edges: Edge<T>[];
  nodes: T[];
  pageInfo: PageInfo;
}

/** A connection that also knows how long the whole list is. */
export interface CountedConnection<T> extends Connection<T> {
  totalCount: number;
}

/** The edge type of a node type. */
export function edgeType<T extends object>(
  name: string,
  node: () => ClassType<T>,
  ofWhat: string,
): ClassType<Edge<T>> {
  @ObjectType(`${name}Edge`, { description: `One place in a list of ${ofWhat}.` })
  class EdgeType implements Edge<T> {
    @Field(() => String, { description: 'Opaque position in the list, for `after`.' })
    cursor!: string;

    @Field(node, { description: 'The entry at this place.' })
    node!: T;
  }
  return EdgeType;
}

/** The counted connection type of a node type. */
export function connectionType<T extends object>(
  name: string,
  node: () => ClassType<T>,
  ofWhat: string,
): ClassType<CountedConnection<T>> {
  const EdgeType = edgeType(name, node, ofWhat);

  @ObjectType(`${name}Connection`, { description: `A page of ${ofWhat}.` })
  class ConnectionType implements CountedConnection<T> {
    @Field(() => [EdgeType], { description: 'The entries of the page, each with its cursor.' })
    edges!: Edge<T>[];

    @Field(() => [node()], { description: 'The entries of the page, without cursors.' })
    nodes!: T[];

    @Field(() => PageInfo, { description: 'Position of the page in the list.' })
    pageInfo!: PageInfo;

    @Field(() => Int, { description: 'Length of the whole list.' })
    totalCount!: number;
  }
  return ConnectionType;
}
