import { readFile } from 'node:fs/promises';
import { AppError, messageOf, type Logger } from '@pocketrocket/runtime';
import { parse, validate, type GraphQLSchema } from 'graphql';
import { z } from 'zod';
import { MAX_TOKENS } from './documentLimits.ts';

/** Names and texts, as GraphQL Code Generator and Relay write them; or a manifest of Apollo Client. */
const documents = z.union([
  z
    .object({
      format: z.literal('apollo-persisted-query-manifest'),
      operations: z.array(z.object({ id: z.string().min(1), body: z.string().min(1) })),
    })
    .transform(({ operations }) => new Map(operations.map(({ id, body }) => [id, body]))),
  z.record(z.string().min(1), z.string().min(1)).transform((texts) => new Map(Object.entries(texts))),
]);

/**
 * Reads the operations that clients may ask for by name from the start. One that does not fit the schema, as of a client that is newer
 * than this server, is left out, which the log tells.
 * @param file null for none
 * @returns texts by name
 * @throws AppError CONFIG_INVALID for a file that cannot be read
 */
export async function readTrustedDocuments(
  file: string | null,
  schema: GraphQLSchema,
  logger: Pick<Logger, 'warn'>,
): Promise<ReadonlyMap<string, string>> {
  if (file === null) return new Map();
  const fitting = new Map<string, string>();
  for (const [name, text] of await readTexts(file)) {
    const problem = problemOf(text, schema);
    if (problem === null) fitting.set(name, text);
    else logger.warn({ file, operation: name, problem }, 'trusted operation does not fit the schema');
  }
  return fitting;
}

async function readTexts(file: string): Promise<ReadonlyMap<string, string>> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw wrong(file, messageOf(error), error);
  }
  const read = documents.safeParse(content);
  if (read.success) return read.data;
  throw wrong(file, 'it is neither an object of names and texts nor a manifest of Apollo Client', read.error);
}

function problemOf(text: string, schema: GraphQLSchema): string | null {
  try {
    return validate(schema, parse(text, { maxTokens: MAX_TOKENS }))[0]?.message ?? null;
  } catch (error) {
    return messageOf(error);
  }
}

function wrong(file: string, problem: string, cause?: unknown): AppError {
  return new AppError('CONFIG_INVALID', `TRUSTED_DOCUMENTS, ${file}, cannot be used: ${problem}`, { cause });
}
