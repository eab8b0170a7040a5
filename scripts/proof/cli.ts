/**
 * `npm run proof -- record` and `-- compare`: what the product answers, recorded before a restructuring and compared after.
 *
 * It knows a checkout by its built commands and by HTTP alone and imports none of our packages, so that one version of it
 * records any layout of the sources.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { compare } from './compare.ts';
import { PARTS, record, type Part } from './record.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const program = new Command('npm run proof --').description(
  'Proves that a change of the code changed no answer: records before and after it, and compares.',
);

program
  .command('record')
  .description(
    'Writes SDL, artifacts of seeded trainings, answers by HTTP and the output of every command into one JSON file. Takes some minutes.',
  )
  .requiredOption('--out <file>', 'the file to write; parts that it has and that are not recorded now stay')
  .option(
    '--data <folder>',
    'holds ml-latest-small; MOVIELENS_DIR unless given, without either the sample alone',
  )
  .option('--checkout <folder>', 'what to record, after `npm run build` there', ROOT)
  .option('--only <parts>', `parts to record, separated by commas: ${PARTS.join(', ')}`, parseParts, [
    ...PARTS,
  ])
  .allowExcessArguments(false)
  .action(async (options) => {
    const data = options.data ?? process.env['MOVIELENS_DIR'];
    if (data === undefined && options.only.includes('ml-latest-small'))
      program.error('error: give --data, or leave ml-latest-small out by --only', { exitCode: 2 });
    const recording = await record({
      only: options.only,
      checkout: resolve(options.checkout),
      data: data === undefined ? null : resolve(data),
      say: (line) => void process.stderr.write(`${line}\n`),
    });
    // Parts that were recorded before stay, so that a recording can be made, or mended, a part at a time.
    const before = existsSync(options.out) ? await readJson(options.out) : {};
    await mkdir(dirname(resolve(options.out)), { recursive: true });
    await writeFile(options.out, `${JSON.stringify({ ...before, ...recording }, null, 1)}\n`);
  });

program
  .command('compare')
  .description('Lists where two recordings differ. Ends with status 0 where they do not, else 1.')
  .argument('<before>', 'what record wrote')
  .argument('<after>', 'what record wrote, of other code')
  .option('--only <parts>', 'parts to compare, separated by commas', parseParts, [...PARTS])
  .option('--first <n>', 'how many differences to show', Number, 100)
  .allowExcessArguments(false)
  .action(async (before, after, { first, only }) => {
    const [one, other] = await Promise.all([readRecording(before, only), readRecording(after, only)]);
    const differences = compare(one, other);
    for (const { path, before: was, after: is } of differences.slice(0, first))
      process.stdout.write(`${path}\n  before: ${was}\n  after:  ${is}\n`);
    process.stdout.write(
      differences.length === 0
        ? 'equal\n'
        : `${differences.length} differences (${summaryOf(differences)})\n`,
    );
    process.exitCode = differences.length === 0 ? 0 : 1;
  });

await program.parseAsync();

function parseParts(text: string): Part[] {
  const names = text.split(',');
  const parts = PARTS.filter((part) => names.includes(part));
  if (parts.length === names.length) return parts;
  throw new InvalidArgumentError(`It must be some of ${PARTS.join(', ')}, separated by commas.`);
}

async function readJson(file: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
}

/** Some parts of a recording. */
async function readRecording(file: string, parts: readonly Part[]): Promise<object> {
  const recording = await readJson(file);
  return Object.fromEntries(parts.map((part) => [part, recording[part] ?? null]));
}

/** Counts the differences of each part. */
function summaryOf(differences: readonly { path: string }[]): string {
  const counts = new Map<string, number>();
  for (const { path } of differences) {
    const part = PARTS.find((one) => path.startsWith(one)) ?? path;
    counts.set(part, (counts.get(part) ?? 0) + 1);
  }
  return [...counts].map(([part, count]) => `${part}: ${count}`).join(', ');
}
