import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import { readBesideImports } from './besideImports.ts';
import type { SeedReport } from './importDataset.ts';
import { temporaryFolder } from './test/files.ts';

const HELD = { identity: 'sha256:held' } as SeedReport;

/** Another process that imports into a home until it is told to end. */
async function otherImport(home: string) {
  const databaseUrl = `sqlite:${join(home, 'pocketrocket.sqlite')}`;
  const config = { home, databaseUrl, modelDir: join(home, 'models') };
  const script = `
    import { claimHome } from '@pocketrocket/schema/database';
    const release = claimHome(${JSON.stringify(config)}, { purpose: 'import' });
    process.stdout.write('claimed');
    process.stdin.on('end', release).resume();`;
  const child = spawn(
    process.execPath,
    ['--import=tsx', '--conditions=@pocketrocket/source', '--input-type=module', '--eval', script],
    {
      cwd: resolve(import.meta.dirname, '..'),
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, TSX_TSCONFIG_PATH: '../tsconfig.base.json' },
    },
  );
  await once(child.stdout, 'data');
  return {
    config,
    end: async () => {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}

it('an import expects what it found, also beside one that goes on', async () => {
  const home = temporaryFolder();
  const { config, end } = await otherImport(home);
  const read = async () => ({ held: HELD });
  expect(await readBesideImports(config, read)).toEqual({ held: HELD, expected: 'sha256:held' });
  await end();
  expect(await readBesideImports(config, read)).toEqual({ held: HELD, expected: 'sha256:held' });
  expect(await readBesideImports(config, async () => ({ held: null }))).toEqual({
    held: null,
    expected: null,
  });
});

it('an import that had to wait for another takes nothing for what was there when it was asked for', async () => {
  const { config, end } = await otherImport(temporaryFolder());
  const found = await readBesideImports(config, async () => {
    await end();
    return { held: HELD };
  });
  expect(found.expected).not.toBe(HELD.identity);
});
