import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { AppError } from '@pocketrocket/runtime';
import { ROOT } from '../lib/processes.ts';
import { median } from './median.ts';

export interface InstallBenchOptions {
  /** Commit or branch to compare the last commit with. */
  against: string;
  rounds: number;
}

interface Tree {
  name: string;
  folder: string;
  /** Folders with a package.json. */
  workspaces: string[];
  seconds: number[];
}

/**
 * Times `npm ci` of the last commit and of another one, in turn, by the Node.js and npm on the path, once npm's cache has the packages of
 * both. Prints what npm warns of on the way.
 * @throws AppError BAD_USER_INPUT where an installation fails
 */
export function benchInstall({ against, rounds }: InstallBenchOptions): void {
  const root = mkdtempSync(join(tmpdir(), 'pocketrocket-install-'));
  try {
    const trees = [against, 'HEAD'].map((name) => layOut(name, join(root, name.replaceAll('/', '-'))));
    for (const tree of trees) say(`${tree.name}: ${install(tree).toFixed(1)} s, not counted`);
    for (let round = 1; round <= rounds; round++)
      for (const tree of round % 2 === 1 ? trees : trees.toReversed()) {
        const seconds = install(tree);
        tree.seconds.push(seconds);
        say(`${tree.name}: ${seconds.toFixed(1)} s`);
      }
    const [other = 0, own = 0] = trees.map(({ seconds }) => median(seconds));
    say(
      `Node.js ${process.versions.node}, medians of ${rounds}: ${against} ${other.toFixed(1)} s, HEAD ${own.toFixed(1)} s, ` +
        `${(own / other).toFixed(2)} of it`,
    );
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Writes what `npm ci` reads of a commit. @throws AppError BAD_USER_INPUT where there is no such commit */
function layOut(commit: string, folder: string): Tree {
  const files = git('ls-tree', '-r', '--name-only', commit)
    .split('\n')
    .filter((file) => /^([a-z]+\/)?package\.json$|^package-lock\.json$|^\.npmrc$/.test(file));
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), git('show', `${commit}:${file}`));
  }
  return { name: commit, folder, workspaces: [...new Set(files.map(dirname))], seconds: [] };
}

function git(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1e8 });
  if (status !== 0) throw new AppError('BAD_USER_INPUT', stderr.trim());
  return stdout;
}

/** Seconds that `npm ci` takes in an empty folder. */
function install({ name, folder, workspaces }: Tree): number {
  for (const workspace of workspaces)
    rmSync(join(folder, workspace, 'node_modules'), { recursive: true, force: true });
  const startedAt = performance.now();
  const { status, stderr } = spawnSync('npm', ['ci'], { cwd: folder, encoding: 'utf8' });
  const seconds = (performance.now() - startedAt) / 1000;
  if (stderr.trim() !== '') say(`${name}: ${stderr.trim()}`);
  if (status !== 0) throw new AppError('BAD_USER_INPUT', `npm ci of ${name} failed`);
  return seconds;
}

const say = (line: string) => process.stdout.write(`${line}\n`);
