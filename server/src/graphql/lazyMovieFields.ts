import type { Movie } from '@pocketrocket/schema';
import { AppError } from '@pocketrocket/runtime';
import { isObjectType, type GraphQLSchema } from 'graphql';
import { LAZY_FIELDS, type AnsweredMovie } from '../movies/catalogueBackedMovie.ts';
import type { ApiContext } from './context.ts';

/** Lets the fields that a movie out of the catalogue lacks be read when they are asked for. Changes the schema. */
export function withLazyMovieFields(schema: GraphQLSchema): void {
  const type = schema.getType('Movie');
  if (!isObjectType(type)) return;
  const fields = type.getFields();
  const posters = fields['posterUrl'];
  for (const name of LAZY_FIELDS) {
    const field = fields[name];
    if (field)
      field.resolve = (movie: AnsweredMovie, _: unknown, { scope }: ApiContext) => {
        const value = movie[name];
        if (value !== undefined) return value;
        return scope.movies.load(movie.movieId).then((stored) => requireMovie(stored, movie)[name]);
      };
  }
  if (posters) {
    const stored = posters.resolve;
    posters.resolve = (movie: AnsweredMovie, args, context: ApiContext, info) => {
      const value: unknown = stored?.(movie, args, context, info);
      const { posterOfMovie } = context.scope;
      // What the data set has, else what is known from elsewhere.
      return posterOfMovie
        ? Promise.resolve(value).then((url) => url ?? posterOfMovie.load(movie.movieId))
        : value;
    };
  }
}

function requireMovie(stored: Movie | null, { movieId }: AnsweredMovie): Movie {
  if (!stored) throw new AppError('NOT_FOUND', `movie ${movieId} no longer exists`);
  return stored;
}
