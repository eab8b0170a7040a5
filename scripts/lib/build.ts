import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { bundle } from './bundle.ts';
import { compressPortal } from './compress.ts';
import { compileKernels, kernelNames, kernelOutput } from './kernels.ts';
import { ROOT, runStep, tool } from './processes.ts';
import { transpile } from './transpile.ts';

const COMPILED = ['runtime', 'formats', 'schema', 'engine', 'model', 'seeds', 'trainer', 'server'] as const;
/** Those with modules that processes and threads start with. */
const STARTED = ['seeds', 'trainer', 'server'] as const;
const STAMP = join(ROOT, '.cache', 'build-stamp');

/**
 * Builds every workspace: compiled JavaScript in `<workspace>/dist`, bundled for the processes that start with it, kernels in
 * `engine/wasm`, the portal in `client/dist`.
 */
export async function build(): Promise<void> {
  const stamp = stampOfSources();
  const others = Promise.all([compileKernels(), buildPortal()]);
  COMPILED.forEach(transpile);
  COMPILED.forEach(copyAssets);
  await Promise.all(STARTED.map((workspace) => bundle(join(ROOT, workspace, 'dist'))));
  await others;
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, stamp);
}

async function buildPortal(): Promise<void> {
  await runStep('building the portal', tool('vite', ['build', 'client', '--logLevel', 'error']));
  await compressPortal(join(ROOT, 'client/dist'));
}

/** True when the build is up to date with the sources. */
export function isBuilt(): boolean {
  const outputs = [
    ...COMPILED.map((workspace) => join(ROOT, workspace, 'dist')),
    join(ROOT, 'client/dist/index.html'),
    join(ROOT, 'client/dist/ssr/render.js'),
    ...kernelNames().map(kernelOutput),
  ];
  return outputs.every(existsSync) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stampOfSources();
}

/** Copies files that are read at run time but not compiled, such as the sample's films. */
function copyAssets(workspace: string): void {
  const source = join(ROOT, workspace, 'src');
  for (const file of filesBelow(source)) {
    if (/\.(ts|tsx|md)$|\/test\//.test(file.slice(source.length))) continue;
    const target = join(ROOT, workspace, 'dist', file.slice(source.length));
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(file, target);
  }
}

/** A digest of the names, sizes and times of all that goes into the build. */
function stampOfSources(): string {
  const folders = [
    ...COMPILED.map((workspace) => join(workspace, 'src')),
    'engine/kernels',
    'client/src',
    'client/public',
  ];
  const files = [
    'package-lock.json',
    'tsconfig.base.json',
    'schema/schema.graphql',
    ...readdirSync(join(ROOT, 'client'))
      .filter((name) => /\.(?:ts|html)$/.test(name))
      .map((name) => `client/${name}`),
    ...[...COMPILED, 'client'].map((workspace) => `${workspace}/package.json`),
  ].map((file) => join(ROOT, file));
  const hash = createHash('sha256').update(process.versions.node);
  for (const file of [...files, ...folders.flatMap((folder) => filesBelow(join(ROOT, folder)))].filter(
    existsSync,
  )) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file.slice(ROOT.length)} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
