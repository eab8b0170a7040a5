/**
 * Compiles the kernels: every `engine/kernels/<name>.ts`, AssemblyScript, to `engine/wasm/<name>.wasm`.
 *
 * Run directly (`npm run build:kernels -- [names]`) it compiles those named, or all, whose sources changed.
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runMain } from '@pocketrocket/runtime';
import { ROOT, runStep } from './processes.ts';

const SOURCES = join(ROOT, 'engine/kernels');
const OUTPUTS = join(ROOT, 'engine/wasm');
const COMPILER = join(import.meta.dirname, 'compileKernels.js');

/** The names of all kernels, sorted. */
export function kernelNames(): string[] {
  return readdirSync(SOURCES)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}

/** The file a kernel is compiled to. */
export function kernelOutput(name: string): string {
  return join(OUTPUTS, `${name}.wasm`);
}

/**
 * Compiles those of the kernels that are missing or older than any source they may include.
 * @throws AppError INTERNAL_SERVER_ERROR; which kernel does not compile, and why, stands above it in the terminal
 */
export async function compileKernels(names: readonly string[] = kernelNames()): Promise<void> {
  const newest = newestSource();
  const stale = names.filter((name) => {
    const output = kernelOutput(name);
    return !existsSync(output) || statSync(output).mtimeMs <= newest;
  });
  if (stale.length === 0) return;
  await runStep('compiling the kernels', {
    command: process.execPath,
    args: [COMPILER, SOURCES, OUTPUTS, ...stale],
  });
}

/** When the newest of all kernel sources, or this compiler of them, changed: milliseconds since 1970. */
function newestSource(): number {
  const sources = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).map((file) =>
    join(SOURCES, file),
  );
  const tools = [COMPILER, join(ROOT, 'node_modules/assemblyscript/package.json')];
  return Math.max(...[...sources, ...tools].map((file) => statSync(file).mtimeMs));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const names = process.argv.slice(2);
  await runMain(() => compileKernels(names.length > 0 ? names : undefined));
}
