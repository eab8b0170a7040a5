import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { createPortal } from './portal.ts';

it('has no page rendered whose address cannot be read', async () => {
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
    for (const path of ['/movie/1', '/%ff1', '/%', '//elsewhere.test', '//elsewhere', '/caf%C3%A9'])
      await (await fetch(origin + path, { headers: { accept: 'text/html,*/*' } })).text();
    for (const path of ['/%ff1', '//elsewhere']) await (await fetch(origin + path)).text();
    expect(rendered).toEqual(['/movie/1', '/caf%C3%A9']);
  } finally {
    server.close();
  }
});
