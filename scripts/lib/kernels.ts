/**
 * Compiles the kernels: every `engine/kernels/<name>.ts`, AssemblyScript, to `engine/wasm/<name>.wasm`.
 *
 * Run directly (`npm run build:kernels -- [names]`) it compiles those named, or all, whose sources changed.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import asc from 'assemblyscript/asc';
import { AppError, runMain } from '@pocketrocket/schema/runtime';
import { ROOT } from './processes.ts';

const SOURCES = join(ROOT, 'engine/kernels');
const OUTPUTS = join(ROOT, 'engine/wasm');

/** Speed over checks: memory is imported and shared, nothing is allocated, and the caller checks the indices. */
const FLAGS = [
  ...['--runtime', 'stub', '--noAssert', '-O3', '--enable', 'simd,threads'],
  ...[
    '--sharedMemory',
    '--importMemory',
    '--noExportMemory',
    '--initialMemory',
    '1',
    '--maximumMemory',
    '65536',
  ],
];

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
 * @throws AppError INTERNAL_SERVER_ERROR naming the kernel and repeating what the compiler said.
 */
export async function compileKernels(names: readonly string[] = kernelNames()): Promise<void> {
  const newest = newestSource();
  for (const name of names) {
    const output = kernelOutput(name);
    if (existsSync(output) && statSync(output).mtimeMs > newest) continue;
    await compileKernel(name);
  }
}

async function compileKernel(name: string): Promise<void> {
  let complaint = '';
  const { error } = await asc.main([`${name}.ts`, '--outFile', `${name}.wasm`, ...FLAGS], {
    readFile: (file) => sourceOf(join(SOURCES, file)),
    writeFile: (file, contents) => {
      mkdirSync(OUTPUTS, { recursive: true });
      writeFileSync(join(OUTPUTS, file), contents);
    },
    listFiles: () => [],
    stderr: { write: (chunk) => (complaint += String(chunk)) },
  });
  if (error) {
    throw new AppError('INTERNAL_SERVER_ERROR', `the kernel ${name} does not compile:\n${complaint}`, {
      cause: error,
    });
  }
}

/**
 * A source as the compiler takes it. A comment `// @inline` stands for the decorator, which AssemblyScript allows on
 * functions and TypeScript, and with it the formatter and the linter, does not.
 */
function sourceOf(file: string): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8').replace(/^\/\/ @inline$/gm, '@inline') : null;
}

/** When the newest of all kernel sources, or this compiler of them, changed: milliseconds since 1970. */
function newestSource(): number {
  const sources = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).map((file) =>
    join(SOURCES, file),
  );
  const tools = [import.meta.filename, join(ROOT, 'node_modules/assemblyscript/package.json')];
  return Math.max(...[...sources, ...tools].map((file) => statSync(file).mtimeMs));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const names = process.argv.slice(2);
  await runMain(() => compileKernels(names.length > 0 ? names : undefined));
}
