import type { IncomingMessage, ServerResponse } from 'node:http';
import { pathOf } from '../http/requestPath.ts';
import { originOf } from './servedPages.ts';
import type { PortalFacts } from './renderer.ts';

export interface CrawlerFilesOptions {
  /** Null as long as the portal's addresses are not known. */
  facts: () => PortalFacts | null;
  /** The films and genres that are there now; null without any. */
  catalogue: () => { movieIds: Int32Array; genres: readonly string[] } | null;
  /** Origin at which people reach the server; null where none is set. */
  publicUrl: string | null;
}

/** Addresses in one file of movies: about a megabyte, a fifth of what search engines take. */
const MOVIES_A_FILE = 10_000;
/** Files that the list of files may name: search engines take so many. */
const MAX_FILES = 50_000;
const MAX_AGE = 'public, max-age=3600';

/**
 * Serves `/robots.txt` and the site map: a list of files, one of pages and genres, and as many of movies as it takes, each made when it
 * is asked for.
 * @returns sends the file of a request; false where it is none of these
 */
export function createCrawlerFiles(
  options: CrawlerFilesOptions,
): (req: IncomingMessage, res: ServerResponse) => boolean {
  return (req, res) => {
    const path = pathOf(req);
    if (path !== '/robots.txt' && !path.startsWith('/sitemap')) return false;
    const origin = originOf(req, options.publicUrl);
    if (origin === null) return false;
    if (path === '/robots.txt') {
      const facts = options.facts();
      if (facts) return send(req, res, 'text/plain', robotsText(origin, facts));
      // The renderer is starting; crawlers take this for "nothing yet" and come back.
      res.writeHead(503, { 'retry-after': '10', 'cache-control': 'no-store' }).end();
      return true;
    }
    const xml = siteMapFile(path, origin, options);
    return xml === null ? false : send(req, res, 'application/xml', xml);
  };
}

/** The API is for programs; which pages are for people alone the portal says. */
function robotsText(origin: string, { addresses }: PortalFacts): string {
  return [
    'User-agent: *',
    ...['/graphql', '/playground', ...addresses.closed].map((path) => `Disallow: ${path}`),
    `Sitemap: ${origin}/sitemap.xml`,
    '',
  ].join('\n');
}

function siteMapFile(path: string, origin: string, { facts, catalogue }: CrawlerFilesOptions): string | null {
  const portal = facts();
  if (!portal) return null;
  const { movieIds, genres } = catalogue() ?? { movieIds: new Int32Array(), genres: [] };
  const numFiles = Math.min(MAX_FILES - 1, Math.ceil(movieIds.length / MOVIES_A_FILE));
  const { fixed, movie, genre } = portal.addresses;
  const addressOf = (pattern: string, value: string | number) =>
    origin + pattern.replace(/:\w+/, encodeURIComponent(value));
  if (path === '/sitemap.xml') {
    const films = Array.from({ length: numFiles }, (_, index) => `${origin}/sitemap-films-${index + 1}.xml`);
    return listOf('sitemapindex', 'sitemap', [`${origin}/sitemap-pages.xml`, ...films]);
  }
  if (path === '/sitemap-pages.xml')
    return listOf('urlset', 'url', [
      ...fixed.map((page) => origin + page),
      ...genres.map((name) => addressOf(genre, name)),
    ]);
  const number = Number(/^\/sitemap-films-([1-9]\d{0,4})\.xml$/.exec(path)?.[1] ?? 0);
  if (number < 1 || number > numFiles) return null;
  const ids = movieIds.subarray((number - 1) * MOVIES_A_FILE, number * MOVIES_A_FILE);
  return listOf(
    'urlset',
    'url',
    Array.from(ids, (movieId) => addressOf(movie, movieId)),
  );
}

function listOf(list: string, entry: string, addresses: readonly string[]): string {
  const entries = addresses.map(
    (address) =>
      `<${entry}><loc>${address.replaceAll('&', '&amp;').replaceAll("'", '&apos;')}</loc></${entry}>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<${list} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${entries.join('\n')}
</${list}>
`;
}

function send(req: IncomingMessage, res: ServerResponse, type: string, text: string): true {
  res.setHeader('content-type', `${type}; charset=utf-8`);
  res.setHeader('cache-control', MAX_AGE);
  res.end(req.method === 'HEAD' ? undefined : text);
  return true;
}
