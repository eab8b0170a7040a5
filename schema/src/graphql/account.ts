import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Float, InputType, Int, ObjectType } from 'type-graphql';
import { Movie } from './movie.ts';
import { Rating } from './rating.ts';
import { User } from './user.ts';

@InputType({ description: 'A new account.' })
export class SignUpInput {
  @Field(() => String, { description: 'Name that everybody sees, up to 100 characters.' })
  name!: string;

  @Field(() => String, { description: 'Email address to sign in with; in any case, and never shown.' })
  email!: string;

  @Field(() => String, { description: 'Password of 8 to 128 characters.' })
  password!: string;
}

@InputType({ description: 'Who signs in.' })
export class SignInInput {
  @Field(() => String, { description: 'Email address of the account, in any case.' })
  email!: string;

  @Field(() => String, { description: 'Password of the account.' })
  password!: string;
}

@InputType({ description: "The viewer's rating of a movie." })
export class RateMovieInput {
  @Field(() => Int, { description: "The movie's number." })
  movieId!: number;

  @Field(() => Float, { description: '0.5 to 5 in half steps.' })
  rating!: number;
}

@InputType({ description: 'The movie whose rating is taken back.' })
export class UnrateMovieInput {
  @Field(() => Int, { description: "The movie's number." })
  movieId!: number;
}

@ObjectType({ description: 'A sign-in that succeeded.' })
export class AuthPayload {
  @Field(() => String, { description: 'To be sent as `authorization: Bearer <token>` with later requests.' })
  token!: string;

  @Field(() => GraphQLDateTime, { description: 'From when on the token is refused.' })
  expiresAt!: Date;

  @Field(() => User, { description: 'Who signed in.' })
  user!: User;
}

@ObjectType({ description: 'A rating that was stored.' })
export class RateMoviePayload {
  @Field(() => Rating, { description: 'The rating.' })
  rating!: Rating;

  @Field(() => Movie, { description: 'The movie, the rating counted in.' })
  movie!: Movie;

  @Field(() => User, { description: 'The viewer, the rating counted in.' })
  user!: User;
}

@ObjectType({ description: 'A rating that was taken back.' })
export class UnrateMoviePayload {
  @Field(() => Movie, { description: 'The movie, without the rating.' })
  movie!: Movie;

  @Field(() => User, { description: 'The viewer, without the rating.' })
  user!: User;
}
