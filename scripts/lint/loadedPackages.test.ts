import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import { ROOT } from '../lib/processes.ts';

/** The value imports and re-exports of a source, which are loaded with it; `import()` is not. */
const LOADED = /^(?:import|export)\s+(?!type\s)(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm;
const OWN = '@pocketrocket/';

/** The packages of others that a source loads, and the sources of ours that it loads. */
function packagesLoadedBy(entry: string): Set<string> {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(LOADED)) {
      if (name.startsWith('.')) visit(resolve(dirname(file), name));
      else if (name.startsWith(OWN)) visit(sourceOf(name));
      else packages.add(name);
    }
  };
  visit(join(ROOT, entry));
  return packages;
}

/** The source behind an entry of one of our workspaces. */
function sourceOf(name: string): string {
  const [workspace = '', ...rest] = name.slice(OWN.length).split('/');
  const { exports } = JSON.parse(readFileSync(join(ROOT, workspace, 'package.json'), 'utf8')) as {
    exports: Record<string, Record<string, string>>;
  };
  const source = exports[['.', ...rest].join('/')]?.['@pocketrocket/source'];
  if (source === undefined) throw new Error(`${name} has no source`);
  return join(ROOT, workspace, source);
}

it('an API thread holds no package of a service that the settings do not name', () => {
  const packages = packagesLoadedBy('server/src/threadMain.ts');
  expect([...packages]).toEqual(expect.arrayContaining(['typeorm', 'graphql', 'type-graphql', 'lru-cache']));
  for (const name of ['redis', 'undici', 'nodemailer'])
    expect([name, packages.has(name)]).toEqual([name, false]);
});

it('threads that end with one piece of work load little', () => {
  expect([...packagesLoadedBy('server/src/indexingMain.ts')]).not.toContain('typeorm');
  expect([...packagesLoadedBy('server/src/preparationMain.ts')]).not.toContain('typeorm');
});

it('the thread that takes connections starts without the database and GraphQL, which others need', () => {
  const front = packagesLoadedBy('server/src/server.ts');
  expect([...front]).toEqual(expect.arrayContaining(['ws', 'zod', 'jose', 'pino']));
  const named = (name: string) => (loaded: string) => loaded === name || loaded.startsWith(`${name}/`);
  for (const name of ['typeorm', 'mysql2', 'graphql', '@apollo/server', 'type-graphql', 'graphql-ws'])
    expect([...front].filter(named(name))).toEqual([]);
  const api = [...packagesLoadedBy('server/src/threadMain.ts')];
  expect(api).toEqual(expect.arrayContaining(['typeorm', 'graphql', '@apollo/server']));
  expect(api.filter(named('mysql2'))).toEqual([]);
});
