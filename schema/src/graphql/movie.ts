import { Field, Float, Int, ObjectType } from 'type-graphql';
import { connectionType, type CountedConnection } from './connections.ts';
import { Node } from './node.ts';

@ObjectType({ implements: Node, description: 'A film.' })
export class Movie extends Node {
  @Field(() => Int, { description: "The movie's number in the data set." })
  movieId!: number;

  @Field(() => String, {
    description: 'Title as people write it, such as "The Usual Suspects", without the year.',
  })
  title!: string;

  @Field(() => Int, { nullable: true, description: 'Year of release, where known.' })
  releaseYear!: number | null;

  @Field(() => Float, { nullable: true, description: 'Mean of all ratings, 0.5 to 5; null when unrated.' })
  averageRating!: number | null;

  @Field(() => Float, {
    description:
      'Mean rating damped towards the mean of the data set where there are few ratings; orders lists.',
  })
  weightedRating!: number;

  @Field(() => Int, { description: 'Number of users who rated the movie.' })
  ratingCount!: number;

  @Field(() => [RatingBucket], { description: 'Histogram of the ratings: ten buckets, 0.5 to 5.' })
  ratingHistogram!: RatingBucket[];

  @Field(() => String, { nullable: true, description: "The movie's page at IMDb, where known." })
  imdbUrl!: string | null;

  @Field(() => String, { nullable: true, description: "The movie's page at TMDB, where known." })
  tmdbUrl!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'URL of a poster image; null where clients draw their own.',
  })
  posterUrl!: string | null;
}

@ObjectType({ description: 'A bucket of the rating histogram.' })
export class RatingBucket {
  @Field(() => Float, { description: 'The rating, 0.5 to 5 in half steps.' })
  rating!: number;

  @Field(() => Int, { description: 'Number of ratings with this value.' })
  count!: number;
}

@ObjectType({ description: 'A word or two by which users have tagged a movie.' })
export class MovieTag {
  @Field(() => String, { description: 'The tag, in lower case.' })
  tag!: string;

  @Field(() => Int, { description: 'Number of times that it was given to the movie.' })
  count!: number;
}

@ObjectType({ description: 'A movie that resembles another.' })
export class SimilarMovie {
  @Field(() => Movie, { description: 'The similar movie.' })
  movie!: Movie;

  @Field(() => Float, { description: 'Similarity: higher is closer; comparable within one list.' })
  similarity!: number;
}

export const MovieConnection = connectionType('Movie', () => Movie, 'movies');
export type MovieConnection = CountedConnection<Movie>;
