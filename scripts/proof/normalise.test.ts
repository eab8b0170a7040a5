import { describe, expect, it } from '@jest/globals';
import { normalise, readOutput } from './normalise.ts';

const circumstances = {
  folders: { '<tmp>': '/tmp/proof-x', '<checkout>': '/tmp/proof-x/checkout' },
  since: new Date('2026-01-31T10:20:30.400Z'),
};
const normal = (text: string) => normalise(text, circumstances);

describe('normalise', () => {
  it.each([
    ['folders, the longest first', '/tmp/proof-x/checkout/a /tmp/proof-x/b', '<checkout>/a <tmp>/b'],
    ['instants of the recording', '"2026-01-31T10:20:31.000Z"', '"<instant>"'],
    ['instants to the minute', '2026-01-31 10:20  full', '<instant>  full'],
    ['its day', 'seed 42, Jan 31, 2026', 'seed 42, <day>'],
    ['random folders', '/tmp/proof-x/tmp/a-b-Xy12_z/csv', '<tmp>/tmp/a-b-<random>/csv'],
    ['durations in JSON', '{"seconds":12.5,"x":1}', '{"seconds":"<duration>","x":1}'],
    ['durations in words', '20 users, seed 42, 12.5 s', '20 users, seed 42, <duration> s'],
    ['ports', 'http://127.0.0.1:40123/graphql', 'http://127.0.0.1:<port>/graphql'],
    ['free space', 'can be written, 12.3 GB free', 'can be written, <free> GB free'],
    ['stacks', 'Error: no\n    at a (b.js:1:2)\n    at c\nend', 'Error: no <stack>\nend'],
    ['stacks in JSON', '"no\\n    at a (b.js:1:2)\\n    at c"', '"no <stack>"'],
    ['process ids', '{"pid":12}', '{"pid":"<pid>"}'],
    ['the size of a backup', '{"file":"/a/b.backup","bytes":12}', '{"file":"/a/b.backup","bytes":"<bytes>"}'],
    ['its size in words', '/a/b.backup: small, 12 rows; 1.2 MB', '/a/b.backup: small, 12 rows; <bytes> MB'],
    ['fingerprints', `"fingerprint": "${'0a'.repeat(32)}"`, '"fingerprint": "<fingerprint>"'],
    ['tokens', 'Bearer eyJhbGciOi.eyJzdWIi.c2ln-_', 'Bearer <token>'],
  ])('replaces %s', (_, text, expected) => {
    expect(normal(text)).toBe(expected);
  });

  it.each([
    ['instants of the data', '"ratedAt":"2017-07-14T04:47:40.000Z"'],
    ['days of the data', 'Jul 14, 2017'],
    ['checksums and sizes', `{"bytes":12,"sha256":"${'0a'.repeat(32)}"}`],
    ['default ports', 'such as redis://127.0.0.1:6379'],
    ['numbers', '0.5863103506504516 [1.5, 2.5]'],
    ['other cursors', Buffer.from('["A title that is long enough",12345]').toString('base64url')],
  ])('keeps %s', (_, text) => {
    expect(normal(text)).toBe(text);
  });

  it("leaves a list's key out of its cursors, and keeps question and place", () => {
    const cursor = (list: string, place: number) =>
      Buffer.from(JSON.stringify(['0123456789abcdef', list, place])).toString('base64url');
    expect(normal(cursor('AAAAAAAAAAAAAAAA', 19))).toBe('cursor 0123456789abcdef <list> 19');
    expect(normal(cursor('BBBBBBBBBBBBBBBB', 19))).toBe(normal(cursor('AAAAAAAAAAAAAAAA', 19)));
  });
});

describe('readOutput', () => {
  it('reads lines that are JSON, and keeps others', () => {
    expect(readOutput('plain\n{"a":[1]}\n{no json\n', circumstances)).toEqual([
      'plain',
      { a: [1] },
      '{no json',
    ]);
    expect(readOutput('', circumstances)).toEqual([]);
  });

  it('leaves out progress in words', () => {
    const text = 'restoring 45% (449K bytes/s, 3 s left)\nreading (1.2 rows/s) half\n12 rows (all)\n';
    expect(readOutput(text, circumstances)).toEqual(['12 rows (all)']);
  });

  it('keeps each stage of progress once', () => {
    const line = (stage: string, done: number) =>
      JSON.stringify({ progress: { stage, done, total: 9, unit: 'rows', secondsLeft: 1.5 } });
    expect(readOutput([line('a', 1), line('a', 9), line('b', 9)].join('\n'), circumstances)).toEqual([
      'progress: a, rows',
      'progress: b, rows',
    ]);
  });
});
