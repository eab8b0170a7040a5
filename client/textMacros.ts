import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import type { Plugin } from 'vite';

const CACHE = fileURLToPath(new URL('../.cache/swc', import.meta.url));
const MACRO = /from '@lingui\/(core|react)\/macro'/;
/** The texts stay in production, too, and have the ids that the catalogues of Lingui's command line give them. */
const MACROS = {
  descriptorFields: 'message',
  useLinguiV5IdGeneration: true,
  runtimeModules: { Trans: [fileURLToPath(new URL('src/texts/Trans.tsx', import.meta.url)), 'Trans'] },
};
/** The English text of a translatable message, as the transform leaves it. */
const MESSAGE = /(\/\*i18n\*\/ \{[\s\S]*?\bmessage: )("(?:[^"\\]|\\.)*")/g;

/**
 * Puts Lingui's run-time calls in the place of its macros, with the English texts parsed.
 *
 * So English needs no catalogue: each page carries its own texts, and no parser of messages is part of the portal.
 */
export function textMacros(): Plugin {
  return {
    name: 'text-macros',
    enforce: 'pre',
    async transform(code, file) {
      if (!/\.tsx?$/.test(file) || !MACRO.test(code)) return null;
      const transformed = await transform(code, {
        filename: file,
        configFile: false,
        swcrc: false,
        sourceMaps: true,
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: file.endsWith('x') },
          transform: { react: { runtime: 'preserve' } },
          experimental: { plugins: [['@lingui/swc-plugin', MACROS]], cacheRoot: CACHE },
        },
      });
      return {
        code: transformed.code.replace(
          MESSAGE,
          (_all, before: string, text: string) =>
            before + JSON.stringify(compileMessage(JSON.parse(text) as string)),
        ),
        map: transformed.map ?? null,
      };
    },
  };
}
