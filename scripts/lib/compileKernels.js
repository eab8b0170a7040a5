/**
 * Compiles AssemblyScript: `node compileKernels.js <sources> <outputs> <names…>`. Plain JavaScript in a process of its own,
 * since a loader that turns TypeScript into JavaScript on the way would take ten times longer to load the compiler.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';

/** Speed over checks: memory is imported and shared, nothing is allocated, and the caller checks the indices. */
const FLAGS = [
  ...['--runtime', 'stub', '--noAssert', '-O3', '--enable', 'simd,threads'],
  ...['--sharedMemory', '--importMemory', '--noExportMemory'],
  ...['--initialMemory', '1', '--maximumMemory', '65536'],
];

const [sources = '', outputs = '', ...names] = process.argv.slice(2);
mkdirSync(outputs, { recursive: true });
for (const name of names) {
  let complaint = '';
  const { error } = await asc.main([`${name}.ts`, '--outFile', `${name}.wasm`, ...FLAGS], {
    readFile: (file) => sourceOf(join(sources, file)),
    writeFile: (file, contents) => writeFileSync(join(outputs, file), contents),
    listFiles: () => [],
    stderr: { write: (chunk) => (complaint += String(chunk)) },
  });
  if (error) {
    process.stderr.write(`the kernel ${name} does not compile:\n${complaint}\n`);
    process.exit(1);
  }
}

/**
 * A source as the compiler takes it. A comment `// @inline` stands for the decorator, which AssemblyScript allows on
 * functions and TypeScript, and with it the formatter and the linter, does not.
 * @param {string} file
 */
function sourceOf(file) {
  return existsSync(file) ? readFileSync(file, 'utf8').replace(/^\/\/ @inline$/gm, '@inline') : null;
}
