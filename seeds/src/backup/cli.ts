import { resolve } from 'node:path';
import { Command, Option } from '@commander-js/extra-typings';
import {
  createProgress,
  readConfig,
  requireSupportedNode,
  runCli,
  type Progress,
} from '@pocketrocket/runtime';
import { asUnavailable, databaseUrlProblems } from '@pocketrocket/schema/database';
import { backUp } from './backup.ts';
import { restore } from './restore.ts';

const progressOption = new Option('--progress <mode>', 'how progress is shown on stderr').choices([
  'bar',
  'plain',
  'json',
  'none',
] as const);
const jsonOption = new Option('--json', 'print one JSON object on stdout').default(false);

async function withProgress<Report>(
  mode: 'bar' | 'plain' | 'json' | 'none' | undefined,
  work: (progress: Progress) => Promise<Report>,
): Promise<Report> {
  const progress = createProgress(process.stderr, mode);
  try {
    return await work(progress);
  } finally {
    progress.close();
  }
}

const program = new Command('npm run')
  .enablePositionalOptions()
  .description(
    'Backs up and restores an installation: database (SQLite, MySQL, or one into the other) and models.',
  );

program
  .command('backup')
  .usage('-- [options]')
  .description('Writes the database and the models to one file; servers and trainers may keep running.')
  .requiredOption('--out <file>', 'the file to write, such as pocketrocket-2026-01-31.backup; must not exist')
  .option('--with-secret', 'include the secret that signs tokens, so that users stay signed in', false)
  .addOption(jsonOption)
  .addOption(progressOption)
  .allowExcessArguments(false)
  .action(async (options) => {
    const request = { out: resolve(options.out), withSecret: options.withSecret };
    const report = await withProgress(options.progress, (progress) =>
      backUp(readConfig(process.env, databaseUrlProblems), request, progress, new Date()),
    );
    const rows = Object.values(report.rows).reduce((sum, count) => sum + count, 0);
    process.stdout.write(
      options.json
        ? `${JSON.stringify(report)}\n`
        : `${report.file}: ${report.dataset ?? 'no data set'}, ${rows.toLocaleString('en')} rows, ` +
            `${report.modelVersions.length} versions of the model${report.secret ? ', the secret' : ''}; ${(report.bytes / 1e6).toFixed(1)} MB\n`,
    );
  });

program
  .command('restore')
  .usage('-- [options] <file>')
  .description(
    'Restores a backup. Stop servers and trainers first: it refuses while one runs. The whole file is checked before anything is changed.',
  )
  .argument('<file>', 'a file that backup wrote')
  .option('--replace', 'replace existing data, accounts and models; says first which and how many', false)
  .addOption(jsonOption)
  .addOption(progressOption)
  .allowExcessArguments(false)
  .action(async (file, options) => {
    const request = { file: resolve(file), replace: options.replace };
    const report = await withProgress(options.progress, (progress) =>
      restore(
        readConfig(process.env, databaseUrlProblems),
        request,
        progress,
        (line) => void process.stderr.write(`${line}\n`),
      ),
    );
    process.stdout.write(
      options.json
        ? `${JSON.stringify(report)}\n`
        : `restored the backup of ${report.createdAt}: ${report.dataset ?? 'no data set'}, ${report.rows.toLocaleString('en')} rows, ` +
            `${report.modelVersions.length} versions of the model\n`,
    );
  });

program.hook('preAction', () => requireSupportedNode(process.versions.node));
await runCli(program, process.argv, asUnavailable);
