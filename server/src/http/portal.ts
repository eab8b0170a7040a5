import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';
import { isRead, notAllowed } from './readOnly.ts';
import { pathOf } from './requestPath.ts';
import { sendError, sendText } from './responses.ts';

type Handler = (req: IncomingMessage, res: ServerResponse) => void;

/** The built pages: the portal and the playground. */
export interface Portal {
  /** Files of the portal; its page for every address that a browser navigates to, as the portal has its own routes. */
  page: Handler;
  playground: Handler;
}

const NOT_BUILT =
  'The portal is not built: run `npm run build`, then start the server again. The API is at /graphql.';

/** Serves the build in `distDir`; where there is none, says what to do. */
export function createPortal(distDir: string): Portal {
  if (!existsSync(join(distDir, 'index.html'))) {
    const explain: Handler = (req, res) =>
      wantsPage(req) ? sendText(res, 503, NOT_BUILT) : notFound(req, res);
    return { page: explain, playground: explain };
  }
  const files = sirv(distDir, { etag: true, extensions: ['html'], setHeaders: setCaching });
  const serve = (url: string): Handler => {
    return (req, res) => {
      req.url = url;
      files(req, res, () => notFound(req, res));
    };
  };
  const index = serve('/index.html');
  return {
    page(req, res) {
      if (!isRead(req)) return notAllowed(res);
      files(req, res, () => (wantsPage(req) ? index(req, res) : notFound(req, res)));
    },
    playground: serve('/playground.html'),
  };
}

/** True if a browser navigates: a person will look at the answer, and the address is not that of a file. */
export function wantsPage(req: IncomingMessage): boolean {
  const isFile = /\.\w+$/.test(pathOf(req));
  return isRead(req) && !isFile && (req.headers.accept?.includes('text/html') ?? false);
}

/** Files under assets/ bear a digest of their content in their names; everything else may change with the next build. */
function setCaching(res: ServerResponse, path: string): void {
  res.setHeader(
    'cache-control',
    path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  );
}

function notFound(req: IncomingMessage, res: ServerResponse): void {
  sendError(res, 404, 'NOT_FOUND', `Not found: ${req.url ?? '/'}`);
}
