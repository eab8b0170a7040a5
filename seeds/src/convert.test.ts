import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { convert } from './convert.ts';
import { openPath } from './sources/openPath.ts';
import { PLAIN_CSV, readPath, silent } from './test/datasets.ts';
import { temporaryFolder, writeFolder } from './test/files.ts';

async function run(path: string, out: string, strict = false) {
  const source = await openPath(path);
  return convert(source, out, { strict, progress: silent });
}

const newFolder = () => join(temporaryFolder(), 'deep', 'out');

describe('convert', () => {
  it('writes plain CSV in the order of the source, bad rows and duplicates left out', async () => {
    const out = newFolder();
    const ratings = `${PLAIN_CSV['ratings.csv']}2,20,1,5\n9,99,1,5\n0,30,2.0,0\n`;
    const { report, skipped } = await run(writeFolder({ ...PLAIN_CSV, 'ratings.csv': ratings }), out);
    expect(readFileSync(join(out, 'ratings.csv'), 'utf8')).toBe(`${PLAIN_CSV['ratings.csv']}0,30,2,0\n`);
    expect(readFileSync(join(out, 'movies.csv'), 'utf8')).toBe(PLAIN_CSV['movies.csv']);
    expect(readFileSync(join(out, 'links.csv'), 'utf8')).toBe(
      PLAIN_CSV['links.csv'].replace('0000123', '123'),
    );
    expect(report).toMatchObject({
      status: 'converted',
      ratings: 5,
      skipped: { unknownMovie: 1 },
      known: { ratedAgain: 1 },
    });
    expect(skipped).toContain('  ratings.csv:7 (99)');
    expect(skipped).toContain('  ratings.csv:6 (user 2, movie 20)');
  });

  it('writes what reads as the same data set', async () => {
    const [source, out] = [writeFolder(PLAIN_CSV), newFolder()];
    await run(source, out);
    const [before, after] = await Promise.all([readPath(source), readPath(out)]);
    expect(after.identity).toBe(before.identity);
  });

  it('keeps ids that are no plain numbers, so that they mean the same when they are read again', async () => {
    const files = {
      'movies.csv':
        'movieId,title,releaseYear,genres\n"a,""b""",One,2000,\ntt0000007,Seven,2001,\n7,Other,2002,\n',
      'ratings.csv': `userId,movieId,rating,timestamp\n12345678901,tt0000007,4,1\nzoe,"a,""b""",3,2\nann,7,5,3\n`,
      'links.csv': 'movieId,imdbId,tmdbId\ntt0000007,7,\n',
    };
    const [source, out] = [writeFolder(files), newFolder()];
    await run(source, out);
    for (const [name, content] of Object.entries(files))
      expect(readFileSync(join(out, name), 'utf8').split('\n').sort()).toEqual(content.split('\n').sort());
    const [before, after] = await Promise.all([readPath(source), readPath(out)]);
    expect(after.identity).toBe(before.identity);
  });

  it('leaves a folder alone that was written from the same source, and writes it anew from another', async () => {
    const [source, out] = [writeFolder(PLAIN_CSV), newFolder()];
    const first = await run(source, out);
    const { ino } = statSync(join(out, 'ratings.csv'));
    expect(await run(source, out)).toEqual({ report: { ...first.report, status: 'reused' }, skipped: [] });
    expect(statSync(join(out, 'ratings.csv')).ino).toBe(ino);

    writeFileSync(join(source, 'ratings.csv'), `${PLAIN_CSV['ratings.csv']}5,10,1,5\n`);
    expect((await run(source, out)).report).toMatchObject({ status: 'converted', ratings: 5 });
    expect(readFileSync(join(out, 'ratings.csv'), 'utf8')).toContain('5,10,1,5');
    expect(readdirSync(dirname(out))).toEqual(['out']);
  });

  it('does not touch a folder that holds something else', async () => {
    const out = writeFolder({ 'thesis.txt': 'years of work' });
    await expect(run(writeFolder(PLAIN_CSV), out)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(readdirSync(out)).toEqual(['thesis.txt']);
  });

  it('leaves nothing behind when it fails', async () => {
    const out = newFolder();
    const ratings = `${PLAIN_CSV['ratings.csv']}9,99,1,5\n`;
    await expect(run(writeFolder({ ...PLAIN_CSV, 'ratings.csv': ratings }), out, true)).rejects.toMatchObject(
      {
        code: 'BAD_DATA',
      },
    );
    expect(existsSync(dirname(out)) ? readdirSync(dirname(out)) : []).toEqual([]);
  });
});
