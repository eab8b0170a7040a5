import { afterEach, expect, it } from '@jest/globals';
import { entryOf } from './entryOf.ts';

const { env } = process;
afterEach(() => {
  process.env = env;
});

it('is what is built under CI or where that is asked for, and the source elsewhere', () => {
  const source = '/usr/src/films/server/src/modelServer/cli.ts';
  for (const name of ['CI', 'TEST_BUILT']) {
    process.env = { [name]: 'true' };
    expect(entryOf(source)).toBe('/usr/src/films/server/dist/modelServer/cli.js');
  }
  process.env = {};
  expect(entryOf(source)).toBe(source);
});
