import type { IncomingMessage, ServerResponse } from 'node:http';
import { posix } from 'node:path';
import { createFiles } from './files.ts';
import { isRead, notAllowed } from './readOnly.ts';
import { pathOf, searchOf, unescaped } from './requestPath.ts';
import { sendError, sendText } from './responses.ts';

type AsyncHandler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

/** Renders pages for browsers. */
export interface PageRenderer {
  /** @returns false, with nothing sent, where the browser is to render the page */
  answer(req: IncomingMessage, res: ServerResponse, visitor: PageVisitor): Promise<boolean>;
}

/** Sends a file that is made when it is asked for; false where the request is for none. */
export type MadeFiles = (req: IncomingMessage, res: ServerResponse) => boolean;

/** Whoever asks for a page: as the log knows the request, and by which address limits count. */
export interface PageVisitor {
  requestId: string;
  address: string;
}

/** The built pages: the portal and the playground. */
export interface Portal {
  /** Files of the portal; its page for every address that a browser navigates to, as the portal has its own routes. */
  page(req: IncomingMessage, res: ServerResponse, visitor: PageVisitor): Promise<void>;
  playground: AsyncHandler;
}

const NOT_BUILT =
  'The portal is not built, or just being built: run `npm run build`, or come again in a moment. The API is at /graphql.';
/** Seconds that a build takes. */
const BUILT_WITHIN = '10';

/** The renderer for servers, which is no file for browsers. */
const RENDERER = /^\/+ssr(?:\/|$)/;

/**
 * Serves the build that is in `distDir` at the moment; where there is none, says what to do.
 * @param options `pages` renders pages here; without it browsers do
 */
export function createPortal(
  distDir: string,
  { pages, madeFiles }: { pages?: PageRenderer; madeFiles?: MadeFiles } = {},
): Portal {
  const files = createFiles(distDir);
  const serve = async (req: IncomingMessage, res: ServerResponse, path: string | null): Promise<void> => {
    if (path === null || path !== posix.normalize(path) || RENDERER.test(path)) return notFound(req, res);
    if (!(await files(req, res, { path, caching: cachingOf(path) }))) notFound(req, res);
  };
  const servePage = async (
    req: IncomingMessage,
    res: ServerResponse,
    path: string,
    status?: number,
  ): Promise<void> => {
    if (await files(req, res, { path, caching: cachingOf(path), ...(status && { status }) })) return;
    if (!wantsPage(req)) return notFound(req, res);
    res.setHeader('retry-after', BUILT_WITHIN);
    sendText(res, 503, NOT_BUILT);
  };
  const playground: AsyncHandler = (req, res) => servePage(req, res, '/playground.html');
  return {
    async page(req, res, visitor) {
      if (isSentForm(req)) return showAgain(req, res);
      if (!isRead(req)) return notAllowed(res);
      const path = pathOf(req);
      if (path === '/playground') return playground(req, res);
      if (isFile(req)) {
        if (madeFiles?.(req, res)) return;
        return serve(req, res, unescaped(path));
      }
      // The browser says that there is no such page; what renders them here cannot read such an address.
      if (!isReadable(path))
        return wantsPage(req) ? servePage(req, res, '/index.html', 404) : notFound(req, res);
      if (await pages?.answer(req, res, visitor)) return;
      if (wantsPage(req) || path === '/') return servePage(req, res, '/index.html');
      notFound(req, res);
    },
    playground,
  };
}

/** True if a browser navigates: a person will look at the answer, and the address is not that of a file. */
export function wantsPage(req: IncomingMessage): boolean {
  return isRead(req) && isForPerson(req);
}

/** True for a form of a page that the browser sent by itself, without the page's scripts. */
function isSentForm(req: IncomingMessage): boolean {
  return req.method === 'POST' && isForPerson(req);
}

/** Leads back to the page of a form, unread; by the query alone, which can lead to no other page. */
function showAgain(req: IncomingMessage, res: ServerResponse): void {
  res.writeHead(303, { location: searchOf(req) || '?', 'cache-control': 'no-store' }).end();
}

/** True if a person will look at the answer. */
function isForPerson(req: IncomingMessage): boolean {
  return !isFile(req) && (req.headers.accept?.includes('text/html') ?? false);
}

/** True for the address of a file, whether there is one or not. What follows these pages' folders is what people have written, full stops and all. */
function isFile(req: IncomingMessage): boolean {
  const path = pathOf(req);
  return (
    /\.\w+$/.test(path) && !isOfHost(path) && !/^\/(collection|movie|person|tag|user)\/[^/]+$/.test(path)
  );
}

/** True for a path that begins as the address of another host does, which is no file's. */
function isOfHost(path: string): boolean {
  return /^\/[/\\]/.test(path);
}

/** True for a path that routes can tell apart: of this host, and with escapes that are characters. */
function isReadable(path: string): boolean {
  return !isOfHost(path) && unescaped(path) !== null;
}

/** Files under assets/ bear a digest of their content in their names; everything else may change with the next build. */
const cachingOf = (path: string): string =>
  path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';

function notFound(req: IncomingMessage, res: ServerResponse): void {
  sendError(res, 404, 'NOT_FOUND', `Not found: ${req.url ?? '/'}`);
}
