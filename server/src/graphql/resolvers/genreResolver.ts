import { Genre, MovieConnection, MovieOrder } from '@pocketrocket/schema';
import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { ApiContext } from '../context.ts';
import type { Repositories } from '../deps.ts';
import { listMoviesOfGenre } from '../../movies/listMovies.ts';
import { After, First } from './listArguments.ts';

@Resolver(() => Genre)
export class GenreResolver {
  constructor(private readonly repositories: Pick<Repositories, 'genres'>) {}

  @Query(() => [Genre], { nullable: true, description: 'All genres, by name.' })
  genres(): Promise<Genre[]> {
    return this.repositories.genres.all();
  }

  @Query(() => Genre, { nullable: true, description: 'One genre; null where there is none of this name.' })
  genre(
    @Arg('name', () => String, { description: 'Its name, case-insensitive.' }) name: string,
  ): Promise<Genre | null> {
    return this.repositories.genres.byName(name);
  }

  @FieldResolver(() => MovieConnection, { nullable: true, description: 'The movies of this genre.' })
  movies(
    @Root() genre: Genre,
    @Arg('orderBy', () => MovieOrder, {
      defaultValue: MovieOrder.WEIGHTED_RATING_DESC,
      description: 'Order of the list.',
    })
    orderBy: MovieOrder,
    @First(20) first: number,
    @After() after: string | null | undefined,
    @Ctx() { scope }: ApiContext,
  ): Promise<MovieConnection> {
    return listMoviesOfGenre(scope, genre, { orderBy, first, after });
  }
}
