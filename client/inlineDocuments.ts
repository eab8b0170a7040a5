import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const CALL =
  /\bgraphql\(\s*(?:\/\* GraphQL \*\/)?\s*`\s*(query|mutation|subscription|fragment)\s+(\w+)[^`]*`,?\s*\)/g;
/** A call that `CALL` does not know, which would keep the whole map. */
const LEFT = /\bgraphql\(\s*(?:\/\* GraphQL \*\/)?\s*`/;
const EXPORT = /^export const (\w+) = (\{.*\}) as unknown as /gm;

/**
 * Puts each document, parsed, in the place of its `graphql(...)` call.
 *
 * Codegen's `graphql` function looks documents up in one map that holds the source and the parsed form of
 * all of them; that map would be part of the first page. Replaced, each page carries its own documents only.
 */
export function inlineDocuments(generatedFile: string): Plugin {
  return {
    name: 'inline-documents',
    enforce: 'pre',
    transform(code, file) {
      if (!/\/src\/.*\.tsx?$/.test(file) || file.includes('/gql/') || !code.includes('graphql(')) return null;
      const generated = readFileSync(generatedFile, 'utf8');
      const documents = new Map([...generated.matchAll(EXPORT)].map(([, name, json]) => [name, json]));
      const inlined = code.replace(CALL, (_call, kind: string, name: string) => {
        const document = documents.get(`${name}${kind === 'fragment' ? 'FragmentDoc' : 'Document'}`);
        if (document === undefined)
          throw new Error(`${file}: run codegen, ${kind} ${name} is not known to it`);
        return document;
      });
      if (LEFT.test(inlined)) throw new Error(`${file}: a graphql(...) call here is in no known form`);
      return { code: inlined, map: null };
    },
  };
}
