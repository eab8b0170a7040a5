import { Command } from '@commander-js/extra-typings';
import { rollBackByHand } from '@pocketrocket/model/publication';
import { printResult, withRun } from './common/context.ts';
import type { CommandContext } from './common/context.ts';
import { jsonOption, progressOption } from './common/options.ts';
import { publicationDeps, refuseToEndWithout } from './common/publication.ts';

export function rollbackCommand(context: CommandContext) {
  return new Command('rollback')
    .description(
      'Serve the previous version again; run it again to go further back. Running servers follow within five ' +
        'seconds; `publish` goes forward again.',
    )
    .addOption(jsonOption)
    .addOption(progressOption)
    .action((options) =>
      withRun(context, options.progress, async (run) => {
        const { current, from, redisProblem } = await rollBackByHand(publicationDeps(run));
        run.progress.close();
        printResult(
          run,
          options.json,
          () => ({ ...current, from, redisProblem }),
          () => `rolled back from version ${from ?? '–'} to version ${current.version}\n`,
        );
        refuseToEndWithout(redisProblem);
      }),
    );
}
