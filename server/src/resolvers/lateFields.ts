import type { Movie } from '@pocketrocket/schema';
import { AppError } from '@pocketrocket/runtime';
import { isObjectType, type GraphQLSchema } from 'graphql';
import type { ApiContext } from '../context.ts';
import { LATE_FIELDS, ShownMovie } from '../services/shownMovie.ts';

/** Lets the fields of movies out of the catalogue that are not kept there be read when they are asked for. Changes the schema. */
export function readLateFields(schema: GraphQLSchema): void {
  const type = schema.getType('Movie');
  if (!isObjectType(type)) return;
  const fields = type.getFields();
  for (const name of LATE_FIELDS) {
    const field = fields[name];
    if (field)
      field.resolve = (movie: Movie, _: unknown, { scope }: ApiContext) =>
        movie instanceof ShownMovie
          ? scope.movies.load(movie.movieId).then((stored) => existing(stored, movie)[name])
          : movie[name];
  }
}

function existing(stored: Movie | null, { movieId }: Movie): Movie {
  if (!stored) throw new AppError('NOT_FOUND', `there is no movie ${movieId} any more`);
  return stored;
}
