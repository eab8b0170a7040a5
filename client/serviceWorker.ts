import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/**
 * Writes `sw.js`, which lets the portal open offline: all files of the build, and its page for every address. Its version is the digest of
 * what it keeps, so that another build replaces it whole. It keeps no answer of the API, which the page keeps by visitor.
 */
export function serviceWorker(): Plugin {
  let isForServer = false;
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved({ build }) {
      isForServer = Boolean(build.ssr);
    },
    generateBundle(_options, bundle) {
      if (isForServer) return;
      const files = filesOf(bundle, 'index')
        .map((file) => `/${file}`)
        .sort();
      const version = createHash('sha256').update(files.join('\n')).digest('hex').slice(0, 12);
      this.emitFile({ type: 'asset', fileName: 'sw.js', source: source(version, files) });
    },
  };
}

interface Chunk {
  type: 'chunk';
  isEntry: boolean;
  name: string;
  imports: string[];
  dynamicImports: string[];
  viteMetadata?: { importedCss: Set<string>; importedAssets: Set<string> };
}

/** All files that an entry may come to need, of the fonts those that most languages need; the others come when they are asked for. */
function filesOf(bundle: Readonly<Record<string, Chunk | { type: 'asset' }>>, entry: string): string[] {
  const files = new Set<string>();
  const add = (file: string) => {
    const chunk = bundle[file];
    if (files.has(file)) return;
    if (!/\.woff2$/.test(file) || /-latin-(?!ext)/.test(file)) files.add(file);
    if (chunk?.type !== 'chunk') return;
    const { importedCss = [], importedAssets = [] } = chunk.viteMetadata ?? {};
    for (const next of [...chunk.imports, ...chunk.dynamicImports, ...importedCss, ...importedAssets])
      add(next);
  };
  for (const [file, chunk] of Object.entries(bundle))
    if (chunk.type === 'chunk' && chunk.isEntry && chunk.name === entry) add(file);
  return [...files];
}

const source = (
  version: string,
  files: readonly string[],
): string => `const NAME = 'pocketrocket.shell.${version}';
const SHELL = '/index.html';
const FILES = ${JSON.stringify(files)};

// Not by way of this worker, in which what a page sends as it goes may be lost.
const ROUTES = [{ condition: { requestMethod: 'POST' }, source: 'network' }];

// What the first page needs has been fetched a moment ago; a file that does not come now comes when it is asked for.
self.addEventListener('install', (event) => {
  event.addRoutes?.(ROUTES);
  event.waitUntil(
    caches.open(NAME).then(async (cache) => {
      await cache.addAll([SHELL]);
      await Promise.allSettled(FILES.map((file) => cache.add(file)));
      await cache.add('/config.js').catch(() => undefined);
      await self.skipWaiting();
    }),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((name) => name.startsWith('pocketrocket.shell.') && name !== NAME).map((name) => caches.delete(name))),
      )
      .then(() => self.clients.claim()),
  );
});

const fetchAndKeep = async (request) => {
  const response = await fetch(request);
  if (response.ok) await caches.open(NAME).then((cache) => cache.put(request, response.clone())).catch(() => undefined);
  return response;
};

const kept = (address) => caches.open(NAME).then((cache) => cache.match(address));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith('/assets/')) {
    // Their names say what is in them.
    event.respondWith(kept(url.pathname).then((file) => file ?? fetchAndKeep(request)));
  } else if (request.mode === 'navigate' && !/^\\/(?:graphql|playground|exports?|reports?)\\b/.test(url.pathname)) {
    // The server's page where it answers: it is newer, and has its data.
    event.respondWith(fetch(request).catch(() => kept(SHELL).then((page) => page ?? Response.error())));
  } else if (url.pathname === '/config.js') {
    event.respondWith(fetch(request).catch(() => kept('/config.js').then((file) => file ?? Response.error())));
  }
});
`;
