import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { AppError, messageOf, runMain, systemErrorCode } from '@pocketrocket/runtime';
import { firstDifference, printApiSdl } from './graphql/apiSdl.ts';
import { ACKNOWLEDGED_FILE, RELEASED_FILE, schemaProblems } from './graphql/schemaChanges.ts';

const SCHEMA_FILE = fileURLToPath(new URL('../../schema/schema.graphql', import.meta.url));

await runMain(async () => {
  const sdl = await printApiSdl();
  const { check, release } = readOptions();
  if (release) return releaseSchema(sdl);
  if (!check) {
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

/** Makes the schema the one that later ones must not break. */
async function releaseSchema(sdl: string): Promise<void> {
  const problems = await schemaProblems(sdl);
  if (problems.length > 0) throw new AppError('CONFLICT', problems.join('\n'));
  await writeFile(SCHEMA_FILE, sdl);
  await writeFile(RELEASED_FILE, sdl);
  await writeFile(ACKNOWLEDGED_FILE, '[]\n');
  process.stderr.write('schema/schema.released.graphql is this schema now; nothing is acknowledged\n');
}

/** `--check` compares with the file as it is and writes nothing; `--release` also notes the schema as released. */
function readOptions(): { check?: boolean; release?: boolean } {
  try {
    return parseArgs({ options: { check: { type: 'boolean' }, release: { type: 'boolean' } } }).values;
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
