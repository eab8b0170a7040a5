import { Field, Int, ObjectType } from 'type-graphql';
import { Node } from './node.ts';

@ObjectType({ implements: Node, description: 'A genre; a movie may have several.' })
export class Genre extends Node {
  /** Number of the genre in the database. */
  genreId!: number;

  @Field(() => String, { description: 'Name, such as "Film-Noir".' })
  name!: string;

  @Field(() => Int, { description: 'Number of movies of this genre.' })
  movieCount!: number;
}
