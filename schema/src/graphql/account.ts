import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Float, InputType, Int, ObjectType } from 'type-graphql';
import { Movie } from './movie.ts';
import { Rating } from './rating.ts';
import { User } from './user.ts';

@InputType({ description: 'A new account.' })
export class SignUpInput {
  @Field(() => String, { description: 'Display name, visible to everyone, up to 100 characters.' })
  name!: string;

  @Field(() => String, { description: 'Email address to sign in with; case-insensitive, never shown.' })
  email!: string;

  @Field(() => String, { description: 'Password of 8 to 128 characters, none of the common ones.' })
  password!: string;
}

@InputType({ description: 'Email address and password.' })
export class SignInInput {
  @Field(() => String, { description: 'Email address of the account, case-insensitive.' })
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

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description:
      'Time at which the viewer rated, where it is sent later, as by a device that was offline: a rating from after that stays. Now without it, and where it lies ahead.',
  })
  ratedAt?: Date | null;
}

@InputType({ description: 'The movie whose rating is removed.' })
export class UnrateMovieInput {
  @Field(() => Int, { description: "The movie's number." })
  movieId!: number;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description:
      'Time at which the viewer took the rating back, where it is sent later, as by a device that was offline: a rating from after that stays. Now without it, and where it lies ahead.',
  })
  ratedAt?: Date | null;
}

@ObjectType({ description: 'A successful sign-in.' })
export class AuthPayload {
  @Field(() => String, {
    description:
      'Access token. Send it as `authorization: Bearer <token>` with later requests; it is valid for 15 minutes.',
  })
  token!: string;

  @Field(() => GraphQLDateTime, { description: 'Time at which the token expires.' })
  expiresAt!: Date;

  @Field(() => String, {
    nullable: true,
    description:
      'Continues the session for 30 days: `refreshSession` exchanges it, once, for the next. Null where a cookie carries it, as for a page of the same origin.',
  })
  refreshToken!: string | null;

  @Field(() => User, { description: 'The signed-in user.' })
  user!: User;
}

@ObjectType({ description: 'A stored rating.' })
export class RateMoviePayload {
  @Field(() => Rating, { description: 'The rating.' })
  rating!: Rating;

  @Field(() => Movie, { description: 'The movie, with the rating counted.' })
  movie!: Movie;

  @Field(() => User, { description: 'The viewer, with the rating counted.' })
  user!: User;
}

@ObjectType({ description: 'A removed rating.' })
export class UnrateMoviePayload {
  @Field(() => Movie, { description: 'The movie, without the rating.' })
  movie!: Movie;

  @Field(() => User, { description: 'The viewer, without the rating.' })
  user!: User;
}
