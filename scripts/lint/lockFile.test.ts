import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { satisfies } from 'semver';
import { ROOT } from '../lib/processes.ts';

interface LockedPackage {
  version?: string;
  link?: boolean;
  optional?: boolean;
  resolved?: string;
  integrity?: string;
  engines?: { node?: string };
  deprecated?: string;
  hasInstallScript?: boolean;
}

const read = async (file: string) => JSON.parse(await readFile(join(ROOT, file), 'utf8')) as unknown;

const { packages } = (await read('package-lock.json')) as { packages: Record<string, LockedPackage> };
const installed = Object.entries(packages).filter(
  ([path, { link }]) => path.includes('node_modules/') && link !== true,
);
const namesWhere = (matches: (locked: LockedPackage) => boolean) =>
  installed.filter(([, locked]) => matches(locked)).map(([path, { version }]) => `${path}@${version}`);

describe('the lock file', () => {
  it('has the digest of every package and names no host: any registry may serve it', () => {
    expect(installed.length).toBeGreaterThan(500);
    expect(
      namesWhere(({ integrity, resolved }) => integrity === undefined || resolved !== undefined),
    ).toEqual([]);
  });

  it('has nothing that npm warns of: every package runs on the Node.js that is supported, and none is deprecated', () => {
    // An optional package that does not is left out without a word.
    const refuses = (node: string) => (locked: LockedPackage) =>
      locked.optional !== true && !satisfies(node, locked.engines?.node ?? '*');
    for (const node of ['20.19.0', '22.13.0', '24.11.0']) expect(namesWhere(refuses(node))).toEqual([]);
    expect(namesWhere(({ deprecated }) => deprecated !== undefined)).toEqual([]);
  });

  it('has no package whose installation script nobody decided on', async () => {
    const { allowScripts } = (await read('package.json')) as { allowScripts: Record<string, boolean> };
    const names = installed
      .filter(([, { hasInstallScript }]) => hasInstallScript === true)
      .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
    expect([...new Set(names)].sort()).toEqual(Object.keys(allowScripts).sort());
  });
});
