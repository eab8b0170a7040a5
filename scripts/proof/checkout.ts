import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The commands of a checkout, by the name of their npm script. */
export type CommandName = 'seed' | 'trainer' | 'doctor' | 'model-server' | 'backup' | 'restore' | 'schema';

/** A built checkout of any age: nothing is known of it but its commands. */
export interface Checkout {
  folder: string;
  /** The arguments that make Node.js run a built command. */
  builtCommand(name: CommandName): string[];
  /** The server's built entry. */
  server: string;
}

/**
 * Finds the built commands of a checkout by its npm scripts, which name the sources: these may move between folders.
 * @throws Error where a command has no npm script
 */
export function openCheckout(folder: string): Checkout {
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    scripts: Partial<Record<string, string>>;
  };
  return {
    folder,
    server: join(folder, 'server/dist/main.js'),
    builtCommand(name) {
      const words = scripts[name]?.split(' ') ?? [];
      const at = words.findIndex((word) => /\/src\/.*\.ts$/.test(word));
      const source = words[at];
      if (source === undefined) throw new Error(`${folder} has no npm script "${name}" that runs a source`);
      const entry = source.replace('/src/', '/dist/').replace(/\.ts$/, '.js');
      return [join(folder, entry), ...words.slice(at + 1)];
    },
  };
}
