import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { PLAIN_CSV, silent } from '../test/datasets.ts';
import { temporaryFolder, zipOf } from '../test/files.ts';
import { openSource } from './index.ts';

const NAME = 'ml-latest-small';
const README = 'It contains 4 ratings and 0 tag applications across 3 movies. Created by 2 users.';
const inFolder = (files: Record<string, string>) =>
  zipOf(Object.fromEntries(Object.entries(files).map(([name, text]) => [`${NAME}/${name}`, text])));
const ZIP = inFolder({ ...PLAIN_CSV, 'README.txt': README });
const MD5 = createHash('md5').update(ZIP).digest('hex');

let server: Server;
let asked: string[];
let answers: Record<string, (response: ServerResponse) => void>;
let movielensUrl: string;

beforeEach(async () => {
  asked = [];
  answers = {};
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const answer = answers[request.url ?? ''];
    if (answer) answer(response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  movielensUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/movielens`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function serve(zip: Buffer, md5?: string): void {
  answers[`/movielens/${NAME}.zip`] = (response) =>
    response.writeHead(200, { 'content-length': zip.length }).end(zip);
  if (md5 !== undefined) answers[`/movielens/${NAME}.zip.md5`] = (response) => response.end(md5);
}

async function fetchNamed(folder = join(temporaryFolder(), 'downloads')) {
  const said: string[] = [];
  const deps = { movielensUrl, folder, progress: silent, say: (line: string) => void said.push(line) };
  const outcome = await openSource(deps, NAME).then(
    (source) => {
      source.close();
      return source.rows.name;
    },
    (error: unknown) => error,
  );
  return { outcome, said, folder, kept: existsSync(folder) ? readdirSync(folder) : [] };
}

describe('a data set fetched by name', () => {
  it.each([`MD5 (${NAME}.zip) = ${MD5}\n`, `${MD5}  ${NAME}.zip\n`, MD5.toUpperCase()])(
    'is checked against the published checksum: %s',
    async (md5) => {
      serve(ZIP, md5);
      const { outcome, kept, folder } = await fetchNamed();
      expect(outcome).toBe(NAME);
      expect(kept).toEqual([`${NAME}.zip`]);
      expect(readFileSync(join(folder, `${NAME}.zip`)).equals(ZIP)).toBe(true);
    },
  );

  it('states its licence before anything is asked for', async () => {
    const { said } = await fetchNamed();
    expect(said[0]).toMatch(/GroupLens, University of Minnesota; research use; may be passed on/);
    expect(said[1]).toContain(`${movielensUrl}/${NAME}-README.html`);
    expect(said[2]).toMatch(/^downloading http/);
  });

  it('is fetched once', async () => {
    serve(ZIP, MD5);
    const { folder } = await fetchNamed();
    asked = [];
    const again = await fetchNamed(folder);
    expect(again.outcome).toBe(NAME);
    expect(asked).toEqual([]);
    expect(again.said.join()).toContain('using the downloaded');
  });

  it('is refused when its checksum is another, and nothing is kept', async () => {
    serve(
      ZIP,
      MD5.replace(/./, (digit) => (digit === '0' ? '1' : '0')),
    );
    const { outcome, kept } = await fetchNamed();
    expect(outcome).toMatchObject({ code: 'BAD_DATA', message: expect.stringContaining(MD5) });
    expect(kept).toEqual([]);
  });

  it('is refused when the connection breaks off, and nothing is kept', async () => {
    serve(ZIP, MD5);
    answers[`/movielens/${NAME}.zip`] = (response) => {
      response.writeHead(200, { 'content-length': ZIP.length });
      response.write(ZIP.subarray(0, 200), () => response.destroy());
    };
    const { outcome, kept } = await fetchNamed();
    expect(outcome).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      message: expect.stringMatching(/was lost after \d+ bytes/),
    });
    expect(kept).toEqual([]);
  });

  it('says what to do where the server does not have it', async () => {
    const { outcome } = await fetchNamed();
    expect(outcome).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      message: expect.stringMatching(
        /it answers 404.*npm run seed -- path\/to\/ml-latest-small\.zip.*sample/s,
      ),
    });
  });

  it('says what to do where there is no network', async () => {
    await new Promise((closed) => server.close(closed));
    const { outcome } = await fetchNamed();
    expect(outcome).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      message: expect.stringMatching(/ECONNREFUSED.*give its path/s),
    });
  });

  it('does not take an error page for a checksum', async () => {
    serve(ZIP, '<html>please log in</html>');
    expect((await fetchNamed()).outcome).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      message: expect.stringContaining('not an MD5 sum'),
    });
  });
});

describe('a data set without a published checksum', () => {
  it('is checked by its own checksums and the counts in its README', async () => {
    serve(ZIP);
    expect(await fetchNamed()).toMatchObject({ outcome: NAME, kept: [`${NAME}.zip`] });
  });

  it.each([
    ['a row is missing', { 'ratings.csv': PLAIN_CSV['ratings.csv'].replace(/1,10.*\n/, '') }, /3 of 4 rows/],
    ['the README states no counts', { 'README.txt': 'Hello.' }, /states no counts/],
  ])('is refused when %s', async (_, files, message) => {
    serve(inFolder({ ...PLAIN_CSV, 'README.txt': README, ...files }));
    const { outcome, kept } = await fetchNamed();
    expect(outcome).toMatchObject({ code: 'BAD_DATA', message: expect.stringMatching(message) });
    expect(kept).toEqual([]);
  });

  it('is refused when a file of it is damaged', async () => {
    const zip = Buffer.from(ZIP);
    const at = zip.indexOf('PK\x01\x02') + 16;
    zip[at] = (zip[at] ?? 0) ^ 1;
    serve(zip);
    const { outcome, kept } = await fetchNamed();
    expect(outcome).toMatchObject({ code: 'BAD_DATA', message: expect.stringContaining('damaged') });
    expect(kept).toEqual([]);
  });
});
