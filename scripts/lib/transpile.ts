import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import ts from 'typescript';
import { AppError } from '@pocketrocket/runtime';
import { ROOT } from './processes.ts';

/**
 * Writes a workspace's JavaScript to its `dist`, file by file, without looking at types: what `tsc -b` writes, several times
 * faster. `npm run typecheck` looks at them. Tests and their helpers, in folders named `test`, are left out.
 * @throws AppError INTERNAL_SERVER_ERROR for a file that is not TypeScript
 */
export function transpile(workspace: string): void {
  const folder = join(ROOT, workspace);
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
  const parsed = ts.getParsedCommandLineOfConfigFile(join(folder, 'tsconfig.json'), undefined, host);
  const compilerOptions = {
    ...parsed?.options,
    // One file alone does not know that its package says "type": "module".
    module: ts.ModuleKind.ES2022,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    composite: false,
    declaration: false,
    emitDeclarationOnly: false,
    incremental: false,
  };
  const sources = readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' });
  for (const file of sources) {
    if (!/\.tsx?$/.test(file) || /\.(test|d)\.ts$|(^|\/)test\//.test(file)) continue;
    const fileName = join(folder, 'src', file);
    const { outputText, sourceMapText, diagnostics } = ts.transpileModule(readFileSync(fileName, 'utf8'), {
      compilerOptions,
      fileName,
      reportDiagnostics: true,
    });
    const [wrong] = diagnostics ?? [];
    if (wrong) {
      const message = ts.flattenDiagnosticMessageText(wrong.messageText, '\n');
      throw new AppError('INTERNAL_SERVER_ERROR', `${workspace}/src/${file} does not compile: ${message}`);
    }
    const output = join(folder, 'dist', file.replace(/\.tsx?$/, '.js'));
    mkdirSync(dirname(output), { recursive: true });
    writeFileSync(output, outputText);
    const map = { ...(JSON.parse(sourceMapText ?? '{}') as object), sources: [basename(file)] };
    writeFileSync(`${output}.map`, JSON.stringify(map));
  }
}
