import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createFiles } from './files.ts';

const SCRIPT = 'start();'.repeat(100);
const caching = 'no-cache';

describe('the files of a build', () => {
  let folder: string;
  let server: Server;
  let failures: unknown[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'files-'));
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'main.js'), SCRIPT);
    await writeFile(join(folder, 'main.js.br'), brotliCompressSync(SCRIPT));
    await writeFile(join(folder, 'plain.css'), 'p {}');
    await writeFile(join(folder, 'icon.png'), 'a picture');
    const files = createFiles(folder);
    failures = [];
    server = createServer((req, res) => {
      files(req, res, { path: req.url ?? '', caching })
        .then((isSent) => isSent || res.writeHead(404).end())
        .catch((error: unknown) => {
          failures.push(error);
          res.destroy();
        });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
    expect(failures).toEqual([]);
  });

  async function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
    const { port } = server.address() as AddressInfo;
    const asked = request({ host: '127.0.0.1', port, path, headers, method, agent: false }).end();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: Buffer.concat(await answer.toArray()),
    };
  }

  it('are sent compressed to whoever takes that, with their own type', async () => {
    const compressed = await get('/main.js', { 'accept-encoding': 'gzip, br' });
    expect(compressed.headers).toMatchObject({
      'content-encoding': 'br',
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-cache',
    });
    expect(String(brotliDecompressSync(compressed.body))).toBe(SCRIPT);
    const plain = await get('/main.js', { 'accept-encoding': 'br;q=0' });
    expect([plain.headers['content-encoding'], String(plain.body)]).toEqual([undefined, SCRIPT]);
    const without = await get('/plain.css', { 'accept-encoding': 'br' });
    expect([without.status, without.headers['content-encoding'], String(without.body)]).toEqual([
      200,
      undefined,
      'p {}',
    ]);
    expect((await get('/icon.png')).headers['content-type']).toBe('image/png');
  });

  it('are the same until they change, and their parts can be asked for', async () => {
    const { headers } = await get('/main.js');
    expect((await get('/main.js', { 'if-none-match': headers.etag ?? '' })).status).toBe(304);
    const part = await get('/plain.css', { range: 'bytes=0-1' });
    expect([part.status, String(part.body)]).toEqual([206, 'p ']);
    const beyond = await get('/plain.css', { range: 'bytes=90-99' });
    expect([beyond.status, beyond.headers['content-range']]).toEqual([416, 'bytes */4']);
    const head = await get('/plain.css', {}, 'HEAD');
    expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, '4', 0]);
  });

  it('may go and come under a server that runs', async () => {
    // Found when it is looked at, gone when it is opened.
    await symlink(join(folder, 'main.js'), join(folder, 'assets/swapped.js'));
    await Promise.all(
      Array.from({ length: 200 }, async (_, at) => {
        if (at === 40) await rm(folder, { recursive: true });
        const { status, body } = await get(at % 2 === 0 ? '/assets/swapped.js' : '/main.js');
        if (status === 200) expect(String(body)).toBe(SCRIPT);
        else expect([status, String(body)]).toEqual([404, '']);
      }),
    );
    expect((await get('/main.js', { 'accept-encoding': 'br' })).status).toBe(404);
    await mkdir(folder);
    await writeFile(join(folder, 'main.js'), 'another();');
    const again = await get('/main.js', { 'accept-encoding': 'br' });
    expect([again.status, String(again.body)]).toEqual([200, 'another();']);
  });

  it.each([
    '/',
    '/assets',
    '/assets/',
    '/../files.ts',
    '/.hidden',
    '/a\u0000b',
    '/%',
    `/${'a'.repeat(5_000)}`,
  ])('hold nothing else: %j', async (path) => {
    const { status, headers } = await get(encodeURI(path));
    expect([status, headers.etag]).toEqual([404, undefined]);
  });
});
