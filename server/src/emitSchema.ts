import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { AppError, messageOf, runMain, systemErrorCode } from '@pocketrocket/runtime';
import { firstDifference, printApiSdl } from './graphql/apiSdl.ts';

const SCHEMA_FILE = fileURLToPath(new URL('../../schema/schema.graphql', import.meta.url));

await runMain(async () => {
  const sdl = await printApiSdl();
  if (!readOptions().check) {
    await writeFile(SCHEMA_FILE, sdl);
    process.stderr.write(`wrote ${SCHEMA_FILE}\n`);
    return;
  }
  const difference = firstDifference(sdl, await readCommitted());
  if (difference === null) return;
  process.stderr.write(
    `schema/schema.graphql has drifted from the resolvers, ${difference}\nrun: npm run schema\n`,
  );
  process.exitCode = 1;
});

/** `--check` compares with the file as it is and writes nothing. */
function readOptions(): { check?: boolean } {
  try {
    return parseArgs({ options: { check: { type: 'boolean' } } }).values;
  } catch (error) {
    throw new AppError('BAD_USER_INPUT', messageOf(error), { cause: error });
  }
}

async function readCommitted(): Promise<string> {
  return readFile(SCHEMA_FILE, 'utf8').catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return '';
    throw error;
  });
}
