import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Genre } from './genre.ts';
import { Movie } from './movie.ts';

@ObjectType({ description: 'A movie that two users have rated.' })
export class RatingPair {
  @Field(() => Movie, { description: 'The movie.' })
  movie!: Movie;

  @Field(() => Float, { description: "The first user's rating, 0.5 to 5." })
  rating!: number;

  @Field(() => Float, { description: "The other user's rating, 0.5 to 5." })
  otherRating!: number;
}

@ObjectType({ description: 'A genre in the ratings of two users.' })
export class GenreComparison {
  @Field(() => Genre, { description: 'The genre.' })
  genre!: Genre;

  @Field(() => Int, { description: "Number of the first user's ratings of this genre." })
  ratingCount!: number;

  @Field(() => Int, { description: "Number of the other user's ratings of this genre." })
  otherRatingCount!: number;

  @Field(() => Float, { nullable: true, description: "Mean of the first user's; null without any." })
  averageRating!: number | null;

  @Field(() => Float, { nullable: true, description: "Mean of the other user's; null without any." })
  otherAverageRating!: number | null;
}

@ObjectType({ description: 'How alike the tastes of two users are, and on what they differ.' })
export class UserComparison {
  @Field(() => Float, {
    description:
      '−1 (opposite) to 1 (alike): how far both rate the same movies above or below their own means alike, drawn towards 0 ' +
      'where they share few movies (n shared ones count n / (n + 10)); 0 without any.',
  })
  similarity!: number;

  @Field(() => Int, { description: 'Number of movies that both have rated.' })
  commonCount!: number;

  @Field(() => [RatingPair], {
    description:
      'Shared movies whose ratings differ by half a star at most: those that both think most of, or least, first.',
  })
  agreements!: RatingPair[];

  @Field(() => [RatingPair], {
    description: 'Shared movies whose ratings differ by a star and more, the largest difference first.',
  })
  disagreements!: RatingPair[];

  @Field(() => [GenreComparison], { description: 'Genres that either has rated, the most rated first.' })
  genres!: GenreComparison[];
}
