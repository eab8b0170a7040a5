import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Pages of another origin. */
export interface Site {
  origin: string;
  /** Writes another text in the place of one, in all files. */
  replace(from: string, to: string): void;
  stop(): Promise<void>;
}

const TYPES: Record<string, string> = { html: 'text/html', js: 'text/javascript' };

/** Serves files by their paths. @param port 0 for any */
export async function startSite(files: Readonly<Record<string, string>>, port = 0): Promise<Site> {
  const replaced: [from: string, to: string][] = [];
  const server = createServer((req, res) => {
    const file = files[new URL(req.url ?? '/', 'http://site').pathname];
    if (file === undefined) return void res.writeHead(404).end();
    void readFile(file, 'utf8').then((text) => {
      const content = replaced.reduce((current, [from, to]) => current.replaceAll(from, to), text);
      res.writeHead(200, { 'content-type': TYPES[file.split('.').pop() ?? ''] ?? 'text/plain' }).end(content);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    replace: (from, to) => void replaced.push([from, to]),
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
