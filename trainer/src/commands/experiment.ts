import { Argument, Command } from '@commander-js/extra-typings';
import { AppError } from '@pocketrocket/runtime';
import { reportExperiment, type ExperimentReport } from '../data/experiment.ts';
import { formatTable } from '../report/table.ts';
import { printResult, withDatabase, withRun } from './common/context.ts';
import type { CommandContext } from './common/context.ts';
import { jsonOption } from './common/options.ts';

export function experimentCommand(context: CommandContext) {
  return new Command('experiment')
    .description(
      'Show how the arms of the experiments in EXPERIMENTS do: rates with 95 % intervals, what is decided, and how long the rest takes.',
    )
    .addArgument(new Argument('[name]', 'of one experiment; all without it'))
    .addOption(jsonOption)
    .action((name, options) =>
      withRun(context, 'none', async (run) => {
        const { experiments } = run.config;
        const asked = name === undefined ? experiments : experiments.filter((one) => one.name === name);
        if (asked.length === 0)
          throw noExperiment(
            name,
            experiments.map((one) => one.name),
          );
        await withDatabase(run, async (database) => {
          const now = Math.floor(Date.now() / 1000);
          const reports: ExperimentReport[] = [];
          for (const one of asked) reports.push(await reportExperiment(database, one, now));
          printResult(
            run,
            options.json,
            () => reports,
            () => reports.map(toText).join('\n'),
          );
        });
      }),
    );
}

function noExperiment(name: string | undefined, names: readonly string[]): AppError {
  if (names.length === 0) return new AppError('NOT_FOUND', 'EXPERIMENTS sets none');
  return new AppError('NOT_FOUND', `EXPERIMENTS has no ${name}; it has ${names.join(', ')}`);
}

function toText(report: ExperimentReport): string {
  const { experiment, startedAt, arms, usersNeeded, daysMissing, isUneven, numSwitched } = report;
  const lines = [
    `${experiment}: ${startedAt === null ? 'nobody was shown a list yet' : `since ${startedAt}`}`,
    formatTable(
      ['arm', 'share', 'users', 'finished', 'rate', 'less the first', 'verdict'],
      arms.map((arm) => [
        arm.name,
        percent(arm.share),
        String(arm.users),
        String(arm.finished),
        withInterval(arm.rate),
        arm.difference ? withInterval(arm.difference) : '–',
        arm.verdict ?? '–',
      ]),
    ),
  ];
  const missing = Math.max(...arms.map((arm) => arm.usersMissing));
  if (missing > 0)
    lines.push(
      `Each arm needs ${usersNeeded} finished users; ${missing} are missing at most, ${daysMissing === null ? 'and none come' : `about ${daysMissing} days`}.`,
    );
  if (isUneven)
    lines.push(
      'The numbers of users do not fit the shares: something keeps users of one arm away. Trust no rate.',
    );
  if (numSwitched > 0)
    lines.push(
      `${numSwitched} users were shown several arms and count in none: the shares or the salt were changed.`,
    );
  return `${lines.join('\n')}\n`;
}

function withInterval({ mean, low, high }: { mean: number; low: number; high: number }): string {
  return `${percent(mean)} [${percent(low)}, ${percent(high)}]`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
