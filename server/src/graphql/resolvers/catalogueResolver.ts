import { DeleteMoviesPayload, Movie, MovieInput, UpsertMoviesPayload } from '@pocketrocket/schema';
import { Arg, Ctx, Int, Mutation, Query, Resolver } from 'type-graphql';
import { requireScope } from '../../apps/appAccess.ts';
import { deleteMovies, upsertMovies } from '../../movies/changeCatalogue.ts';
import { moviesByIds } from '../../movies/moviesByIds.ts';
import type { ApiContext } from '../context.ts';
import type { ApiDeps } from '../deps.ts';

@Resolver()
export class CatalogueResolver {
  constructor(private readonly deps: Pick<ApiDeps, 'database' | 'catalogue' | 'changes'>) {}

  @Query(() => [Movie], {
    nullable: 'items',
    description:
      'Movies by their ids, in the order asked; null for what is none. By exactly one of the arguments, at most 500 ids.',
  })
  async moviesByIds(
    @Arg('movieIds', () => [Int], { nullable: true, description: "The movies' numbers." })
    movieIds: number[] | null | undefined,
    @Arg('externalIds', () => [String], {
      nullable: true,
      description:
        "The movies' ids: as the app that asks gave them, else as the data set's files write them.",
    })
    externalIds: string[] | null | undefined,
    @Ctx() { scope, app }: ApiContext,
  ): Promise<(Movie | null)[]> {
    // A key matters to what is asked for by an id of its app alone.
    return moviesByIds(scope, externalIds ? await app() : null, { movieIds, externalIds });
  }

  @Mutation(() => UpsertMoviesPayload, {
    description:
      "Writes the app's movies beside the data set, for everybody to see; deleted ones come back with their ratings. An id at " +
      'IMDb or TMDB that a movie has already makes a new `externalId` another name of that one, and changes nothing else of it. ' +
      'Idempotent. UNAUTHENTICATED or FORBIDDEN without a key with the scope write:catalogue; CONFLICT without a data set.',
  })
  async upsertMovies(
    @Arg('movies', () => [MovieInput], {
      description:
        'The movies, at most 500 with distinct ids, and as many as one request may cost: about 230 unless MAX_COST is set.',
    })
    movies: MovieInput[],
    @Ctx() { scope, app, deadline }: ApiContext,
  ): Promise<UpsertMoviesPayload> {
    const { appId } = requireScope(await app(), 'write:catalogue');
    return upsertMovies(this.deps, scope, { appId, movies }, deadline);
  }

  @Mutation(() => DeleteMoviesPayload, {
    description:
      "Takes the app's movies out of every list, search and count; their ratings are kept, and `upsertMovies` brings them back. A movie of " +
      'the data set loses the id alone. Idempotent. UNAUTHENTICATED or FORBIDDEN without a key with the scope write:catalogue.',
  })
  async deleteMovies(
    @Arg('externalIds', () => [String], {
      description:
        "The app's ids of the movies, at most 500, and as many as one request may cost: about 480 unless MAX_COST is set.",
    })
    externalIds: string[],
    @Ctx() { scope, app, deadline }: ApiContext,
  ): Promise<DeleteMoviesPayload> {
    const { appId } = requireScope(await app(), 'write:catalogue');
    return deleteMovies(this.deps, scope, { appId, externalIds }, deadline);
  }
}
