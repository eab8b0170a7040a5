import { Command } from '@commander-js/extra-typings';
import type { CommandContext } from './commands/common/context.ts';
import { evaluateCommand } from './commands/evaluate.ts';
import { experimentCommand } from './commands/experiment.ts';
import { exportCommand } from './commands/export.ts';
import { exportVectorsCommand } from './commands/exportVectors.ts';
import { recommendCommand } from './commands/recommend.ts';
import { recommendAllCommand } from './commands/recommendAll.ts';
import { similarCommand } from './commands/similar.ts';
import { listCommand } from './commands/list.ts';
import { pruneCommand } from './commands/prune.ts';
import { publishCommand } from './commands/publish.ts';
import { reportCommand } from './commands/report.ts';
import { rollbackCommand } from './commands/rollback.ts';
import { showCommand } from './commands/show.ts';
import { splitCommand } from './commands/split.ts';
import { trainCommand } from './commands/train.ts';

const EXAMPLES = `
Examples:
  npm run trainer -- train                                      train on the database and publish
  npm run trainer -- list                                       the versions, and which one serves
  npm run trainer -- rollback                                   serve the previous version
  npm run trainer -- evaluate --data ml-latest-small            quality, by leave-last-out with 99 negatives
  npm run trainer -- evaluate --data my-movies --protocol time  the same on the last fifth of your own CSV's log
  npm run trainer -- evaluate --train a.csv --holdout b.csv.gz  on a split made elsewhere
  npm run trainer -- recommend --user 1
  npm run trainer -- recommend-all --top 100 --out lists        every user's list, as Parquet
  npm run trainer -- similar --movie 1
  npm run trainer -- experiment                                 how the arms of EXPERIMENTS do
`;

/** The trainer's command line. Results go to stdout, everything else to stderr. */
export function createProgram(context: CommandContext) {
  return new Command('npm run trainer --')
    .description('Trains recommenders on movie ratings, measures them, and publishes what the server serves.')
    .addCommand(trainCommand(context))
    .addCommand(evaluateCommand(context))
    .addCommand(listCommand(context))
    .addCommand(showCommand(context))
    .addCommand(publishCommand(context))
    .addCommand(rollbackCommand(context))
    .addCommand(pruneCommand(context))
    .addCommand(reportCommand(context))
    .addCommand(splitCommand(context))
    .addCommand(exportCommand(context))
    .addCommand(exportVectorsCommand(context))
    .addCommand(recommendCommand(context))
    .addCommand(recommendAllCommand(context))
    .addCommand(similarCommand(context))
    .addCommand(experimentCommand(context))
    .showHelpAfterError('(run with --help for usage)')
    .addHelpText('after', EXAMPLES);
}
