import { EventEmitter, once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger, readConfig } from '@pocketrocket/runtime';
import { databaseUrlProblems } from '@pocketrocket/schema/database';
import { until } from '@pocketrocket/testing';
import { createSecurityHeaders } from './http/securityHeaders.ts';
import { openPortal, type OpenPortal } from './openPortal.ts';
import type { ToRenderer } from './pages/messages.ts';
import type { RenderWorker } from './pages/renderThread.ts';

let portalDir: string;
let opened: OpenPortal;
let server: Server;
let url: string;

/** Renders by the renderer that is there when it starts, and never by a later one. */
class Renderer extends EventEmitter implements RenderWorker {
  readonly #build = readFileSync(join(portalDir, 'ssr/render.js'), 'utf8');

  constructor() {
    super();
    const addresses = { fixed: [], movie: '/movie/:id', genre: '/genre/:name', closed: [] };
    setImmediate(() => this.emit('message', { kind: 'ready', facts: { languages: ['en'], addresses } }));
  }

  postMessage(message: ToRenderer) {
    if (message.kind !== 'render') return;
    const html = new TextEncoder().encode(`rendered by ${this.#build}`);
    const page = { status: 200, html, brotli: html, etag: `W/"${this.#build}"`, styles: [], isShared: true };
    setImmediate(() => this.emit('message', { kind: 'page', id: message.id, page }));
  }

  async terminate() {}
}

const buildClient = async (name: string) => {
  for (const folder of ['assets', '.vite', 'ssr']) await mkdir(join(portalDir, folder), { recursive: true });
  await writeFile(join(portalDir, `assets/${name}.js`), '');
  await writeFile(
    join(portalDir, 'index.html'),
    `<script>let ${name};</script>left to the browser by ${name}`,
  );
  await writeFile(
    join(portalDir, '.vite/manifest.json'),
    JSON.stringify({ 'index.html': { file: `assets/${name}.js` } }),
  );
};
/** Whole at once: what is written and stays empty for two looks counts as a build. */
const buildRenderer = async (name: string) => {
  await writeFile(join(portalDir, '.render.js'), name);
  await rename(join(portalDir, '.render.js'), join(portalDir, 'ssr/render.js'));
};

beforeEach(async () => {
  portalDir = await mkdtemp(join(tmpdir(), 'portal-'));
  await buildClient('one');
  await buildRenderer('one');
  opened = openPortal(portalDir, {
    config: readConfig({ POCKETROCKET_HOME: portalDir }, databaseUrlProblems),
    api: { handle: () => Promise.reject(new Error('no page here asks')) },
    gate: { check: () => Promise.resolve(null), learn: () => undefined },
    generation: () => 1,
    catalogue: () => null,
    logger: createLogger({ level: 'silent', name: 'test', stream: new PassThrough() }),
    startRenderer: () => new Renderer(),
    lookEveryMs: 20,
  });
  const setHeaders = createSecurityHeaders(opened.security);
  server = createServer((req, res) => {
    setHeaders(req, res);
    void opened.portal.page(req, res, { requestId: 'r', address: '127.0.0.1' });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/about`;
});
afterEach(async () => {
  await opened.stop();
  server.closeAllConnections();
  server.close();
  await rm(portalDir, { recursive: true });
});

const get = async () => {
  const answer = await fetch(url, { headers: { accept: 'text/html' } });
  return {
    status: answer.status,
    text: await answer.text(),
    script: /script-src 'self' '(sha256-[^']+)'/.exec(
      answer.headers.get('content-security-policy') ?? '',
    )?.[1],
  };
};
const shown = (text: RegExp) =>
  until(String(text), async () => {
    const answer = await get();
    return text.test(answer.text) && answer;
  });

describe('a portal whose build is replaced under the server', () => {
  it('is rendered from the former build, then by browsers, then from the new one, never from the former again', async () => {
    const former = await shown(/^rendered by one$/);
    expect(former.script).toBeDefined();

    await rm(portalDir, { recursive: true });
    await mkdir(portalDir);
    const gone = await shown(/being built/);
    expect(gone.status).toBe(503);
    await buildClient('two');
    const halfWay = await shown(/left to the browser by two/);
    await buildRenderer('two');
    const whole = await shown(/^rendered by/);
    expect(whole.text).toBe('rendered by two');
    // Scripts in line are allowed by digest: that of the page that is there.
    expect(whole.script).not.toBe(former.script);
    expect(halfWay.script).toBe(whole.script);
    expect(halfWay.status).toBe(200);
  });
});
