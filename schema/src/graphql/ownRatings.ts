import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Float, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Movie } from './movie.ts';
import { User } from './user.ts';

export enum MatchedBy {
  IMDB_ID = 'IMDB_ID',
  TMDB_ID = 'TMDB_ID',
  TITLE = 'TITLE',
}

export enum ImportOutcome {
  STORED = 'STORED',
  UNCHANGED = 'UNCHANGED',
  KEPT = 'KEPT',
  UNKNOWN_MOVIE = 'UNKNOWN_MOVIE',
}

registerEnumType(MatchedBy, {
  name: 'MatchedBy',
  description: 'The part of a row by which its movie was found.',
  valuesConfig: {
    IMDB_ID: { description: 'The IMDb id.' },
    TMDB_ID: { description: 'The TMDB id.' },
    TITLE: { description: 'Title and year.' },
  },
});

registerEnumType(ImportOutcome, {
  name: 'ImportOutcome',
  description: 'The outcome of an imported rating.',
  valuesConfig: {
    STORED: { description: 'Stored, in place of an earlier one where there was one.' },
    UNCHANGED: { description: 'The account has the same rating already.' },
    KEPT: { description: "Not stored: the account's own rating is later." },
    UNKNOWN_MOVIE: { description: 'Not stored: there is no movie of this number.' },
  },
});

@InputType({ description: 'A film as an export names it; the more is known, the surer the match.' })
export class MovieRowInput {
  @Field(() => String, { nullable: true, description: 'Title in any spelling, without the year.' })
  title?: string | null;

  @Field(() => Int, { nullable: true, description: 'Year of release.' })
  year?: number | null;

  @Field(() => String, { nullable: true, description: 'IMDb id, such as `tt0114709`.' })
  imdbId?: string | null;

  @Field(() => Int, { nullable: true, description: 'TMDB id.' })
  tmdbId?: number | null;
}

@ObjectType({ description: 'A movie that a row may mean.' })
export class MovieCandidate {
  @Field(() => Movie, { description: 'The movie.' })
  movie!: Movie;

  @Field(() => Float, { description: 'Agreement of title and year, 0 to 1.' })
  score!: number;
}

@ObjectType({ description: 'The movie that a row means, or those that it may mean.' })
export class MovieMatch {
  @Field(() => Movie, { nullable: true, description: 'The movie; null where none is sure.' })
  movie!: Movie | null;

  @Field(() => MatchedBy, {
    nullable: true,
    description: 'The part of the row by which it was found; null without a movie.',
  })
  matchedBy!: MatchedBy | null;

  @Field(() => Float, {
    description:
      '1 for an id; agreement of title and year, 0 to 1, of the movie or else of the best candidate.',
  })
  score!: number;

  @Field(() => [MovieCandidate], {
    description: 'Movies to choose from where none is sure, best first, at most five.',
  })
  candidates!: MovieCandidate[];
}

@InputType({ description: 'A rating from elsewhere, of a movie here.' })
export class ImportedRatingInput {
  @Field(() => Int, { description: "The movie's number." })
  movieId!: number;

  @Field(() => Float, { description: '0.5 to 5 in half steps.' })
  rating!: number;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Time of the rating, where known.' })
  ratedAt?: Date | null;
}

@ObjectType({ description: 'An imported rating and its outcome.' })
export class ImportedRating {
  @Field(() => Int, { description: "The movie's number." })
  movieId!: number;

  @Field(() => Float, { description: '0.5 to 5 in half steps.' })
  rating!: number;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Time of the rating, where known.' })
  ratedAt!: Date | null;

  @Field(() => ImportOutcome, { description: 'The outcome.' })
  outcome!: ImportOutcome;
}

@ObjectType({ description: 'A stored batch of an import.' })
export class ImportMyRatingsPayload {
  @Field(() => String, { description: 'The name of the import.' })
  importId!: string;

  @Field(() => [ImportedRating], { description: 'The rows of the batch, in their order.' })
  rows!: ImportedRating[];

  @Field(() => Int, { description: 'Number of rows of the batch that were stored.' })
  storedCount!: number;

  @Field(() => User, { description: 'The viewer, with the ratings counted.' })
  user!: User;
}

@ObjectType({ description: 'An import that was taken back.' })
export class UndoMyImportPayload {
  @Field(() => String, { description: 'The name of the import.' })
  importId!: string;

  @Field(() => Int, {
    description: 'Number of ratings that were taken back, or replaced by the ones before.',
  })
  restoredCount!: number;

  @Field(() => Int, {
    description:
      'Number of ratings that stay, as the viewer has changed them since or a later import brought them too.',
  })
  keptCount!: number;

  @Field(() => User, { description: 'The viewer, without the imported ratings.' })
  user!: User;
}

@ObjectType({ description: 'An import of ratings into the account.' })
export class RatingImport {
  @Field(() => String, { description: 'Its name.' })
  importId!: string;

  @Field(() => GraphQLDateTime, { description: 'Time of its first batch.' })
  startedAt!: Date;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'Time at which it was undone; null while it stands.',
  })
  undoneAt!: Date | null;

  @Field(() => Int, { description: 'Number of ratings that it brought; 0 once it is undone.' })
  ratingCount!: number;
}
