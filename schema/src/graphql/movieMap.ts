import { Field, Float, Int, ObjectType } from 'type-graphql';
import { edgeType, PageInfo, type CountedConnection, type Edge } from './connections.ts';
import { Movie } from './movie.ts';

@ObjectType({ description: 'The place of a movie on the map of all movies.' })
export class MoviePlace {
  @Field(() => Movie, { description: 'The movie.' })
  movie!: Movie;

  @Field(() => Float, {
    description:
      'From left to right; the axes mean nothing, nearness does: near movies are watched by the same people.',
  })
  x!: number;

  @Field(() => Float, { description: 'From bottom to top.' })
  y!: number;
}

export const MoviePlaceEdge = edgeType('MoviePlace', () => MoviePlace, 'movies on the map');
export type MoviePlaceEdge = Edge<MoviePlace>;

@ObjectType({ description: 'A page of the map of all movies.' })
export class MovieMapConnection implements CountedConnection<MoviePlace> {
  @Field(() => [MoviePlaceEdge], { description: 'The entries of the page, each with its cursor.' })
  edges!: MoviePlaceEdge[];

  @Field(() => [MoviePlace], { description: 'The entries of the page, without cursors.' })
  nodes!: MoviePlace[];

  @Field(() => PageInfo, { description: 'Position of the page in the map.' })
  pageInfo!: PageInfo;

  @Field(() => Int, { description: 'Number of movies on the map.' })
  totalCount!: number;
}
