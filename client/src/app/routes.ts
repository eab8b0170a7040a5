import type { ApolloClient } from '@apollo/client';
import { lazy, type ComponentType } from 'react';
import { matchPath } from 'react-router';
import type { HeadContext, PageAddress, PageHead, PageQuery } from '../routing/pageQuery.ts';
import { PATHS } from '../routing/paths.ts';

/** The exports of a page's file. */
export interface PageModule {
  default: ComponentType;
  /** Lists the queries that the page at an address sends first. */
  queries?: (address: PageAddress) => readonly PageQuery[];
  /** Says what stands in the document's head; called on the server alone, once the queries are answered. */
  head?: (context: HeadContext) => PageHead;
}

/** @param file the page's file once more, by which the server finds its chunk in the build's manifest */
const lazyPage = (path: string, load: () => Promise<PageModule>, file: string) => ({
  path,
  load,
  file: `src/pages/${file}`,
  Page: lazy(load),
});

/** Every address of the portal, the first match wins; each page is a chunk of its own. */
export const routes = [
  lazyPage(PATHS.home, () => import('../pages/home/Home.tsx'), 'home/Home.tsx'),
  lazyPage(PATHS.films, () => import('../pages/films/Films.tsx'), 'films/Films.tsx'),
  lazyPage(PATHS.genre, () => import('../pages/collection/Collection.tsx'), 'collection/Collection.tsx'),
  lazyPage(PATHS.movie, () => import('../pages/movie/Movie.tsx'), 'movie/Movie.tsx'),
  lazyPage(PATHS.person, () => import('../pages/person/Person.tsx'), 'person/Person.tsx'),
  lazyPage(PATHS.tag, () => import('../pages/tag/Tag.tsx'), 'tag/Tag.tsx'),
  lazyPage(PATHS.users, () => import('../pages/users/Users.tsx'), 'users/Users.tsx'),
  lazyPage(PATHS.user, () => import('../pages/user/User.tsx'), 'user/User.tsx'),
  lazyPage(PATHS.search, () => import('../pages/search/Search.tsx'), 'search/Search.tsx'),
  lazyPage(PATHS.signIn, () => import('../pages/signIn/SignIn.tsx'), 'signIn/SignIn.tsx'),
  lazyPage(PATHS.watchlist, () => import('../pages/watchlist/Watchlist.tsx'), 'watchlist/Watchlist.tsx'),

  lazyPage(PATHS.me, () => import('../pages/me/Me.tsx'), 'me/Me.tsx'),
  lazyPage(PATHS.myRatings, () => import('../pages/myRatings/MyRatings.tsx'), 'myRatings/MyRatings.tsx'),
  lazyPage(PATHS.group, () => import('../pages/group/Group.tsx'), 'group/Group.tsx'),
  lazyPage(PATHS.compare, () => import('../pages/compare/Compare.tsx'), 'compare/Compare.tsx'),
  lazyPage(PATHS.account, () => import('../pages/account/Account.tsx'), 'account/Account.tsx'),
  lazyPage(PATHS.ownRatings, () => import('../pages/ownRatings/OwnRatings.tsx'), 'ownRatings/OwnRatings.tsx'),
  lazyPage(
    PATHS.forgotPassword,
    () => import('../pages/signIn/ForgotPassword.tsx'),
    'signIn/ForgotPassword.tsx',
  ),
  lazyPage(
    PATHS.resetPassword,
    () => import('../pages/signIn/ResetPassword.tsx'),
    'signIn/ResetPassword.tsx',
  ),
  lazyPage(PATHS.confirmEmail, () => import('../pages/signIn/ConfirmEmail.tsx'), 'signIn/ConfirmEmail.tsx'),
  lazyPage(PATHS.about, () => import('../pages/about/About.tsx'), 'about/About.tsx'),
  lazyPage(PATHS.explore, () => import('../pages/explore/Explore.tsx'), 'explore/Explore.tsx'),
  lazyPage(PATHS.admin, () => import('../pages/admin/Admin.tsx'), 'admin/Admin.tsx'),
  lazyPage('*', () => import('../pages/notFound/NotFound.tsx'), 'notFound/NotFound.tsx'),
];

export type PageRoute = (typeof routes)[number];

/** Finds the page at an address, and the parts of the address as it reads them. */
export function pageAt(url: URL): { route: PageRoute; address: PageAddress } {
  for (const route of routes) {
    const match = matchPath(route.path, url.pathname);
    if (match) return { route, address: { params: decoded(match.params), search: url.searchParams } };
  }
  throw new Error('the last route matches every address');
}

/** Loads the code and asks for the data of the page at `url`, so that opening it finds both under way. */
export async function preloadPage(client: ApolloClient, url: URL): Promise<void> {
  const { route, address } = pageAt(url);
  const { queries } = await route.load();
  for (const [query, options] of queries?.(address) ?? []) void client.query({ query, ...options });
}

/** The parameters as pages read them: `matchPath` leaves the address's escapes in, such as `%20` in a genre. */
function decoded(params: PageAddress['params']): PageAddress['params'] {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, value && decodePart(value)]),
  );
}

/** A part of an address in clear; itself where its escapes are wrong. */
function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
