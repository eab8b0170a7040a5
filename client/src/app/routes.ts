import type { ApolloClient } from '@apollo/client';
import { lazy, type ComponentType } from 'react';
import { matchPath } from 'react-router';
import type { PageAddress, PageQuery } from '../routing/pageQuery.ts';
import { PATHS } from '../routing/paths.ts';

/** The exports of a page's file. */
interface PageModule {
  default: ComponentType;
  /** Lists the queries that the page at an address sends first. */
  queries?: (address: PageAddress) => readonly PageQuery[];
}

const lazyPage = (path: string, load: () => Promise<PageModule>) => ({ path, load, Page: lazy(load) });

/** Every address of the portal, the first match wins; each page is a chunk of its own. */
export const routes = [
  lazyPage(PATHS.home, () => import('../pages/home/Home.tsx')),
  lazyPage(PATHS.films, () => import('../pages/films/Films.tsx')),
  lazyPage(PATHS.genre, () => import('../pages/collection/Collection.tsx')),
  lazyPage(PATHS.movie, () => import('../pages/movie/Movie.tsx')),
  lazyPage(PATHS.users, () => import('../pages/users/Users.tsx')),
  lazyPage(PATHS.user, () => import('../pages/user/User.tsx')),
  lazyPage(PATHS.search, () => import('../pages/search/Search.tsx')),
  lazyPage(PATHS.signIn, () => import('../pages/signIn/SignIn.tsx')),
  lazyPage(PATHS.account, () => import('../pages/account/Account.tsx')),
  lazyPage(PATHS.ownRatings, () => import('../pages/ownRatings/OwnRatings.tsx')),
  lazyPage(PATHS.forgotPassword, () => import('../pages/signIn/ForgotPassword.tsx')),
  lazyPage(PATHS.resetPassword, () => import('../pages/signIn/ResetPassword.tsx')),
  lazyPage(PATHS.confirmEmail, () => import('../pages/signIn/ConfirmEmail.tsx')),
  lazyPage(PATHS.about, () => import('../pages/about/About.tsx')),
  lazyPage('*', () => import('../pages/notFound/NotFound.tsx')),
];

/** Loads the code and asks for the data of the page at `url`, so that opening it finds both under way. */
export async function preloadPage(client: ApolloClient, url: URL): Promise<void> {
  for (const { path, load } of routes) {
    const match = matchPath(path, url.pathname);
    if (!match) continue;
    const module = await load();
    const queries = module.queries?.({ params: decoded(match.params), search: url.searchParams }) ?? [];
    for (const [query, options] of queries) void client.query({ query, ...options });
    return;
  }
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
