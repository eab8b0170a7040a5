import { Field, Float, InputType, Int } from 'type-graphql';

@InputType({ description: 'Narrows a list of movies; every condition given must hold.' })
export class MovieFilter {
  @Field(() => [String], { nullable: true, description: 'Has any of these genres.' })
  genres?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Has none of these genres.' })
  excludeGenres?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True for movies of which no genre is known; none of `genres` can be asked for then.',
  })
  withoutGenres?: boolean | null;

  @Field(() => Int, { nullable: true, description: 'Released in this year or later.' })
  yearFrom?: number | null;

  @Field(() => Int, { nullable: true, description: 'Released in this year or earlier.' })
  yearTo?: number | null;

  @Field(() => Int, { nullable: true, description: 'Number of ratings at least this.' })
  minRatingCount?: number | null;

  @Field(() => Int, { nullable: true, description: 'Number of ratings at most this, 0 or more.' })
  maxRatingCount?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Mean rating (`Movie.averageRating`) at least this, 0.5 to 5. Unrated movies never pass.',
  })
  minAverageRating?: number | null;

  @Field(() => [Int], { nullable: true, description: 'Is none of these movies.' })
  excludeMovieIds?: number[] | null;
}

@InputType({ description: 'A rating given with the request.' })
export class RatingInput {
  @Field(() => Int, { description: "The movie's number." })
  movieId!: number;

  @Field(() => Float, { description: '0.5 to 5 in half steps.' })
  rating!: number;
}

@InputType({ description: "Narrows a list of somebody's ratings; every condition given must hold." })
export class RatingFilter {
  @Field(() => String, {
    nullable: true,
    description:
      "Stands in the movie's title, compared without case, accents and punctuation; 1 to 200 characters.",
  })
  text?: string | null;

  @Field(() => [String], { nullable: true, description: 'The movie has any of these genres.' })
  genres?: string[] | null;

  @Field(() => Int, { nullable: true, description: 'The movie was released in this year or later.' })
  yearFrom?: number | null;

  @Field(() => Int, { nullable: true, description: 'The movie was released in this year or earlier.' })
  yearTo?: number | null;

  @Field(() => Float, { nullable: true, description: 'The rating is at least this, 0.5 to 5 in half steps.' })
  minRating?: number | null;

  @Field(() => Float, { nullable: true, description: 'The rating is at most this, 0.5 to 5 in half steps.' })
  maxRating?: number | null;
}

@InputType({ description: 'Somebody to recommend to: exactly one of a user and a taste.' })
export class RecommendForInput {
  @Field(() => Int, { nullable: true, description: "The user's number." })
  userId?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The id of a user of the app whose key the request carries, as the app's own; the key needs RECOMMEND.",
  })
  userExternalId?: string | null;

  @Field(() => [RatingInput], {
    nullable: true,
    description: 'Ratings, oldest first, each movie once, at most 2,000; nothing is stored.',
  })
  ratings?: RatingInput[] | null;
}
