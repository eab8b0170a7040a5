import type { ApolloClient } from '@apollo/client';
import { lazy, type ComponentType } from 'react';
import { matchPath } from 'react-router';
import type { PageAddress, PageQuery } from '../routing/pageQuery.ts';
import { PATHS } from '../routing/paths.ts';

/** What a page's file exports. */
export interface PageModule {
  default: ComponentType;
  /** The queries that the page at an address asks first. */
  queries?: (address: PageAddress) => readonly PageQuery[];
}

const page = (path: string, load: () => Promise<PageModule>) => ({ path, load, Page: lazy(load) });

/** Every address of the portal, the first match wins; each page is a chunk of its own. */
export const routes = [
  page(PATHS.home, () => import('../pages/Home.tsx')),
  page(PATHS.genre, () => import('../pages/Genre.tsx')),
  page(PATHS.movie, () => import('../pages/Movie.tsx')),
  page(PATHS.users, () => import('../pages/Users.tsx')),
  page(PATHS.user, () => import('../pages/User.tsx')),
  page(PATHS.search, () => import('../pages/Search.tsx')),
  page(PATHS.signIn, () => import('../pages/SignIn.tsx')),
  page(PATHS.about, () => import('../pages/About.tsx')),
  page('*', () => import('../pages/NotFound.tsx')),
];

/** Loads the code and asks for the data of the page at `url`, so that opening it finds both under way. */
export async function preloadPage(client: ApolloClient, url: URL): Promise<void> {
  for (const { path, load } of routes) {
    const match = matchPath(path, url.pathname);
    if (!match) continue;
    const module = await load();
    const queries = module.queries?.({ params: match.params, search: url.searchParams }) ?? [];
    for (const [query, options] of queries) void client.query({ query, ...options });
    return;
  }
}
