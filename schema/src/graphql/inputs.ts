import { Field, Float, InputType, Int } from 'type-graphql';

@InputType({ description: 'Narrows a list of movies; every condition given must hold.' })
export class MovieFilter {
  @Field(() => [String], { nullable: true, description: 'Has any of these genres.' })
  genres?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Has none of these genres.' })
  excludeGenres?: string[] | null;

  @Field(() => Int, { nullable: true, description: 'Released in this year or later.' })
  yearFrom?: number | null;

  @Field(() => Int, { nullable: true, description: 'Released in this year or earlier.' })
  yearTo?: number | null;

  @Field(() => Int, { nullable: true, description: 'Number of ratings at least this.' })
  minRatingCount?: number | null;

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
