import { describe, expect, it } from '@jest/globals';
import { createAnswerWriter } from './boundedAnswer.ts';

const write = (maxBytes: number, data: unknown) =>
  Promise.resolve(createAnswerWriter(maxBytes)({ data: data as Record<string, unknown> }));

const nodes = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    title: `Film "${at}" – é`,
    year: at,
    none: null,
    is: at % 2 === 0,
  }));

describe('the writer of answers', () => {
  it.each([
    ['nothing', {}],
    ['a short answer', { movie: { title: 'Up', genres: [], left: undefined } }],
    ['a long list', { movies: nodes(5_000) }],
    [
      'lists in lists',
      { users: Array.from({ length: 40 }, () => ({ ratings: nodes(200), text: 'x'.repeat(70_000) })) },
    ],
    ['numbers that JSON lacks', { list: [...nodes(3_000), Number.NaN, undefined, new Date(0)] }],
  ])('writes %s as JSON does', async (_name, data) => {
    expect(await write(50_000_000, data)).toBe(JSON.stringify({ data }));
  });

  it('keeps names that objects have by themselves', async () => {
    const data = Object.assign(Object.create(null) as object, { movies: nodes(5_000) });
    Object.defineProperty(data, '__proto__', { value: 'title', enumerable: true });
    expect(await write(50_000_000, data)).toBe(JSON.stringify({ data }));
  });

  it('stops at the bound, and says what to ask for', async () => {
    const answer = JSON.parse(await write(100_000, { movies: nodes(10_000) })) as {
      data: null;
      errors: { message: string; extensions: { code: string } }[];
    };
    expect(answer.data).toBeNull();
    expect(answer.errors).toEqual([
      {
        message: expect.stringContaining('larger than 100 kB: ask for fewer entries') as unknown as string,
        extensions: { code: 'ANSWER_TOO_LARGE' },
      },
    ]);
  });

  it('counts bytes, not characters', async () => {
    const text = 'ö'.repeat(80_000);
    expect(await write(100_000, { text })).toContain('ANSWER_TOO_LARGE');
    expect(await write(200_000, { text })).toContain(text);
  });

  it('does not hold what would be hundreds of megabytes', async () => {
    const name = 'a'.repeat(100_000);
    const shared = { [name]: 'title' };
    const before = process.memoryUsage().heapUsed;
    const written = await write(8_000_000, { movies: Array.from({ length: 2_500 }, () => shared) });
    expect(written).toContain('ANSWER_TOO_LARGE');
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100_000_000);
  });

  it('lets the event loop turn while it writes for long', async () => {
    let turns = 0;
    const count = () => {
      turns++;
      timer = setImmediate(count);
    };
    let timer = setImmediate(count);
    await write(100_000_000, { movies: nodes(200_000) });
    clearImmediate(timer);
    expect(turns).toBeGreaterThan(2);
  });
});
