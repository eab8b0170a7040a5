import { Argument, Command } from '@commander-js/extra-typings';
import { publishByHand } from '@pocketrocket/model/publication';
import { readDataAtHand } from '../data/publishedModel.ts';
import { printResult, withDatabase, withRun } from './common/context.ts';
import type { CommandContext } from './common/context.ts';
import { jsonOption, parseVersion, progressOption } from './common/options.ts';
import { publicationDeps, refuseToEndWithout } from './common/publication.ts';

export function publishCommand(context: CommandContext) {
  return new Command('publish')
    .description(
      'Make a version the one that serves, also an older one or one that the gate refused. Running servers follow ' +
        'within five seconds; `rollback` takes it back.',
    )
    .addArgument(new Argument('<version>', 'its number, as `list` shows it').argParser(parseVersion))
    .addOption(jsonOption)
    .addOption(progressOption)
    .action((version, options) =>
      withRun(context, options.progress, async (run) => {
        const { current, redisProblem, isRefused } = await publishByHand(publicationDeps(run), version, () =>
          withDatabase(run, readDataAtHand),
        );
        run.progress.close();
        printResult(
          run,
          options.json,
          () => ({ ...current, redisProblem }),
          () => `published version ${version}${isRefused ? ', which the gate had refused' : ''}\n`,
        );
        refuseToEndWithout(redisProblem);
      }),
    );
}
