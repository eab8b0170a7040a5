import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { Movie } from './movie.ts';

@InputType({ description: 'A movie as an app describes it; all of it replaces what was there.' })
export class MovieInput {
  @Field(() => String, {
    description: "The app's own id of the movie, up to 200 characters; the same one again is the same movie.",
  })
  externalId!: string;

  @Field(() => String, {
    description:
      'Title, up to 300 characters. A year in parentheses behind it is read where `releaseYear` is absent.',
  })
  title!: string;

  @Field(() => Int, { nullable: true, description: 'Year of release, 1800 to 2199.' })
  releaseYear?: number | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Genres by name, at most 20 of up to 60 characters; new ones are made.',
  })
  genres?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Other titles, at most 20, by which searches find the movie too.',
  })
  alternativeTitles?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Address of a poster image, `https://…` or `http://…`.',
  })
  posterUrl?: string | null;

  @Field(() => String, { nullable: true, description: 'What the movie is about, up to 5,000 characters.' })
  overview?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Id at IMDb, such as `tt0114709`. A movie that has it already gets `externalId` as another name.',
  })
  imdbId?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Id at TMDB. A movie that has it already gets `externalId` as another name.',
  })
  tmdbId?: number | null;
}

@ObjectType({ description: 'The outcome of `upsertMovies`.' })
export class UpsertMoviesPayload {
  @Field(() => Int, { description: 'Number of ids that were new.' })
  createdCount!: number;

  @Field(() => Int, { description: 'Number of ids that were known, those of deleted movies included.' })
  updatedCount!: number;

  @Field(() => [Movie], { description: 'The movies, in the order given.' })
  movies!: Movie[];
}

@ObjectType({ description: 'The outcome of `deleteMovies`.' })
export class DeleteMoviesPayload {
  @Field(() => Int, { description: 'Number of ids whose movies were deleted.' })
  deletedCount!: number;

  @Field(() => [String], { description: "Ids that are none of the app's movies, or were deleted before." })
  unknownExternalIds!: string[];
}
