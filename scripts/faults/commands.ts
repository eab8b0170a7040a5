import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * True when the commands that fault tests start and kill are on `PATH`.
 * @throws where one is not under CI, whose tests must not pass by being skipped
 */
export function haveCommands(...names: readonly string[]): boolean {
  const missing = names.filter((name) => !isOnPath(name));
  if (missing.length > 0 && process.env['CI']) throw new Error(`not on PATH: ${missing.join(', ')}`);
  return missing.length === 0;
}

function isOnPath(name: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
