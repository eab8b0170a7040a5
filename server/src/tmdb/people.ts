import type { Movie, Person, PersonMovie } from '@pocketrocket/schema';
import { checkFirst, checkText } from '../arguments/checks.ts';
import type { CatalogueSource } from '../catalogue/catalogueSource.ts';
import type { RequestScope } from '../loaders/requestScope.ts';
import type { Credit } from './answers.ts';
import type { FilmSource } from './filmSource.ts';

export interface PeopleDeps {
  catalogue: CatalogueSource;
  /** Null without a key of TMDB. */
  films: FilmSource | null;
}

/** Lets others be served where matching takes long. */
interface Turns {
  yieldIfLong(): Promise<void> | undefined;
}

const MAX_QUERY_LENGTH = 100;
/** People who are looked at for one search: each may be a question to TMDB. */
const MAX_LOOKED_AT = 8;

/**
 * People by name who took part in a movie that is here, the best known first; null without a key.
 * @throws AppError BAD_USER_INPUT for a text or a length out of range, UPSTREAM_UNAVAILABLE
 */
export async function searchPeople(
  { catalogue, films }: PeopleDeps,
  turns: Turns,
  { query, first }: { query: string; first: number },
): Promise<Person[] | null> {
  checkFirst(first);
  const text = checkText(query.trim(), 'query', MAX_QUERY_LENGTH);
  if (!films) return null;
  const found = (await films.people(text)).slice(0, MAX_LOOKED_AT);
  const looked = await Promise.allSettled(
    found.map(async (person) => {
      const known = await films.person(person.personId);
      return known !== null && (await moviesOf(catalogue, turns, known.credits)).size > 0;
    }),
  );
  const [failure] = looked.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  const isHere = looked.map((one) => one.status === 'fulfilled' && one.value);
  // Some of them are better than none; none at all says why.
  if (failure instanceof Error && !isHere.includes(true)) throw failure;
  return found.filter((_, place) => isHere[place]).slice(0, first);
}

/** The movies here in which a person took part, the best rated first. @throws AppError UPSTREAM_UNAVAILABLE */
export async function moviesOfPerson(
  { catalogue, films }: PeopleDeps,
  scope: RequestScope,
  turns: Turns,
  { personId, first }: { personId: number; first: number },
): Promise<PersonMovie[]> {
  checkFirst(first);
  const known = await films?.person(personId);
  if (!known) return [];
  const roles = await moviesOf(catalogue, turns, known.credits);
  const movies = await Promise.all([...roles.keys()].map((movieId) => scope.movies.load(movieId)));
  return movies
    .filter((movie): movie is Movie => movie !== null)
    .sort((one, other) => other.weightedRating - one.weightedRating || one.movieId - other.movieId)
    .slice(0, first)
    .map((movie) => ({ movie, roles: roles.get(movie.movieId) ?? [] }));
}

/** The roles in movies that are here, by movie: found by TMDB's numbers, else by title and year where those are sure. */
async function moviesOf(
  catalogue: CatalogueSource,
  turns: Turns,
  credits: readonly Credit[],
): Promise<Map<number, string[]>> {
  const matcher = await catalogue.matcher();
  const roles = new Map<number, string[]>();
  for (const { tmdbId, title, year, roles: played } of credits) {
    const { movieId, by } = matcher.match({ title, year, imdbId: null, tmdbId });
    if (movieId !== null && (by === 'tmdbId' || year !== null)) roles.set(movieId, played);
    await turns.yieldIfLong();
  }
  return roles;
}
