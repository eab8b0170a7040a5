/**
 * `npm run settings`: writes the table of `docs/settings.md` from the schema of the settings, `runtime/src/config.ts`. `--check` compares
 * it with the page and writes nothing.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError, messageOf, runMain } from '@pocketrocket/runtime';
import { ROOT } from './lib/processes.ts';
import { withSettings } from './lib/settingsTable.ts';

const PAGE = 'docs/settings.md';

await runMain(async () => {
  const { check } = readOptions();
  const path = join(ROOT, PAGE);
  const page = await readFile(path, 'utf8');
  const current = withSettings(page);
  if (current === page) return;
  if (check) {
    process.stderr.write(`${PAGE} has drifted from runtime/src/config.ts\nrun: npm run settings\n`);
    process.exitCode = 1;
    return;
  }
  await writeFile(path, current);
  process.stderr.write(`wrote ${path}\n`);
});

function readOptions(): { check?: boolean } {
  try {
    return parseArgs({ options: { check: { type: 'boolean' } } }).values;
  } catch (error) {
    throw new AppError('BAD_USER_INPUT', messageOf(error), { cause: error });
  }
}
