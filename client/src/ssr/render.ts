import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { msg } from '@lingui/core/macro';
import { pageAt } from '../app/routes.ts';
import { queries as shellQueries } from '../app/Shell.tsx';
import type { PageHead } from '../routing/pageQuery.ts';
import { PATHS } from '../routing/paths.ts';
import { bestLanguage, createTexts, LANGUAGES } from '../texts/texts.ts';
import { documentWriter } from './document.ts';
import { ask, clientOf, type Execute } from './execute.ts';
import type { Manifest } from './manifest.ts';
import { renderApp } from './renderApp.tsx';

/** A page that somebody wants to see. */
export interface RenderRequest {
  /** Path and search part. */
  location: string;
  /** The origin at which people reach the portal, such as `https://films.example`. */
  origin: string;
  language: string;
}

export interface RenderedPage {
  /** 200, or 404 where there is nothing at the address. */
  status: number;
  html: string;
  /** Digests of its style elements, as a content security policy names them. */
  styles: readonly string[];
  /** True where others may be shown it, too: it has all its data, and tells nothing that a person may take back. */
  isShared: boolean;
}

/** Renders pages of the portal as a visitor sees them of whom nothing is known. */
export type Render = (request: RenderRequest, execute: Execute) => Promise<RenderedPage>;

const NOWHERE = '*';
/** Pages about one person, who may make them private at any time. */
const OF_PERSONS: ReadonlySet<string> = new Set([PATHS.user]);

/** Languages that pages are rendered in. */
export const languages = Object.keys(LANGUAGES);

/** Addresses that search engines are told of; those with a parameter stand for one of each movie and genre. */
export const addresses = {
  fixed: [PATHS.home, PATHS.films, PATHS.explore, PATHS.about],
  movie: PATHS.movie,
  genre: PATHS.genre,
  /** Lists of people and of results, and what is one's own, are for people. */
  closed: [
    ...[PATHS.search, PATHS.users, '/user/', PATHS.compare, PATHS.group, PATHS.me, PATHS.watchlist],
    ...[PATHS.ownRatings, PATHS.account, '/admin', PATHS.signIn, PATHS.forgotPassword, PATHS.resetPassword],
    PATHS.confirmEmail,
  ],
};

/**
 * Opens the renderer over the built portal.
 * @param portalDir the folder of the build
 */
export function openRenderer(portalDir: string): Render {
  const read = (file: string) => readFileSync(join(portalDir, file), 'utf8');
  const write = documentWriter({
    template: read('index.html'),
    manifest: JSON.parse(read('.vite/manifest.json')) as Manifest,
    read,
  });

  return async ({ location, origin, language: wanted }, execute) => {
    const language = bestLanguage([wanted]);
    const url = new URL(origin + location);
    const { route, address } = pageAt(url);
    const [{ queries, head }, texts] = await Promise.all([route.load(), createTexts(language)]);
    const client = clientOf(execute);
    const { isWhole } = await ask(client, [...shellQueries(), ...(queries?.(address) ?? [])]);
    const { description, type, exists, indexed }: PageHead =
      head?.({
        ...address,
        i18n: texts,
        read: ([query, options]) => client.readQuery({ query, ...options }),
      }) ?? {};
    const isThere = route.path !== NOWHERE && exists !== false;
    const app = await renderApp({ client, texts, location });
    const document = write({
      language,
      source: route.file,
      app,
      data: client.cache.extract(),
      address: isThere ? addressOf(url) : null,
      description: description ?? texts._(msg`Pick five films you like and see what to watch next.`),
      withoutScripts: texts._(msg`PocketRocket needs JavaScript. The API at /graphql works without it.`),
      type: type ?? 'website',
      indexed: indexed ?? true,
    });
    client.stop();
    // Of addresses that lead nowhere, and of queries, there is no end.
    const isShared = isThere && isWhole && !OF_PERSONS.has(route.path) && isPlain(url);
    return { ...document, status: isThere ? 200 : 404, isShared };
  };
}

const isPlain = ({ searchParams }: URL): boolean => [...searchParams.keys()].every((name) => name === 'lang');

/** The address that stands for the page whatever the language, and however many films of a list are shown. */
function addressOf(url: URL): string {
  const plain = new URL(url);
  for (const name of ['lang', 'shown']) plain.searchParams.delete(name);
  return plain.href;
}
