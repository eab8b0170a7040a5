/** `npm run codegen -w client`: types every `graphql(...)` document of the sources against the committed SDL; `--check` only compares. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import { preset } from '@graphql-codegen/client-preset';
import { gqlPluckFromCodeString } from '@graphql-tools/graphql-tag-pluck';
import { buildASTSchema, Kind, parse, type DocumentNode } from 'graphql';

const SOURCES = join(import.meta.dirname, 'src');
const GENERATED = join(SOURCES, 'gql');
const OPERATIONS = join(import.meta.dirname, '../server/src/metrics/portalOperations.ts');
const SDL = join(import.meta.dirname, '../schema/schema.graphql');

const CONFIG = {
  enumsAsTypes: true,
  useTypeImports: true,
  importExtension: '.ts',
  scalars: { DateTime: 'string' },
  defaultScalarType: 'unknown',
} as const;

const outdated: string[] = [];
for (const { file, content } of await generate()) {
  const stored = await readFile(file, 'utf8').catch(() => null);
  if (stored === content) continue;
  if (process.argv.includes('--check')) outdated.push(file);
  else await writeFile(file, content);
}
if (outdated.length > 0) {
  process.stderr.write(`drifted from the sources: ${outdated.join(', ')}\nrun: npm run codegen -w client\n`);
  process.exitCode = 1;
}

async function generate(): Promise<{ file: string; content: string }[]> {
  const documents = await readDocuments();
  const schema = parse(await readFile(SDL, 'utf8'));
  const outputs = await preset.buildGeneratesSection({
    baseOutputDir: `${GENERATED}/`,
    presetConfig: { fragmentMasking: false },
    schema,
    schemaAst: buildASTSchema(schema),
    documents,
    config: CONFIG,
    plugins: [],
    pluginMap: {},
  });
  const generated = await Promise.all(
    outputs.map(async (output) => ({ file: output.filename, content: await codegen(output) })),
  );
  return [...generated, { file: OPERATIONS, content: operationsFile(documents) }];
}

/** The names of the portal's operations, for the labels of the server's metrics. */
function operationsFile(documents: readonly { document: DocumentNode }[]): string {
  const names = documents.flatMap(({ document }) =>
    document.definitions.flatMap((one) =>
      one.kind === Kind.OPERATION_DEFINITION && one.name ? [one.name.value] : [],
    ),
  );
  const lines = [...new Set(names)].sort().map((name) => `  '${name}',\n`);
  return `/** The portal's operations; made by \`npm run codegen -w client\`. */
export const PORTAL_OPERATIONS: ReadonlySet<string> = new Set([\n${lines.join('')}]);\n`;
}

/** The documents of all sources, by the sources' names. */
async function readDocuments() {
  const names = (await readdir(SOURCES, { recursive: true }))
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) && !name.startsWith('gql'))
    .sort();
  const documents = [];
  for (const name of names) {
    const location = join(SOURCES, name);
    const found = await gqlPluckFromCodeString(location, await readFile(location, 'utf8'), {
      skipIndent: true,
    });
    for (const { body } of found) documents.push({ location, rawSDL: body, document: parse(body) });
  }
  return documents;
}
