import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';

/** Runs a script with the two functions in a process of its own: a test's environment is a copy, which `tmpdir` does not read. */
function run(script: string, folder: string): string {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { mkdtempSync, writeFileSync } from 'node:fs';
       import { tmpdir } from 'node:os';
       import { join } from 'node:path';
       import makeTemporaryFolder, { removeTemporaryFolder } from './temporaryFolder.js';
       ${script}`,
    ],
    { cwd: import.meta.dirname, encoding: 'utf8', env: { ...process.env, TMPDIR: folder } },
  );
  expect(stderr).toBe('');
  return stdout;
}

it('tests write into a folder that is their own', () => {
  expect(tmpdir()).toMatch(/pocketrocket-tests-\w+$/);
});

it('a run leaves nothing of its tests behind', () => {
  const folder = mkdtempSync(join(tmpdir(), 'runs-'));
  const written = run(
    `makeTemporaryFolder();
     const file = join(mkdtempSync(join(tmpdir(), 'home-')), 'file');
     writeFileSync(file, 'left');
     process.stdout.write(file);
     removeTemporaryFolder();`,
    folder,
  );
  expect(written).toMatch(/runs-\w+\/pocketrocket-tests-\w+\/home-\w+\/file$/);
  expect(readdirSync(folder)).toEqual([]);
});

it('no other folder is ever removed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'home-'));
  run('removeTemporaryFolder();', folder);
  expect(existsSync(folder)).toBe(true);
});
