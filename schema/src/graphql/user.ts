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

  @Field(() => Boolean, {
    description:
      'True if everybody may read the ratings and what follows from them, as of users of the data set; false if only the user may.',
  })
  sharesRatings!: boolean;

  @Field(() => Int, { description: 'Number of movies the user rated; 0 where they are private.' })
  ratingCount!: number;

  @Field(() => Float, {
    nullable: true,
    description: "Mean of the user's ratings; null without any, and where they are private.",
  })
  averageRating!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The highest rating the user gave; null without any, and where they are private.',
  })
  highestRating!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'The lowest rating the user gave; null without any, and where they are private.',
  })
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
