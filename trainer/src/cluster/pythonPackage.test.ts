import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { describeWithPySpark } from '@pocketrocket/testing/spark';

const PACKAGE = fileURLToPath(new URL('../../spark', import.meta.url));
const SLOW_MS = 900_000;

/** Runs a tool of Python in the package; what it says is in the error where it fails. */
async function runModule(python: string, args: readonly string[]): Promise<string> {
  const env = { ...process.env, PATH: `${dirname(python)}:${process.env['PATH'] ?? ''}` };
  const run = promisify(execFile)(python, ['-m', ...args], { cwd: PACKAGE, env });
  const { stdout } = await run.catch((error: Error & { stdout?: string; stderr?: string }) => {
    throw new Error(`${args.join(' ')} failed:\n${error.stdout ?? ''}${error.stderr ?? ''}`, {
      cause: error,
    });
  });
  return stdout;
}

describeWithPySpark('the PySpark package', (python) => {
  it(
    'is formatted and without findings of its linter',
    async () => {
      await runModule(python, ['ruff', 'format', '--check', '--no-cache', '.']);
      await runModule(python, ['ruff', 'check', '--no-cache', '.']);
    },
    SLOW_MS,
  );

  it('is typed', () => runModule(python, ['mypy']), SLOW_MS);

  it(
    'passes its tests',
    async () => expect(await runModule(python, ['pytest'])).toMatch(/[1-9]\d* passed/),
    SLOW_MS,
  );
});
