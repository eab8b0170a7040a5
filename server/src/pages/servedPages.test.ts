import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '@pocketrocket/runtime';
import { brotliCompressSync } from 'node:zlib';
import type { ApiPort } from '../api/apiPort.ts';
import { BudgetGate } from '../budgets/budgetGate.ts';
import { createCrawlerFiles } from './crawlerFiles.ts';
import type { Execute, PageBytes, RenderRequest } from './renderer.ts';
import { ServedPages, type ServedPagesOptions } from './servedPages.ts';

const FACTS = {
  languages: ['en', 'de'],
  addresses: {
    fixed: ['/', '/about'],
    movie: '/movie/:movieId',
    genre: '/collection/:genre',
    closed: ['/me'],
  },
};
const HTML = { accept: 'text/html', 'accept-encoding': 'gzip, br' };

function pageOf({ location, language }: RenderRequest): PageBytes {
  const html = new TextEncoder().encode(`${language} ${location} ${'x'.repeat(1000)}`);
  const status = location.startsWith('/nowhere') ? 404 : 200;
  return {
    status,
    html,
    brotli: brotliCompressSync(html),
    etag: `W/"${language}${location}"`,
    styles: ['sha256-a'],
    isShared: status === 200 && !location.startsWith('/user/'),
  };
}

const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

/** The origin of a server until the end of the test. */
async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function serve(
  options: Partial<ServedPagesOptions> & {
    render?: (request: RenderRequest, execute: Execute) => Promise<PageBytes>;
  } = {},
) {
  const rendered: string[] = [];
  const { render = async (request: RenderRequest) => pageOf(request), ...others } = options;
  const api: ApiPort = {
    handle: async ({ body, address }) => ({
      status: 200,
      headers: [],
      body: new TextEncoder().encode(`${body} for ${address}`),
      outcome: {},
    }),
  };
  const pages = new ServedPages({
    renderer: {
      facts: FACTS,
      render(request, execute) {
        rendered.push(`${request.language} ${request.location}`);
        return render(request, execute);
      },
    },
    api,
    gate: new BudgetGate({ isSigned: async () => false }),
    maxBytes: 100_000,
    maxAgeSeconds: 60,
    generation: () => 1,
    publicUrl: null,
    policyFor: (styles) => `style-src ${styles.join(' ')}`,
    logger: createLogger({ level: 'silent', name: 'test', stream: new PassThrough() }),
    ...others,
  });
  const server = createServer((req, res) => {
    void pages.answer(req, res, { requestId: 'r', address: 'a' }).then((isAnswered) => {
      if (!isAnswered) res.end('browser');
    });
  });
  return { url: await listen(server), rendered };
}

const textAt = async (url: string, headers: Record<string, string> = HTML) =>
  (await fetch(url, { headers })).text();

