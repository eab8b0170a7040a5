import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { extname } from 'node:path';
import send from 'send';
import { takesBrotli } from './encodings.ts';

export interface SentFile {
  /** Path of the file below the folder, decoded, with a slash at its beginning. */
  path: string;
  /** Value of `cache-control`. */
  caching: string;
  /** Status of the answer where it is not the file's own. */
  status?: number;
}

/** Sends a file of one folder. @returns false, with nothing sent, where there is none */
export type Files = (req: IncomingMessage, res: ServerResponse, file: SentFile) => Promise<boolean>;

/**
 * Serves the files of a build as they are at the moment: where a build is replaced under a server that runs, files that are gone answer
 * 404 instead of ending it. A file beside it with `.br` at its end is sent in its place to whoever takes Brotli.
 */
export function createFiles(folder: string): Files {
  return async (req, res, file) => {
    const type = CONTENT_TYPES[extname(file.path)];
    if (type !== undefined && takesBrotli(req)) {
      const compressed = { ...file, path: `${file.path}.br`, type, encoding: 'br' };
      if (await sendOne(folder, req, res, compressed)) return true;
    }
    return sendOne(folder, req, res, { ...file, type });
  };
}

/** The kinds of files that a build compresses; the type of any other follows from its name. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};

interface OneFile extends SentFile {
  /** As its name tells unless given. */
  type?: string | undefined;
  encoding?: string;
}

/** @returns false where there is no such file, or it is gone before its first byte */
function sendOne(root: string, req: IncomingMessage, res: ServerResponse, file: OneFile): Promise<boolean> {
  const { path, caching, status: ownStatus, type, encoding } = file;
  // Whoever asked has left.
  if (res.destroyed) return Promise.resolve(true);
  return new Promise((resolve, reject) => {
    const refused = (error: Error & { status?: number; headers?: OutgoingHttpHeaders }) => {
      if (res.headersSent) return void res.destroy();
      for (const name of OWN_HEADERS) res.removeHeader(name);
      res.statusCode = 200;
      const { status = 500, headers } = error;
      if (status >= 500) return void reject(error);
      // What is asked of the file itself cannot be: a part beyond its end, or a version that it is not.
      if (status === 412 || status === 416) return void res.writeHead(status, headers).end();
      resolve(false);
    };
    res.once('close', () => resolve(true));
    send(req, encodeURI(path), { root, index: false, cacheControl: false, dotfiles: 'ignore' })
      .on('headers', () => {
        if (ownStatus !== undefined) res.statusCode = ownStatus;
        res.setHeader('cache-control', caching);
        if (type !== undefined) res.setHeader('content-type', type);
        if (encoding !== undefined) res.setHeader('content-encoding', encoding);
      })
      .on('directory', () => resolve(false))
      .on('error', refused)
      .pipe(res);
  });
}

/** Headers that speak of a file. */
const OWN_HEADERS = [
  'accept-ranges',
  'cache-control',
  'content-encoding',
  'content-length',
  'content-range',
  'content-type',
  'etag',
  'last-modified',
];
