import { readdirSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import { rolldown, type Plugin } from 'rolldown';

const FOLDER = 'bundle';

/** Built modules that a process or a thread starts with. */
const STARTED = /(?:^|\/)(?:cli|main|\w+Main)\.js$/;

/** A server that runs may load what it has not loaded yet from the build that it started with. */
const KEEP_FORMER_MS = 24 * 60 * 60 * 1_000;

/**
 * Bundles what each process and thread of a built workspace runs, packages of others included, in `dist/bundle`: the files that a module
 * is spread over otherwise take more than half of a start. The module that is started stays where it was, and leads there.
 * @param dist the workspace's folder of compiled modules
 */
export async function bundle(dist: string): Promise<void> {
  const folder = join(dist, FOLDER);
  const started = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter(
    (file) => STARTED.test(file) && !file.startsWith(`${FOLDER}/`),
  );
  const bundled = await rolldown({
    input: Object.fromEntries(started.map((file) => [bundledAs(file), join(dist, file)])),
    platform: 'node',
    // It looks for its native part beside itself.
    external: [/^@node-rs\//],
    plugins: [ownAddresses(folder)],
  });
  // GraphQL's types and the entities are called as their classes are.
  const { output } = await bundled.write({ dir: folder, format: 'esm', keepNames: true });
  await bundled.close();
  for (const file of started) {
    const bundledFile = posix.relative(posix.dirname(file), `${FOLDER}/${bundledAs(file)}.js`);
    writeFileSync(join(dist, file), `import './${bundledFile}';\n`);
  }
  removeFormer(folder, new Set(output.map(({ fileName }) => fileName)));
}

const bundledAs = (file: string): string => file.replace(/\.js$/, '').replaceAll('/', '-');

/** Lets a module find what lies beside it from where it is bundled. */
function ownAddresses(folder: string): Plugin {
  return {
    name: 'own-addresses',
    transform: {
      filter: { code: 'import.meta.url' },
      handler: (code, file) => {
        const address = `new URL(${JSON.stringify(relative(folder, file))}, import.meta.url).href`;
        return { code: code.replaceAll('import.meta.url', address), map: null };
      },
    },
  };
}

function removeFormer(folder: string, current: ReadonlySet<string>): void {
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if (!current.has(name) && Date.now() - statSync(file).mtimeMs > KEEP_FORMER_MS) unlinkSync(file);
  }
}
