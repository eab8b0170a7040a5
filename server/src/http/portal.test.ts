import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { createPortal } from './portal.ts';

it('has pages rendered of names that end as files do', async () => {
  const paths = [
    '/tag/St.Patrick',
    '/tag/vol.2',
    '/collection/Sci.Fi',
    '/movie/1.5',
    '/user/1.5',
    '/person/a.b',
  ];
  expect(await renderedOf([...paths, '/tag/a/b.js', '/vol.2', '/assets/tag.js'])).toEqual(paths);
});

it('has no page rendered whose address cannot be read', async () => {
  const paths = ['/movie/1', '/%ff1', '/%', '//elsewhere.test', '//elsewhere', '/caf%C3%A9'];
  expect(await renderedOf(paths)).toEqual(['/movie/1', '/caf%C3%A9']);
  expect(await renderedOf(['/%ff1', '//elsewhere'], '*/*')).toEqual([]);
});

/** Asks for paths, and returns those of which a page was rendered. */
async function renderedOf(paths: readonly string[], accept = 'text/html,*/*'): Promise<unknown[]> {
  const rendered: (string | undefined)[] = [];
  const portal = createPortal('/nowhere', {
    pages: {
      answer(req, res) {
        rendered.push(req.url);
        res.end('a page');
        return Promise.resolve(true);
      },
    },
  });
  const server = createServer(
    (req, res) => void portal.page(req, res, { requestId: 'r', address: 'a' }),
  ).listen(0, '127.0.0.1');
  try {
    await once(server, 'listening');
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    for (const path of paths) await (await fetch(origin + path, { headers: { accept } })).text();
    return rendered;
  } finally {
    server.close();
  }
}
