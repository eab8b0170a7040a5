import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ROOT, tool } from './processes.ts';

const MODULES = {
  'package.json': '{ "type": "module" }',
  'main.js':
    "import { whereabouts } from './deep/down/whereabouts.js';\nconsole.log(whereabouts(), process.argv[2]);\n",
  'threads/tickMain.js':
    "import { Tick } from '../deep/tick.js';\nconsole.log(new Tick().constructor.name);\n",
  'deep/tick.js': 'class Tock {}\nexport class Tick extends Tock {}\n',
  'deep/down/whereabouts.js':
    "import { readFileSync } from 'node:fs';\nexport const whereabouts = () => readFileSync(new URL('beside.txt', import.meta.url), 'utf8');\n",
  'deep/down/beside.txt': 'beside',
  'other.js': "export const notStarted = 'by nobody';\n",
};

let dist: string;
beforeAll(() => {
  dist = mkdtempSync(join(tmpdir(), 'pocketrocket-bundle-'));
  write('bundle/former.js', '// of a build before\n');
  write('bundle/long-ago.js', '// of one that nothing runs any more\n');
  const longAgo = new Date(Date.now() - 2 * 24 * 60 * 60 * 1_000);
  utimesSync(join(dist, 'bundle/long-ago.js'), longAgo, longAgo);
  for (const [file, code] of Object.entries(MODULES)) write(file, code);
  // Rolldown knows no array of Jest's sandbox.
  const { command } = tool('tsx');
  const bundleIt = `import { bundle } from './scripts/lib/bundle.ts'; await bundle(${JSON.stringify(dist)});`;
  execFileSync(command, ['--input-type=module', '--eval', bundleIt], { cwd: ROOT, stdio: 'inherit' });
});
afterAll(() => rmSync(dist, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(dist, file)), { recursive: true });
  writeFileSync(join(dist, file), text);
}

const run = (file: string) =>
  execFileSync(process.execPath, [join(dist, file), 'argument'], { encoding: 'utf8' }).trim();

it('runs what a process starts with by its old name, beside the files that its modules read', () => {
  expect(readFileSync(join(dist, 'main.js'), 'utf8')).toBe("import './bundle/main.js';\n");
  rmSync(join(dist, 'deep/down/whereabouts.js'));
  expect(run('main.js')).toBe('beside argument');
});

it('runs what a thread starts with, its classes called as they are', () => {
  expect(readFileSync(join(dist, 'threads/tickMain.js'), 'utf8')).toBe(
    "import './../bundle/threads-tickMain.js';\n",
  );
  expect(run('threads/tickMain.js')).toBe('Tick');
});

it('leaves alone what nothing starts with, and for a day the files of the build before', () => {
  expect(readFileSync(join(dist, 'other.js'), 'utf8')).toBe(MODULES['other.js']);
  const bundled = readdirSync(join(dist, 'bundle'));
  expect(bundled).toContain('former.js');
  expect(bundled).not.toContain('long-ago.js');
  expect(bundled).not.toContain('other.js');
});
