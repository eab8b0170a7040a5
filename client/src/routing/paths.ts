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
  group: '/group',
  compare: '/compare',
  ownRatings: '/own-ratings',
  forgotPassword: '/forgot-password',
  resetPassword: '/reset-password',
  confirmEmail: '/confirm-email',
  about: '/about',
  admin: '/admin/:section?',
} as const;

export const genrePath = (genre: string): string => fillPath(PATHS.genre, genre);
export const moviePath = (movieId: number): string => fillPath(PATHS.movie, movieId);
/** A section of the administration; its first one for an empty name. */
export const adminPath = (section: string): string => (section === '' ? '/admin' : `/admin/${section}`);
export const personPath = (personId: number): string => fillPath(PATHS.person, personId);
export const tagPath = (tag: string): string => fillPath(PATHS.tag, tag);
export const userPath = (userId: number): string => fillPath(PATHS.user, userId);

/** The page that compares two people; that of one asks for the other. */
export const comparePath = (userId: number, otherUserId?: number): string =>
  `${PATHS.compare}?${new URLSearchParams({ one: String(userId), ...(otherUserId !== undefined && { other: String(otherUserId) }) })}`;

/** The page of a group with some people in it. */
export const groupPath = (...userIds: readonly number[]): string =>
  userIds.length === 0 ? PATHS.group : `${PATHS.group}?${new URLSearchParams({ with: userIds.join('.') })}`;

/** The results page for a text; the page reads it with `searchText`. */
export const searchPath = (text: string): string =>
  `${PATHS.search}?${new URLSearchParams({ [SEARCH_PARAM]: text })}`;

/** The text that a results page's address asks for, without surrounding spaces and what no page can hold; empty where there is none. */
export const searchText = (search: URLSearchParams): string =>
  (search.get(SEARCH_PARAM) ?? '').replaceAll('\0', '').trim();

/** The parameter of a results page's address that holds the text. */
export const SEARCH_PARAM = 'q';

/** Puts the value in the place of the path's one parameter. */
const fillPath = (path: string, value: string | number): string =>
  path.replace(/:\w+/, encodeURIComponent(value));
