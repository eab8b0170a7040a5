import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/**
 * Writes `sw.js`, which lets the portal open offline: all files of the build, and its page for every address. Its version is the digest of
 * what it keeps, so that another build replaces it whole. It keeps no answer of the API, which the page keeps by visitor.
 */
export function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    generateBundle(_options, bundle) {
      const files = Object.keys(bundle)
        .filter(
          (file) => /^assets\/.*\.(?:js|css|woff2)$/.test(file) && !/playground|monaco|worker/i.test(file),
        )
        // The playground's editor is large, and of use to nobody who is offline.
        .filter((file) => sizeOf(bundle[file]) < MOST_BYTES)
        .map((file) => `/${file}`)
        .sort();
      const version = createHash('sha256').update(files.join('\n')).digest('hex').slice(0, 12);
      this.emitFile({ type: 'asset', fileName: 'sw.js', source: source(version, files) });
    },
  };
}

const MOST_BYTES = 300_000;

const sizeOf = (file: { type: string; code?: string; source?: string | Uint8Array } | undefined): number =>
  (file?.type === 'chunk' ? file.code : file?.source)?.length ?? 0;

const source = (
  version: string,
  files: readonly string[],
): string => `const NAME = 'pocketrocket.shell.${version}';
const SHELL = '/index.html';
const FILES = ${JSON.stringify(files)};

// What the first page needs has been fetched a moment ago; a file that does not come now comes when it is asked for.
self.addEventListener('install', (event) => {
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

const kept = (address) => caches.open(NAME).then((cache) => cache.match(address));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith('/assets/')) {
    // Their names say what is in them.
    event.respondWith(kept(url.pathname).then((file) => file ?? fetch(request)));
  } else if (request.mode === 'navigate' && !/^\\/(?:graphql|playground|exports?|reports?)\\b/.test(url.pathname)) {
    // The server's page where it answers: it is newer, and has its data.
    event.respondWith(fetch(request).catch(() => kept(SHELL).then((page) => page ?? Response.error())));
  } else if (url.pathname === '/config.js') {
    event.respondWith(fetch(request).catch(() => kept('/config.js').then((file) => file ?? Response.error())));
  }
});
`;
