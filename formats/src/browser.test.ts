import { expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';

const ROOT = join(import.meta.dirname, '../..');

/** Everything in one script, as a browser's bundler makes it; a built-in module of Node.js fails the build. */
function bundle(): string {
  const options = {
    entryPoints: ['formats/src/index.ts'],
    bundle: true,
    format: 'iife',
    globalName: 'formats',
    platform: 'browser',
    write: false,
  };
  // In a process of its own: esbuild refuses Jest's globals.
  const build = `process.stdout.write(require('esbuild').buildSync(${JSON.stringify(options)}).outputFiles[0].text)`;
  return execFileSync(process.execPath, ['-e', build], { cwd: ROOT, encoding: 'utf8' });
}

it('reads files where there is neither Node.js nor its Buffer', async () => {
  // The language itself, and of a browser's own only what decodes and encodes text.
  const browser = createContext({ TextDecoder, TextEncoder });
  runInContext(bundle(), browser);
  const script = `(async () => {
    const bytes = (text) => Uint8Array.from(text, (character) => character.charCodeAt(0));
    async function* chunks(...texts) { for (const text of texts) yield bytes(text); }
    const { csv, csvRatings, RatingChecker, readRatingBlocks, readRows } = formats;
    const checker = new RatingChecker({ scale: null, timeUnit: null });
    const movies = [];
    for await (const batch of readRows(csv.movies, 'movies.csv', chunks('movieId,title,genres\\n1,"American ', 'President, The (1995)",Comedy|Drama'))) movies.push(...batch);
    const blocks = [];
    for await (const block of readRatingBlocks(csvRatings, 'ratings.csv', chunks('userId,movieId,rating,timestamp\\r\\n7,1,4.5,', '100\\r\\n8,1,0.5,'), checker))
      blocks.push([block.length, block.userIds[0], block.halfStars[1], block.lines[1], block.ratedAtSeconds[1]]);
    return JSON.stringify({ movies, blocks });
  })()`;
  const read: unknown = JSON.parse(await (runInContext(script, browser) as Promise<string>));
  expect(read).toEqual({
    movies: [
      {
        line: 2,
        row: {
          movieId: '1',
          title: 'American President, The (1995)',
          releaseYear: null,
          genres: 'Comedy|Drama',
        },
      },
    ],
    blocks: [[2, 7, 1, 3, -1]],
  });
}, 60_000);
