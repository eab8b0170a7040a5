import { Field, Float, Int, ObjectType } from 'type-graphql';
import { connectionType, type CountedConnection } from './connections.ts';
import { Genre } from './genre.ts';
import { Node } from './node.ts';

@ObjectType({ implements: Node, description: 'A user who rates movies.' })
export class User extends Node {
  @Field(() => Int, { description: "The user's number in the data set." })
  userId!: number;

  @Field(() => String, { description: 'Display name; "User 176" for users of the data set.' })
  name!: string;

  @Field(() => Int, { description: 'Number of movies the user rated.' })
  ratingCount!: number;

  @Field(() => Float, { nullable: true, description: "Mean of the user's ratings; null without any." })
  averageRating!: number | null;

  @Field(() => Float, { nullable: true, description: 'The highest rating the user gave; null without any.' })
  highestRating!: number | null;

  @Field(() => Float, { nullable: true, description: 'The lowest rating the user gave; null without any.' })
  lowestRating!: number | null;
}

@ObjectType({ description: "A genre's share of a user's ratings." })
export class GenreShare {
  @Field(() => Genre, { description: 'The genre.' })
  genre!: Genre;

  @Field(() => Int, { description: "Number of the user's ratings of this genre." })
  ratingCount!: number;

  @Field(() => Float, { description: "Mean of the user's ratings of this genre." })
  averageRating!: number;
}

export const UserConnection = connectionType('User', () => User, 'users');
export type UserConnection = CountedConnection<User>;
