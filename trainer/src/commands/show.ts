import { Argument, Command } from '@commander-js/extra-typings';
import { versionDir, type Gate, type Manifest } from '@pocketrocket/model/artifact';
import { AppError } from '@pocketrocket/runtime';
import { readVersions } from '../data/versions.ts';
import { formatTable } from '../report/table.ts';
import { printResult, withRun } from './common/context.ts';
import type { CommandContext } from './common/context.ts';
import { jsonOption, parseVersion } from './common/options.ts';

export function showCommand(context: CommandContext) {
  return new Command('show')
    .description('Show what a version is: from which data, how made, how good, and what the gate said.')
    .addArgument(new Argument('<version>', 'its number, as `list` shows it').argParser(parseVersion))
    .addOption(jsonOption)
    .action((version, options) =>
      withRun(context, 'none', async (run) => {
        const { modelDir } = run.config;
        const found = (await readVersions(modelDir)).find((one) => one.version === version);
        if (!found) throw noSuchVersion(version, modelDir);
        const { manifest, state, problem } = found;
        if (!manifest) throw new AppError('ARTIFACT_INVALID', problem ?? `version ${version} cannot be read`);
        const folder = versionDir(modelDir, version);
        printResult(
          run,
          options.json,
          () => ({ ...manifest, state, folder }),
          () => toText(manifest, state, folder),
        );
      }),
    );
}

/** The error for a version that is not there. */
export function noSuchVersion(version: number, modelDir: string): AppError {
  return new AppError('NOT_FOUND', `there is no version ${version} in ${modelDir}; \`list\` shows all`);
}

function toText(manifest: Manifest, state: string, folder: string): string {
  const { version, createdAt, recipe, seed, dataset, counts, overlay } = manifest;
  const { algorithms, serving, evaluation } = manifest;
  const facts: [string, string][] = [
    ['version', `${version} (${state})`],
    ['folder', folder],
    ['trained', createdAt],
    ['data', `${dataset.name}${dataset.synthetic ? ', synthetic' : ''}, ${dataset.identity}`],
    ['counts', `${counts.interactions} ratings by ${counts.users} users of ${counts.items} movies`],
    ...(overlay ? [['of apps', overlayInWords(overlay)] as [string, string]] : []),
    ['recipe', `${recipe}, seed ${seed}`],
    ...(manifest.recipeSettings?.reasons ?? []).map((reason): [string, string] => ['chosen', reason]),
    ...Object.entries(algorithms).map(([name, settings]): [string, string] => [
      name,
      JSON.stringify(settings),
    ]),
    ['serving', JSON.stringify(serving)],
    ...gateFacts(manifest.gate),
    ['evaluated', `${evaluation.protocol}, ${evaluation.users} users, seed ${evaluation.seed}`],
  ];
  const width = Math.max(...facts.map(([name]) => name.length));
  const lines = facts.map(([name, value]) => `${name.padEnd(width)}  ${value}\n`).join('');
  const models = Object.entries(evaluation.models);
  const metrics = [...new Set(models.flatMap(([, measures]) => Object.keys(measures)))];
  if (models.length === 0) return lines;
  const rows = models.map(([name, measures]) => [
    name,
    ...metrics.map((metric) => measures[metric]?.toFixed(4) ?? '–'),
  ]);
  return `${lines}\n${formatTable(['model', ...metrics], rows)}`;
}

/** Says what apps had added when a version was trained. */
export function overlayInWords({ users, ratings, movies }: NonNullable<Manifest['overlay']>): string {
  return `${ratings} of these ratings by ${users} users of apps; ${movies} movies of apps`;
}

function gateFacts(gate: Gate | undefined): [string, string][] {
  if (!gate) return [['gate', 'trained before there was a gate']];
  const { decision, forced, reasons, serving, difference } = gate;
  const compared =
    serving && difference
      ? `, nDCG@10 beside version ${serving.version} on its split: ${difference.mean.toFixed(4)} ` +
        `[${difference.low.toFixed(4)}, ${difference.high.toFixed(4)}]`
      : '';
  const verdict = `${decision}${forced ? ', but published by --force' : ''}${compared}`;
  return [['gate', verdict], ...reasons.map((reason): [string, string] => ['', reason])];
}
