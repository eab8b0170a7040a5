import { Command } from '@commander-js/extra-typings';
import { rollbackVersion, servingOrder } from '@pocketrocket/schema/artifacts';
import { printResult, withRun } from './context.ts';
import type { CommandContext } from './context.ts';
import { jsonOption } from './options.ts';

export function rollbackCommand(context: CommandContext) {
  return new Command('rollback')
    .description(
      'Make the version serve again that served before the current one; again, the one before that. Running servers ' +
        'follow within five seconds; `publish` goes forward again.',
    )
    .addOption(jsonOption)
    .action((options) =>
      withRun(context, 'none', async (run) => {
        const { modelDir } = run.config;
        const [from] = await servingOrder(modelDir);
        const current = await rollbackVersion(modelDir, new Date());
        printResult(
          run,
          options.json,
          () => ({ ...current, from }),
          () => `rolled back from version ${from ?? '–'} to version ${current.version}\n`,
        );
      }),
    );
}
