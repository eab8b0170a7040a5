import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Movie } from './movie.ts';

export enum WatchKind {
  STREAM = 'STREAM',
  FREE = 'FREE',
  ADS = 'ADS',
  RENT = 'RENT',
  BUY = 'BUY',
}

registerEnumType(WatchKind, {
  name: 'WatchKind',
  description: 'A way to watch a movie.',
  valuesConfig: {
    STREAM: { description: 'By a subscription.' },
    FREE: { description: 'For nothing.' },
    ADS: { description: 'For nothing, with advertisements.' },
    RENT: { description: 'Rented.' },
    BUY: { description: 'Bought.' },
  },
});

@ObjectType({ description: 'Someone who made a movie or plays in one, as TMDB (themoviedb.org) tells.' })
export class Person {
  @Field(() => Int, { description: "The person's number at TMDB." })
  personId!: number;

  @Field(() => String, { description: 'Name as it is billed.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'URL of a photo at TMDB, where there is one.' })
  photoUrl!: string | null;

  @Field(() => String, { description: "The person's page at TMDB." })
  tmdbUrl!: string;
}

@ObjectType({ description: 'Someone who plays in a movie.' })
export class CastMember {
  @Field(() => Person, { description: 'Who plays.' })
  person!: Person;

  @Field(() => String, { nullable: true, description: 'Who is played, where known.' })
  character!: string | null;
}

@ObjectType({ description: 'A movie in which a person took part.' })
export class PersonMovie {
  @Field(() => Movie, { description: 'The movie.' })
  movie!: Movie;

  @Field(() => [String], { description: 'Characters played, and jobs such as `Director`; may be empty.' })
  roles!: string[];
}

@ObjectType({ description: 'A service on which a movie can be watched.' })
export class WatchOffer {
  @Field(() => WatchKind, { description: 'The way to watch it.' })
  kind!: WatchKind;

  @Field(() => String, { description: 'Name of the service.' })
  service!: string;

  @Field(() => String, { nullable: true, description: "URL of the service's logo at TMDB." })
  logoUrl!: string | null;
}

@ObjectType({
  description:
    'What TMDB (themoviedb.org) tells of a movie. Whoever shows it must say that it comes from TMDB, and offers from JustWatch.',
})
export class MovieDetails {
  @Field(() => Int, { description: "The movie's number at TMDB." })
  tmdbId!: number;

  @Field(() => String, { nullable: true, description: 'What the movie is about.' })
  overview!: string | null;

  @Field(() => String, { nullable: true, description: "The movie's slogan." })
  tagline!: string | null;

  @Field(() => Int, { nullable: true, description: 'Length in minutes.' })
  runtimeMinutes!: number | null;

  @Field(() => String, { nullable: true, description: 'URL of a wide still, 1280 pixels.' })
  backdropUrl!: string | null;

  @Field(() => String, { nullable: true, description: "YouTube's id of the trailer." })
  trailerYoutubeId!: string | null;

  @Field(() => [Person], { description: 'Who directed it; may be empty.' })
  directors!: Person[];

  @Field(() => [String], {
    description: 'Countries (ISO 3166) for which it is known where the movie can be watched, sorted.',
  })
  watchCountries!: string[];
}
