import { formatTable } from '@pocketrocket/runtime';
import { Command } from '@commander-js/extra-typings';
import { readVersions, type VersionSummary } from '@pocketrocket/model/artifact';
import { printResult, withRun } from './common/context.ts';
import type { CommandContext } from './common/context.ts';
import { jsonOption } from './common/options.ts';

export function listCommand(context: CommandContext) {
  return new Command('list')
    .description(
      'List the versions in MODEL_DIR, newest first, with their state: what serves and what did before.',
    )
    .addOption(jsonOption)
    .addHelpText('after', STATES_HELP)
    .action((options) =>
      withRun(context, 'none', async (run) => {
        const versions = await readVersions(run.config.modelDir);
        printResult(
          run,
          options.json,
          () => ({
            modelDir: run.config.modelDir,
            versions: versions.map(({ manifest: _, ...rest }) => rest),
          }),
          () => toText(versions, run.config.modelDir),
        );
      }),
    );
}

const STATES_HELP = `
States:
  served       a server that holds the version's data serves it
  earlier      was served before; a rollback goes to the last of them
  refused      the quality gate refused it; \`publish\` accepts it anyway
  unpublished  written, but never published
  broken       cannot be read; \`show\` says why
`;

function toText(versions: readonly VersionSummary[], modelDir: string): string {
  if (versions.length === 0) return `no versions in ${modelDir}; run \`npm run trainer -- train\`\n`;
  return formatTable(
    ['version', 'state', 'trained', 'recipe', 'data', 'ratings', 'nDCG@10', 'popularity'],
    versions.map(
      ({ version, state, createdAt, recipe, dataset, interactions, ndcgAt10, popularityNdcgAt10 }) => [
        String(version),
        state,
        createdAt?.slice(0, 16).replace('T', ' ') ?? '–',
        recipe ?? '–',
        dataset ?? '–',
        String(interactions ?? '–'),
        ndcgAt10?.toFixed(4) ?? '–',
        popularityNdcgAt10?.toFixed(4) ?? '–',
      ],
    ),
  );
}
