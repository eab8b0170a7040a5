/** The address of each page as the router matches it; the builders below fill in the parameters. */
export const PATHS = {
  home: '/',
  genre: '/collection/:genre',
  movie: '/movie/:movieId',
  users: '/users',
  user: '/user/:userId',
  search: '/search',
  signIn: '/sign-in',
  about: '/about',
} as const;

export const genrePath = (genre: string): string => fillPath(PATHS.genre, { genre });
export const moviePath = (movieId: number): string => fillPath(PATHS.movie, { movieId });
export const userPath = (userId: number): string => fillPath(PATHS.user, { userId });

/** The results page for a text; the page reads it with `searchText`. */
export const searchPath = (text: string): string =>
  `${PATHS.search}?${new URLSearchParams({ [SEARCH_PARAM]: text })}`;

/** The text that a results page's address asks for, without surrounding spaces; empty where there is none. */
export const searchText = (search: URLSearchParams): string => (search.get(SEARCH_PARAM) ?? '').trim();

const SEARCH_PARAM = 'q';

type Parameter<Path extends string> = Path extends `${string}:${infer Rest}`
  ? Rest extends `${infer Name}/${infer Tail}`
    ? Name | Parameter<Tail>
    : Rest
  : never;

function fillPath<Path extends string>(path: Path, params: Record<Parameter<Path>, string | number>): string {
  const values = new Map(Object.entries<string | number>(params));
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(values.get(name) ?? ''));
}
