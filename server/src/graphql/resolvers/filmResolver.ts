import {
  CastMember,
  Movie,
  MovieConnection,
  MovieDetails,
  Person,
  PersonMovie,
  WatchOffer,
} from '@pocketrocket/schema';
import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { checkFirst, refuse } from '../../arguments/checks.ts';
import { moviesByTag } from '../../movies/moviesByTag.ts';
import type { AnsweredDetails } from '../../tmdb/filmSource.ts';
import { moviesOfPerson, searchPeople, type PeopleDeps } from '../../tmdb/people.ts';
import type { ApiContext } from '../context.ts';
import type { ApiDeps } from '../deps.ts';
import { After, First } from './listArguments.ts';

const WITH_KEY = 'null where the server has no key of TMDB (`TMDB_API_KEY`).';

const COUNTRY = /^[A-Z]{2}$/;

/** Answers with what TMDB tells of movies, and tags. */
@Resolver(() => Movie)
export class FilmResolver {
  constructor(private readonly deps: Pick<ApiDeps, 'films' | 'catalogue' | 'repositories'>) {}

  @Query(() => MovieConnection, {
    nullable: true,
    description:
      'The movies that users have given a tag, those given it most often first; empty for a tag that nobody gave.',
  })
  moviesByTag(
    @Arg('tag', () => String, { description: 'The tag, as `Movie.tags` has it; capitals do not matter.' })
    tag: string,
    @First(20) first: number,
    @After() after: string | null | undefined,
    @Ctx() { scope }: ApiContext,
  ): Promise<MovieConnection> {
    return moviesByTag(this.deps.repositories.movies, scope, { tag, first, after });
  }

  @FieldResolver(() => Boolean, {
    description:
      'True where `details` may be asked for: the server has a key of TMDB, and the data set links the movie.',
  })
  async hasDetails(@Root() { movieId }: Movie, @Ctx() { scope }: ApiContext): Promise<boolean> {
    if (!this.deps.films) return false;
    const { tmdbId, imdbId } = await scope.linksOfMovie.load(movieId);
    return tmdbId !== null || imdbId !== null;
  }

  @FieldResolver(() => MovieDetails, {
    nullable: true,
    description: `What TMDB tells of the movie; null where it does not know it, and ${WITH_KEY} UPSTREAM_UNAVAILABLE while TMDB does not answer.`,
  })
  async details(@Root() { movieId }: Movie, @Ctx() { scope }: ApiContext): Promise<MovieDetails | null> {
    if (!this.deps.films) return null;
    const ids = await scope.linksOfMovie.load(movieId);
    return this.deps.films.details(ids);
  }
}

@Resolver(() => MovieDetails)
export class MovieDetailsResolver {
  constructor(private readonly deps: Pick<ApiDeps, 'films'>) {}

  @FieldResolver(() => [CastMember], { description: 'Who plays in it, the leading parts first; at most 24.' })
  cast(@Root() details: AnsweredDetails, @First(12) first: number): CastMember[] {
    checkFirst(first);
    return this.deps.films?.castOf(details, first) ?? [];
  }

  @FieldResolver(() => [WatchOffer], {
    nullable: true,
    description:
      'Where it can be watched in a country, as JustWatch knows; null for a country of which nothing is known.',
  })
  whereToWatch(
    @Root() details: AnsweredDetails,
    @Arg('country', () => String, { description: 'The country by its two letters (ISO 3166), such as DE.' })
    country: string,
  ): WatchOffer[] | null {
    if (!COUNTRY.test(country))
      refuse(`country is written in two capital letters, such as DE; it is “${country.slice(0, 20)}”`);
    return this.deps.films?.offersIn(details, country) ?? null;
  }
}

@Resolver(() => Person)
export class PersonResolver {
  constructor(private readonly deps: Pick<ApiDeps, 'films' | 'catalogue'>) {}

  @Query(() => Person, {
    nullable: true,
    description: `Someone by the number at TMDB; null for nobody's, and ${WITH_KEY}`,
  })
  async person(
    @Arg('personId', () => Int, { description: "The person's number at TMDB." }) personId: number,
  ): Promise<Person | null> {
    if (personId < 1) return null;
    return (await this.deps.films?.person(personId))?.person ?? null;
  }

  @Query(() => [Person], {
    nullable: true,
    description: `People by name who took part in a movie of this catalogue, the best known first; ${WITH_KEY} Every person at TMDB can be found.`,
  })
  searchPeople(
    @Arg('query', () => String, { description: 'The name or its beginning, up to 100 characters.' })
    query: string,
    @First(5) first: number,
    @Ctx() { turns }: ApiContext,
  ): Promise<Person[] | null> {
    return searchPeople(this.#people(), turns, { query, first });
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'What the person is known for, as TMDB calls it, such as `Acting`.',
  })
  async knownFor(@Root() { personId }: Person): Promise<string | null> {
    return (await this.deps.films?.person(personId))?.knownFor ?? null;
  }

  @FieldResolver(() => String, { nullable: true, description: "The person's life in a few sentences." })
  async biography(@Root() { personId }: Person): Promise<string | null> {
    return (await this.deps.films?.person(personId))?.biography ?? null;
  }

  @FieldResolver(() => [PersonMovie], {
    nullable: true,
    description: 'The movies of this catalogue in which the person took part, the best rated first.',
  })
  movies(
    @Root() { personId }: Person,
    @First(20) first: number,
    @Ctx() { scope, turns }: ApiContext,
  ): Promise<PersonMovie[]> {
    return moviesOfPerson(this.#people(), scope, turns, { personId, first });
  }

  #people(): PeopleDeps {
    return { catalogue: this.deps.catalogue, films: this.deps.films ?? null };
  }
}
