import { dirname, join, relative, sep } from 'node:path';
import { ENTRIES, FOLDERS, WORKSPACES } from './layout.js';

const ROOT = join(import.meta.dirname, '..', '..');

/** @returns {{ workspace: string, folder: string, isTest: boolean } | null} */
function placeOf(file) {
  const [workspace = '', ...path] = relative(ROOT, file).split(sep);
  if (!(workspace in WORKSPACES)) return null;
  const inSrc = path[0] === 'src' ? path.slice(1) : null;
  const folder = inSrc && inSrc.length > 1 ? inSrc[0] : '.';
  const isTest = /\.test\.tsx?$/.test(file) || path.includes('test') || path.includes('e2e');
  return { workspace, folder, isTest };
}

/** A rule of the lint: imports follow the tables of `layout.js`. Tests may also import `testing`, and any folder of their workspace. */
export const importArrows = {
  meta: { type: 'problem', schema: [], docs: { description: 'Imports follow docs/architecture.md.' } },
  create(context) {
    const from = placeOf(context.filename);
    if (!from) return {};
    const { workspace, folder, isTest } = from;
    const folders = FOLDERS[workspace];
    const check = (node) => {
      const specifier = node?.value;
      if (typeof specifier !== 'string') return;
      const message = specifier.startsWith('.')
        ? relativeProblem(specifier)
        : specifier.startsWith('@pocketrocket/')
          ? workspaceProblem(specifier)
          : null;
      if (message) context.report({ node, message });
    };

    function workspaceProblem(specifier) {
      const [, to = ''] = specifier.split('/');
      const allowed = WORKSPACES[workspace];
      if (to === workspace || (isTest && to === 'testing')) return null;
      if (!allowed.includes(to))
        return `${workspace} may import ${allowed.join(', ') || 'no other workspace'}, not ${to} (docs/architecture.md).`;
      const entries = ENTRIES[workspace]?.[to];
      if (!entries || entries.includes(specifier)) return null;
      return `Of ${to}, ${workspace} may import only ${entries.join(', ')} (docs/architecture.md).`;
    }

    function relativeProblem(specifier) {
      const to = placeOf(join(dirname(context.filename), specifier));
      if (!to) return null;
      if (to.workspace !== workspace) return 'Import another workspace by its name, not by its path.';
      if (!folders || isTest || folder === '.' || to.folder === folder) return null;
      const allowed = folders[folder];
      if (!allowed) return `${workspace}/src/${folder} is missing from scripts/lint/layout.js.`;
      if (allowed.includes(to.folder)) return null;
      return `${workspace}/src/${folder} may import ${allowed.join(', ') || 'no other folder'}, not ${to.folder} (scripts/lint/layout.js).`;
    }

    return {
      ImportDeclaration: ({ source }) => check(source),
      ExportNamedDeclaration: ({ source }) => check(source),
      ExportAllDeclaration: ({ source }) => check(source),
      ImportExpression: ({ source }) => check(source),
    };
  },
};
