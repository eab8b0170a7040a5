/**
 * `npm run build:tfjs -- --python <interpreter>`: makes `@tensorflow/tfjs-node` work on a machine that cannot download its native library.
 *
 * TensorFlow's wheel for Python carries the same C library with its headers, and tfjs-node's package the sources of its
 * addon: the addon is compiled against that wheel and put where tfjs-node looks. The wheel must stay where it is.
 */
import { execFile } from 'node:child_process';
import { mkdir, realpath, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Command } from '@commander-js/extra-typings';
import { AppError, messageOf, runMain } from '@pocketrocket/runtime';
import { ROOT, runStep } from '../lib/processes.ts';

const PACKAGE = '@tensorflow/tfjs-node';
/** The level of Node.js' binary interface that tfjs-node 4 looks for at most. */
const NODE_API_VERSION = 8;
const SOURCES = ['binding/tfjs_backend.cc', 'binding/tfjs_binding.cc'];

/** Prints where the wheel is, without importing it: that takes seconds. */
const FIND_WHEEL = `
import importlib.util, json
spec = importlib.util.find_spec("tensorflow")
print(json.dumps(spec and list(spec.submodule_search_locations)[0]))
`;

const run = promisify(execFile);

const command = new Command('build:tfjs')
  .description(`Build ${PACKAGE}'s native addon against the TensorFlow of a Python interpreter.`)
  .option('--python <interpreter>', 'a Python that has the wheel tensorflow or tensorflow-cpu', 'python3')
  .option('--compiler <command>', 'a C++17 compiler', 'c++');

await runMain(async () => {
  const { python, compiler } = command.parse().opts();
  const libraries = librariesHere();
  const wheel = await findWheel(python);
  const nodeHeaders = await findNodeHeaders();
  await requireCompiler(compiler);
  const folder = await ensurePackage();
  const libFolder = join(folder, 'deps', 'lib');
  const addon = join(folder, 'lib', `napi-v${NODE_API_VERSION}`, 'tfjs_binding.node');
  await rm(join(folder, 'deps'), { recursive: true, force: true });
  await mkdir(libFolder, { recursive: true });
  await mkdir(dirname(addon), { recursive: true });
  for (const library of libraries) await symlink(join(wheel, library), join(libFolder, library));
  await runStep('compiling the addon', {
    command: compiler,
    args: [
      ...['-std=c++17', '-O2', '-fPIC', '-shared', '-w', `-DNAPI_VERSION=${NODE_API_VERSION}`],
      ...['-I', nodeHeaders, '-I', join(wheel, 'include'), '-I', folder],
      ...SOURCES.map((source) => join(folder, source)),
      ...libraries.map((library) => join(libFolder, library)),
      '-Wl,-rpath,$ORIGIN/../../deps/lib',
      ...['-o', addon],
    ],
  });
  process.stdout.write(`${await check()}\n`);
});

/** The names of the wheel's libraries on this kind of machine. */
function librariesHere(): string[] {
  if (process.platform === 'linux') return ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];
  throw new AppError(
    'ENVIRONMENT',
    `this script knows Linux only, and here is ${process.platform}: let the package download its library by ` +
      `\`npm run install\` in node_modules/${PACKAGE}`,
  );
}

/** The wheel's folder. */
async function findWheel(python: string): Promise<string> {
  const { stdout } = await run(python, ['-c', FIND_WHEEL]).catch((error: unknown) => {
    throw new AppError('ENVIRONMENT', `${python} does not run: ${messageOf(error)}`, { cause: error });
  });
  const wheel = JSON.parse(stdout) as string | null;
  if (wheel === null) {
    throw new AppError(
      'ENVIRONMENT',
      `${python} has no TensorFlow: \`${python} -m pip install tensorflow-cpu\`, in a virtual environment if you like`,
    );
  }
  return realpath(wheel);
}

/** The folder of `node_api.h`: beside Node.js itself, as its own archives and most packages have it. */
async function findNodeHeaders(): Promise<string> {
  const headers = join(dirname(await realpath(process.execPath)), '..', 'include', 'node');
  await stat(join(headers, 'node_api.h')).catch((error: unknown) => {
    throw new AppError(
      'ENVIRONMENT',
      `${headers} has no node_api.h: install your system's package of Node.js headers (such as libnode-dev), or ` +
        'Node.js from nodejs.org, which brings them',
      { cause: error },
    );
  });
  return headers;
}

async function requireCompiler(compiler: string): Promise<void> {
  await run(compiler, ['--version']).catch((error: unknown) => {
    throw new AppError('ENVIRONMENT', `there is no C++ compiler ${compiler}: install g++ or clang`, {
      cause: error,
    });
  });
}

/** tfjs-node's folder. Where its own installer ran and failed, npm has removed it: then it is put back without. */
async function ensurePackage(): Promise<string> {
  const { optionalDependencies } = createRequire(import.meta.url)('../../schema/package.json') as {
    optionalDependencies: Record<string, string>;
  };
  const folder = join(ROOT, 'node_modules', PACKAGE);
  const isThere = await stat(join(folder, 'package.json')).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    const wanted = `${PACKAGE}@${optionalDependencies[PACKAGE] ?? 'latest'}`;
    await runStep(`installing ${wanted} without its installer`, {
      command: 'npm',
      args: ['install', '--no-save', '--ignore-scripts', wanted],
    });
  }
  return folder;
}

/** Loads the addon in a process of its own and lets it compute. */
async function check(): Promise<string> {
  const program = `
    const tf = require('${PACKAGE}');
    const sum = tf.tensor1d([1, 2, 3]).sum().dataSync()[0];
    if (tf.getBackend() !== 'tensorflow' || sum !== 6) throw new Error('it computes ' + sum + ' on ' + tf.getBackend());
    console.log('TensorFlow.js ' + tf.version['tfjs-node'] + ' runs on native TensorFlow ' + tf.backend().binding.TF_Version);
  `;
  const { stdout } = await run(process.execPath, ['-e', program], { cwd: ROOT });
  return stdout.trim();
}
