import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { AppError, messageOf, runMain } from '@pocketrocket/runtime';
import { lexicographicSortSchema } from 'graphql';
import { buildPrintableSchema } from './graphql/apiSchema.ts';
import { firstDifference } from './graphql/apiSdl.ts';
import { codesTable } from './graphql/reference/codes.ts';
import { withParts } from './graphql/reference/page.ts';
import { referenceOf } from './graphql/reference/reference.ts';

const PAGE = 'docs/api.md';

await runMain(async () => {
  const path = fileURLToPath(new URL(`../../${PAGE}`, import.meta.url));
  const page = await readFile(path, 'utf8');
  const schema = lexicographicSortSchema(await buildPrintableSchema());
  const current = withParts(page, { codes: codesTable(), reference: referenceOf(schema) });
  if (current === page) return;
  if (readOptions().check) {
    process.stderr.write(
      `${PAGE} has drifted from the schema, ${firstDifference(current, page)}\nrun: npm run reference\n`,
    );
    process.exitCode = 1;
    return;
  }
  await writeFile(path, current);
  process.stderr.write(`wrote ${path}\n`);
});

/** `--check` compares with the page as it is and writes nothing. */
function readOptions(): { check?: boolean } {
  try {
    return parseArgs({ options: { check: { type: 'boolean' } } }).values;
  } catch (error) {
    throw new AppError('BAD_USER_INPUT', messageOf(error), { cause: error });
  }
}
