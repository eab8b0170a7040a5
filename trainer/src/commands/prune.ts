import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { listVersions, pruneVersions, versionDir, versionsToPrune } from '@pocketrocket/model/artifact';
import { changePublished, readPublished } from '@pocketrocket/model/publication';
import { printResult, withRun } from './common/context.ts';
import type { CommandContext, CommandRun } from './common/context.ts';
import { jsonOption, parsePositiveNumber } from './common/options.ts';
import { publicationDeps, refuseToEndWithout } from './common/publication.ts';

export function pruneCommand(context: CommandContext) {
  return new Command('prune')
    .description(
      'Remove old versions. The newest ones, the one that serves and the one that a rollback would reach are always kept.',
    )
    .requiredOption('--keep <number>', 'how many of the newest versions stay', parsePositiveNumber)
    .option('--dry-run', 'say what would be removed, and remove nothing', false)
    .addOption(jsonOption)
    .action((options) =>
      withRun(context, 'none', async (run) => {
        const { modelDir } = run.config;
        const leaving = await versionsToPrune(modelDir, options.keep);
        if (leaving.length > 0) {
          const bytes = await bytesOf(leaving.map((version) => versionDir(modelDir, version)));
          run.stderr.write(
            `prune ${options.dryRun ? 'would remove' : 'removes'} ${leaving.length} of ${(await listVersions(modelDir)).length} versions: ` +
              `${leaving.join(', ')} (${(bytes / 1e6).toFixed(1)} MB)\n`,
          );
        }
        if (options.dryRun) return printPruned(run, options.json, { removed: [], wouldRemove: leaving });
        const deps = publicationDeps(run);
        const before = await readPublished(deps);
        const { result: removed, redisProblem } = await changePublished(deps, before, () =>
          pruneVersions(modelDir, options.keep, new Date()),
        );
        await printPruned(run, options.json, { removed, redisProblem });
        refuseToEndWithout(redisProblem);
      }),
    );
}

interface Pruned {
  removed: readonly number[];
  /** With `--dry-run`. */
  wouldRemove?: readonly number[];
  redisProblem?: string | null;
}

async function printPruned(
  run: CommandRun,
  isJson: boolean,
  { removed, wouldRemove, redisProblem = null }: Pruned,
): Promise<void> {
  const kept = await listVersions(run.config.modelDir);
  printResult(
    run,
    isJson,
    () => ({ removed, ...(wouldRemove && { wouldRemove }), kept, redisProblem }),
    () =>
      `removed ${removed.length > 0 ? removed.join(', ') : 'nothing'}; kept ${kept.join(', ') || 'nothing'}\n`,
  );
}

async function bytesOf(folders: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const folder of folders)
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).size;
  return bytes;
}
