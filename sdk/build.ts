/** `npm run build -w sdk`: the package as ES modules and as CommonJS with declarations for each, and the widget as one script. */
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import ts from 'typescript';

const FOLDER = import.meta.dirname;
const DIST = join(FOLDER, 'dist');
const ENTRY = join(FOLDER, 'src/index.ts');

const COMMON: BuildOptions = {
  bundle: true,
  target: 'es2022',
  // For browsers as for Node.js: nothing of either is imported.
  platform: 'neutral',
  conditions: ['@pocketrocket/source'],
  sourcemap: true,
  logLevel: 'error',
};

await rm(DIST, { recursive: true, force: true });
await Promise.all([
  build({ ...COMMON, entryPoints: [ENTRY], format: 'esm', outfile: join(DIST, 'esm/index.js') }),
  build({ ...COMMON, entryPoints: [ENTRY], format: 'cjs', outfile: join(DIST, 'cjs/index.js') }),
  build({
    ...COMMON,
    entryPoints: [join(FOLDER, 'examples/widget/because-you-watched.ts')],
    format: 'iife',
    minify: true,
    outfile: join(DIST, 'because-you-watched.js'),
  }),
]);
emitDeclarations(join(DIST, 'esm'));
await nameCompiledFiles(join(DIST, 'esm'));
await mkdir(join(DIST, 'cjs'), { recursive: true });
await cp(join(DIST, 'esm'), join(DIST, 'cjs'), {
  recursive: true,
  filter: (path) => !/\.js(\.map)?$/.test(path),
});
// The same declarations count as those of a CommonJS module there.
await writeFile(join(DIST, 'cjs/package.json'), '{ "type": "commonjs" }\n');

function emitDeclarations(outDir: string): void {
  const config = ts.getParsedCommandLineOfConfigFile(join(FOLDER, 'tsconfig.json'), undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: () => undefined,
  });
  const program = ts.createProgram([ENTRY], {
    ...config?.options,
    rootDir: join(FOLDER, 'src'),
    outDir,
    tsBuildInfoFile: undefined,
    composite: false,
    incremental: false,
    declaration: true,
    emitDeclarationOnly: true,
    sourceMap: false,
  });
  const { diagnostics } = program.emit();
  const problems = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (problems.length === 0) return;
  const host = {
    getCanonicalFileName: (name: string) => name,
    getCurrentDirectory: () => FOLDER,
    getNewLine: () => '\n',
  };
  throw new Error(ts.formatDiagnostics(problems, host));
}

/** Imports of declarations name the sources, which older compilers refuse: they are to name what was compiled. */
async function nameCompiledFiles(folder: string): Promise<void> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.d.ts'));
  for (const file of files) {
    const path = join(folder, file);
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.replace(/(from '\.{1,2}\/[^']+)\.ts'/g, "$1.js'"));
  }
}
