/** The address of each page as the router matches it; the builders below fill in the parameters. */
export const PATHS = {
  home: '/',
  films: '/films',
  explore: '/explore',
  me: '/me',
  myRatings: '/me/ratings',
  watchlist: '/watchlist',
  genre: '/collection/:genre',
  movie: '/movie/:movieId',
  person: '/person/:personId',
  tag: '/tag/:tag',
  users: '/users',
  user: '/user/:userId',
  search: '/search',
  signIn: '/sign-in',
  account: '/account',
  ownRatings: '/own-ratings',
  forgotPassword: '/forgot-password',
  resetPassword: '/reset-password',
  confirmEmail: '/confirm-email',
  about: '/about',
} as const;

export const genrePath = (genre: string): string => fillPath(PATHS.genre, genre);
export const moviePath = (movieId: number): string => fillPath(PATHS.movie, movieId);
export const personPath = (personId: number): string => fillPath(PATHS.person, personId);
export const tagPath = (tag: string): string => fillPath(PATHS.tag, tag);
export const userPath = (userId: number): string => fillPath(PATHS.user, userId);

/** The results page for a text; the page reads it with `searchText`. */
export const searchPath = (text: string): string =>
  `${PATHS.search}?${new URLSearchParams({ [SEARCH_PARAM]: text })}`;

/** The text that a results page's address asks for, without surrounding spaces; empty where there is none. */
export const searchText = (search: URLSearchParams): string => (search.get(SEARCH_PARAM) ?? '').trim();

const SEARCH_PARAM = 'q';

/** Puts the value in the place of the path's one parameter. */
const fillPath = (path: string, value: string | number): string =>
  path.replace(/:\w+/, encodeURIComponent(value));
