import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** One of the project's modules that another Node process can run: its file, the flags and the variables it needs. */
export interface RunnableModule {
  file: string;
  execArgv: string[];
  env: Record<string, string>;
}

/** `trainer/src`, or `trainer/dist` where this is built. */
const SOURCE_ROOT = new URL('../', import.meta.url);

/**
 * Finds a module of the project as it runs here: the TypeScript source through tsx, or the built file as it is.
 * @param source its path from `trainer/src`, such as `./spark/taskMain.ts`
 */
export function runnableModule(source: string): RunnableModule {
  if (!import.meta.url.endsWith('.ts')) {
    const built = source.replace('/src/', '/dist/').replace(/\.ts$/, '.js');
    return { file: fileURLToPath(new URL(built, SOURCE_ROOT)), execArgv: [], env: {} };
  }
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  return {
    file: fileURLToPath(new URL(source, SOURCE_ROOT)),
    execArgv: ['--import', tsx, '--conditions=@pocketrocket/source'],
    env: { TSX_TSCONFIG_PATH: fileURLToPath(new URL('../../tsconfig.base.json', SOURCE_ROOT)) },
  };
}
