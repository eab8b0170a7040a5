import { Command } from '@commander-js/extra-typings';
import { listVersions, pruneVersions } from '@pocketrocket/model/artifact';
import { changePublished, readPublished } from '@pocketrocket/model/publication';
import { printResult, withRun } from './common/context.ts';
import type { CommandContext } from './common/context.ts';
import { jsonOption, parsePositiveNumber } from './common/options.ts';
import { publicationDeps, refuseToEndWithout } from './common/publication.ts';

export function pruneCommand(context: CommandContext) {
  return new Command('prune')
    .description(
      'Remove old versions. The newest ones, the one that serves and the one that a rollback would reach are always kept.',
    )
    .requiredOption('--keep <number>', 'how many of the newest versions stay', parsePositiveNumber)
    .addOption(jsonOption)
    .action((options) =>
      withRun(context, 'none', async (run) => {
        const { modelDir } = run.config;
        const deps = publicationDeps(run);
        const before = await readPublished(deps);
        const { result: removed, redisProblem } = await changePublished(deps, before, () =>
          pruneVersions(modelDir, options.keep, new Date()),
        );
        const kept = await listVersions(modelDir);
        printResult(
          run,
          options.json,
          () => ({ removed, kept, redisProblem }),
          () =>
            `removed ${removed.length > 0 ? removed.join(', ') : 'nothing'}; kept ${kept.join(', ') || 'nothing'}\n`,
        );
        refuseToEndWithout(redisProblem);
      }),
    );
}
