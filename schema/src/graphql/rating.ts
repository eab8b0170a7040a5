import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Float, ObjectType } from 'type-graphql';
import { connectionType, type CountedConnection } from './connections.ts';
import { Movie } from './movie.ts';
import { User } from './user.ts';

@ObjectType({ description: "One user's rating of one movie." })
export class Rating {
  @Field(() => User, { description: 'The user who rated.' })
  user!: User;

  @Field(() => Movie, { description: 'The rated movie.' })
  movie!: Movie;

  @Field(() => Float, { description: '0.5 to 5 in half steps.' })
  rating!: number;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Time of the rating, where known.' })
  ratedAt!: Date | null;
}

export const RatingConnection = connectionType('Rating', () => Rating, 'ratings');
export type RatingConnection = CountedConnection<Rating>;
