import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { servingOrder, versionDir } from '@pocketrocket/model/artifact';
import { AppError, messageOf } from '@pocketrocket/runtime';
import { readRunReport, REPORT_PAGE } from '../report/runReport.ts';
import { readPageAssets } from '../report/html/pageAssets.ts';
import { renderReport } from '../report/html/renderReport.ts';
import { printResult, withRun } from './common/context.ts';
import type { CommandContext } from './common/context.ts';
import { jsonOption, parsePositiveNumber } from './common/options.ts';

export function reportCommand(context: CommandContext) {
  return new Command('report')
    .description(
      'Write the report of the run that made a model, as one page that needs no network, from what the run kept.',
    )
    .option('--model-version <number>', 'which version (default: the one that serves)', parsePositiveNumber)
    .option('--out <file>', "where the page goes (default: report.html in the version's assets.extra)")
    .addOption(jsonOption)
    .action((options) =>
      withRun(context, 'none', async (run) => {
        const { modelDir } = run.config;
        const version = options.modelVersion ?? (await servedVersion(modelDir));
        const report = await readRunReport(modelDir, version);
        const file = resolve(options.out ?? join(versionDir(modelDir, version), REPORT_PAGE));
        await writePage(file, renderReport(report, await readPageAssets()));
        printResult(
          run,
          options.json,
          () => ({ version, file }),
          () => `report of version ${version}: ${file}\n`,
        );
      }),
    );
}

async function servedVersion(modelDir: string): Promise<number> {
  const [version] = await servingOrder(modelDir);
  if (version !== undefined) return version;
  throw new AppError('NOT_FOUND', `no model in ${modelDir}; run \`npm run trainer -- train\` first`);
}

async function writePage(file: string, page: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, page);
  } catch (error) {
    throw new AppError('ENVIRONMENT', `the report cannot be written to ${file}: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
