/** `npm run codegen -w client`: types every `graphql(...)` document of the sources against the committed SDL; `--check` only compares. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import { preset } from '@graphql-codegen/client-preset';
import { gqlPluckFromCodeString } from '@graphql-tools/graphql-tag-pluck';
import { buildASTSchema, parse } from 'graphql';

const SOURCES = join(import.meta.dirname, 'src');
const GENERATED = join(SOURCES, 'gql');
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
  const schema = parse(await readFile(SDL, 'utf8'));
  const outputs = await preset.buildGeneratesSection({
    baseOutputDir: `${GENERATED}/`,
    presetConfig: { fragmentMasking: false },
    schema,
    schemaAst: buildASTSchema(schema),
    documents: await readDocuments(),
    config: CONFIG,
    plugins: [],
    pluginMap: {},
  });
  return Promise.all(
    outputs.map(async (output) => ({ file: output.filename, content: await codegen(output) })),
  );
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
