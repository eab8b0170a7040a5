import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';

export interface StartWorkerOptions {
  /** The module to run. */
  module: URL;
  data: unknown;
  /** Megabytes of its heap; beyond them the thread ends, and the process does not. */
  heapMb: number;
}

/** The compiler's settings for sources: tsx would take those of the working directory. */
const TSCONFIG = fileURLToPath(new URL('../../../tsconfig.base.json', import.meta.url));

/** The module of a name beside another: its source beside a source, the built one beside a built one. */
export function moduleBeside(url: string, name: string): URL {
  return new URL(`./${name}.${url.endsWith('.ts') ? 'ts' : 'js'}`, url);
}

/** Starts a thread of a module of this project: the TypeScript source through tsx, or the built file as it is. */
export function startWorker({ module, data, heapMb }: StartWorkerOptions): Worker {
  // Where the command line sets a heap limit, it would hold for each thread alone and not for all together.
  setFlagsFromString('--max-old-space-size=0');
  const options = { workerData: data, resourceLimits: { maxOldGenerationSizeMb: heapMb } };
  if (!module.pathname.endsWith('.ts')) return new Worker(module, options);
  // A worker does not inherit tsx' loader.
  const load = `process.env.TSX_TSCONFIG_PATH ??= ${JSON.stringify(TSCONFIG)}; import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(module.href)}); });`;
  return new Worker(load, { ...options, eval: true });
}
