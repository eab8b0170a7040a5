import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import { buildPrintableSchema } from './apiSchema.ts';

/** The API's SDL with all descriptions, in an order that only its content decides. */
export async function printApiSdl(): Promise<string> {
  return printSdl(await buildPrintableSchema());
}

/** The same of a schema that is built. */
export function printSdl(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}

/** The first line in which two texts differ, for a person to read; null when they are equal. */
export function firstDifference(expected: string, actual: string): string | null {
  if (expected === actual) return null;
  const [expectedLines, actualLines] = [expected.split('\n'), actual.split('\n')];
  const index = expectedLines.findIndex((line, position) => line !== actualLines[position]);
  const at = index < 0 ? expectedLines.length : index;
  const shown = (lines: string[]) => lines[at] ?? '(end of file)';
  return `line ${at + 1}:\n- ${shown(actualLines)}\n+ ${shown(expectedLines)}`;
}
