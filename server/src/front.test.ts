import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';

const require = createRequire(import.meta.url);
/** An import or export of another module that is more than types. */
const IMPORTS = /^(?:import|export)\s+(?!type\b)(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm;

/** The source of a module of this repository; null for one of others. */
function sourceOf(specifier: string, importer: string): string | null {
  if (specifier.startsWith('.')) return resolve(dirname(importer), specifier);
  const [, workspace, rest = ''] = /^@pocketrocket\/(\w+)(\/.*)?$/.exec(specifier) ?? [];
  if (workspace === undefined) return null;
  const folder = fileURLToPath(new URL(`../../${workspace}`, import.meta.url));
  const { exports } = require(`${folder}/package.json`) as {
    exports: Record<string, { '@pocketrocket/source': string }>;
  };
  return resolve(folder, exports[`.${rest}`]?.['@pocketrocket/source'] ?? '');
}

/** Packages by name that a module loads at its start, itself or by others, each with the module that imports it. */
function loadedBy(entry: string): Map<string, string> {
  const packages = new Map<string, string>();
  const seen = new Set<string>();
  const queue = [entry];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(IMPORTS)) {
      const source = sourceOf(specifier, file);
      if (source !== null) queue.push(source);
      else packages.set(/^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier, file);
    }
  }
  return packages;
}

it('the thread that takes connections starts without the database and GraphQL, which others need', () => {
  const front = loadedBy(fileURLToPath(new URL('server.ts', import.meta.url)));
  expect([...front.keys()]).toEqual(expect.arrayContaining(['ws', 'zod', 'jose', 'pino']));
  const needless = ['typeorm', 'mysql2', 'graphql', '@apollo/server', 'type-graphql', 'graphql-ws'];
  expect(needless.map((name) => front.get(name)).filter((importer) => importer !== undefined)).toEqual([]);
  const api = loadedBy(fileURLToPath(new URL('threadMain.ts', import.meta.url)));
  expect([...api.keys()]).toEqual(expect.arrayContaining(['typeorm', 'graphql', '@apollo/server']));
  expect(api.get('mysql2')).toBeUndefined();
});
