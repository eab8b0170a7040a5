import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PACKAGE = fileURLToPath(new URL('..', import.meta.url));
const TSC = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));

/** A project outside of the repository that has installed the package as `npm pack` makes it. */
export class Scratch {
  private constructor(readonly folder: string) {}

  static async make(): Promise<Scratch> {
    const scratch = new Scratch(await mkdtemp(join(tmpdir(), 'pocketrocket-sdk-')));
    const npm = (cwd: string, ...args: string[]) =>
      run('npm', [...args, '--loglevel=error'], { cwd, env: { ...process.env, NODE_OPTIONS: '' } });
    await npm(PACKAGE, 'pack', '--pack-destination', scratch.folder);
    const [archive = ''] = (await readdir(scratch.folder)).filter((name) => name.endsWith('.tgz'));
    await scratch.write('package.json', JSON.stringify({ name: 'scratch', private: true, type: 'module' }));
    await npm(scratch.folder, 'install', '--offline', '--ignore-scripts', `./${archive}`);
    return scratch;
  }

  /** The path of a file of the installed package. */
  installed(file: string): string {
    return join(this.folder, 'node_modules/@pocketrocket/sdk', file);
  }

  write(name: string, content: string): Promise<void> {
    return writeFile(join(this.folder, name), content);
  }

  /** Runs a program there; its output. */
  async run(file: string, env: Record<string, string> = {}): Promise<string> {
    const { stdout } = await run(process.execPath, [file], {
      cwd: this.folder,
      env: { PATH: process.env['PATH'], ...env },
    });
    return stdout;
  }

  /** Compiles files there as strictly as can be, declarations of the package included; what the compiler says. */
  async compile(files: readonly string[], options: Record<string, unknown> = {}): Promise<string> {
    const compilerOptions = {
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      verbatimModuleSyntax: true,
      skipLibCheck: false,
      noEmit: true,
      target: 'es2022',
      module: 'nodenext',
      lib: ['ES2022', 'DOM', 'DOM.Iterable'],
      types: [],
      ...options,
    };
    await this.write('tsconfig.json', JSON.stringify({ compilerOptions, files }));
    return run(process.execPath, [TSC, '-p', this.folder], { cwd: this.folder }).then(
      ({ stdout }) => stdout,
      ({ stdout }: { stdout: string }) => stdout,
    );
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}
