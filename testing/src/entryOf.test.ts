import { afterEach, expect, it } from '@jest/globals';
import { entryOf } from './entryOf.ts';

const { CI } = process.env;
afterEach(() => {
  if (CI === undefined) delete process.env['CI'];
  else process.env['CI'] = CI;
});

it('is what is built under CI, and the source elsewhere', () => {
  const source = '/usr/src/films/server/src/modelServer/cli.ts';
  process.env['CI'] = 'true';
  expect(entryOf(source)).toBe('/usr/src/films/server/dist/modelServer/cli.js');
  delete process.env['CI'];
  expect(entryOf(source)).toBe(source);
});