describe('rendered pages', () => {
  it('are kept by address and language, those of persons and of nothing are not', async () => {
    const { url, rendered } = await serve();
    for (let round = 0; round < 2; round++) {
      await textAt(`${url}/movie/1`);
      await textAt(`${url}/movie/1`, { ...HTML, 'accept-language': 'de' });
      await textAt(`${url}/user/1`);
      await textAt(`${url}/nowhere`);
    }
    expect(rendered).toEqual([
      'en /movie/1',
      'de /movie/1',
      'en /user/1',
      'en /nowhere',
      'en /user/1',
      'en /nowhere',
    ]);
  });

  it('are rendered once for all who wait for them', async () => {
    const { url, rendered } = await serve();
    await Promise.all(Array.from({ length: 20 }, () => textAt(`${url}/movie/1`)));
    expect(rendered).toEqual(['en /movie/1']);
  });

  it('are made anew after a while, and where another model serves', async () => {
    let now = 0;
    let generation = 1;
    const { url, rendered } = await serve({ nowMs: () => now, generation: () => generation });
    await textAt(url);
    now = 59_000;
    await textAt(url);
    expect(rendered.length).toBe(1);
    // Shown once more, while another one is made.
    now = 61_000;
    await textAt(url);
    await textAt(url);
    expect(rendered.length).toBe(2);
    now = 400_000;
    await textAt(url);
    expect(rendered.length).toBe(3);
    generation = 2;
    await textAt(url);
    expect(rendered.length).toBe(4);
  });

  it('keep no more than the bound, whatever many addresses are asked for', async () => {
    const { url, rendered } = await serve({ maxBytes: 5_000 });
    for (let id = 0; id < 50; id++) await textAt(`${url}/movie/${id}`);
    await textAt(`${url}/movie/49`);
    await textAt(`${url}/movie/0`);
    expect(rendered.length).toBe(51);
  });

  it('are sent compressed, with policy, language and a tag that spares sending them again', async () => {
    const { url } = await serve();
    const answer = await fetch(`${url}/movie/1?lang=de`, { headers: HTML });
    expect(answer.headers.get('content-encoding')).toBe('br');
    expect(answer.headers.get('content-language')).toBe('de');
    expect(answer.headers.get('vary')).toBe('Accept-Language, Cookie');
    expect(answer.headers.get('content-security-policy')).toBe('style-src sha256-a');
    expect(await answer.text()).toMatch(/^de \/movie\/1/);
    const etag = answer.headers.get('etag') ?? '';
    const again = await fetch(`${url}/movie/1?lang=de`, { headers: { ...HTML, 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const head = await fetch(`${url}/nowhere`, { method: 'HEAD', headers: HTML });
    expect([head.status, await head.text()]).toEqual([404, '']);
    const plain = await fetch(`${url}/movie/1`, { headers: { ...HTML, 'accept-encoding': 'br;q=0' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
  });

  it('leave it to the browser where they fail, take too long, or cannot be asked for', async () => {
    const failing = await serve({ render: () => Promise.reject(new Error('broken')) });
    expect(await textAt(failing.url)).toBe('browser');
    const slow = await serve({ render: () => new Promise(() => undefined), patienceMs: 20 });
    expect(await textAt(slow.url)).toBe('browser');
    const { url, rendered } = await serve();
    expect(await textAt(`${url}/search?q=${'x'.repeat(2_000)}`)).toBe('browser');
    expect(await textAt(`${url}//elsewhere.test/`)).toBe('browser');
    expect(await textAt(`${url}/nowhere`, { accept: '*/*' })).toBe('browser');
    expect(await textAt(`${url}/movie/1`, { accept: 'application/json' })).toBe('browser');
    expect(rendered).toEqual(['en /nowhere']);
  });

  it('ask the API on behalf of whoever wants them, who pays for it', async () => {
    const { url } = await serve({
      async render(request, execute) {
        return { ...pageOf(request), status: 200, etag: `W/"${await execute('{"query":"{a}"}')}"` };
      },
    });
    const answer = await fetch(url, { headers: HTML });
    expect(answer.headers.get('etag')).toBe('W/"{"query":"{a}"} for a"');
  });
});

describe('files for crawlers', () => {
  const files = createCrawlerFiles({
    facts: () => FACTS,
    catalogue: () => ({
      movieIds: Int32Array.from({ length: 10_001 }, (_, index) => index + 1),
      genres: ['Sci-Fi', 'R&B'],
    }),
    publicUrl: 'https://films.example/',
  });

  async function fileAt(path: string): Promise<string | null> {
    const server = createServer((req, res) => {
      if (!files(req, res)) res.writeHead(404).end();
    });
    const answer = await fetch((await listen(server)) + path);
    return answer.ok ? answer.text() : null;
  }

  it('name every page, movie and genre, in files of a bounded size', async () => {
    expect(await fileAt('/robots.txt')).toContain('Sitemap: https://films.example/sitemap.xml');
    const index = (await fileAt('/sitemap.xml')) ?? '';
    expect([...index.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, file]) => file)).toEqual([
      'https://films.example/sitemap-pages.xml',
      'https://films.example/sitemap-films-1.xml',
      'https://films.example/sitemap-films-2.xml',
    ]);
    expect(await fileAt('/sitemap-pages.xml')).toContain('<loc>https://films.example/collection/R%26B</loc>');
    expect((await fileAt('/sitemap-films-1.xml'))?.match(/<url>/g)).toHaveLength(10_000);
    expect((await fileAt('/sitemap-films-2.xml'))?.match(/<url>/g)).toHaveLength(1);
    for (const path of ['/sitemap-films-0.xml', '/sitemap-films-3.xml', '/sitemap-films-x.xml'])
      expect(await fileAt(path)).toBeNull();
  });
});
