/**
 * `npm run sizes`: how large files and functions are, by workspace, tests aside; and folders with more than fifteen files.
 * A function is any function, method or arrow of more than three lines.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runMain } from '@pocketrocket/runtime';
import ts from 'typescript';
import { ROOT } from './lib/processes.ts';

const MOST_FILES = 15;
const SHORTEST_FUNCTION = 4;
const TEST = /\.test\.tsx?$|(^|\/)(test|testing|e2e)\//;
const LEFT_OUT = /\.d\.ts$|\/gql\/|\/migrations\//;

interface Sizes {
  files: number[];
  functions: { lines: number; at: string }[];
}

/** Lines of every function in a file that is long enough to count. */
function functionsOf(file: string, text: string): Sizes['functions'] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Sizes['functions'] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) {
      const first = source.getLineAndCharacterOfPosition(node.getStart()).line;
      const lines = source.getLineAndCharacterOfPosition(node.getEnd()).line - first + 1;
      if (lines >= SHORTEST_FUNCTION) found.push({ lines, at: `${file}:${first + 1}` });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The smallest value that at least a share of all reaches; 0 for none. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

const summary = (values: readonly number[]): string =>
  [0.5, 0.9, 0.99, 1].map((share) => quantile(values, share)).join(' / ');

await runMain(async () => {
  const root = process.argv[2] ?? ROOT;
  const files = execFileSync('git', ['ls-files', '*.ts', '*.tsx'], { cwd: root, encoding: 'utf8' })
    .trim()
    .split('\n')
    .filter((file) => !TEST.test(file) && !LEFT_OUT.test(file));
  const sizes = new Map<string, Sizes>();
  const perFolder = new Map<string, number>();
  for (const file of files) {
    const [workspace = ''] = file.split('/');
    const text = readFileSync(join(root, file), 'utf8');
    const known = sizes.get(workspace) ?? { files: [], functions: [] };
    known.files.push(text.split('\n').length - 1);
    known.functions.push(...functionsOf(file, text));
    sizes.set(workspace, known);
    perFolder.set(dirname(file), (perFolder.get(dirname(file)) ?? 0) + 1);
  }
  const rows = [...sizes].sort(([a], [b]) => a.localeCompare(b));
  const all = rows.map(([, one]) => one);
  rows.push([
    'all',
    { files: all.flatMap((one) => one.files), functions: all.flatMap((one) => one.functions) },
  ]);
  const lines = [
    '| workspace | files | file median / p90 / p99 / max | functions | function median / p90 / p99 / max |',
  ];
  lines.push('|---|---|---|---|---|');
  for (const [name, { files: ofFiles, functions }] of rows) {
    const ofFunctions = functions.map((one) => one.lines);
    lines.push(
      `| ${name} | ${ofFiles.length} | ${summary(ofFiles)} | ${ofFunctions.length} | ${summary(ofFunctions)} |`,
    );
  }
  const longest = all
    .flatMap((one) => one.functions)
    .sort((a, b) => b.lines - a.lines)
    .slice(0, 10);
  lines.push('', 'longest functions:', ...longest.map((one) => `  ${one.lines}  ${one.at}`));
  const full = [...perFolder].filter(([, count]) => count > MOST_FILES).sort((a, b) => b[1] - a[1]);
  lines.push('', `folders over ${MOST_FILES} files: ${full.length === 0 ? 'none' : ''}`);
  lines.push(...full.map(([folder, count]) => `  ${count}  ${folder}`));
  process.stdout.write(`${lines.join('\n')}\n`);
});
