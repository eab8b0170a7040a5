/** `npm start`: from a fresh clone to recommendations in the browser; again, up in seconds with everything kept. */
import { existsSync } from 'node:fs';
import { Command, Option } from '@commander-js/extra-typings';
import { READING_OPTIONS, type RatingScale, type TimeUnit } from '@pocketrocket/formats';
import {
  AppError,
  readConfig,
  requireSupportedNode,
  runCli,
  toArguments,
  type Config,
} from '@pocketrocket/runtime';
import { databaseFileOf, databaseUrlProblems } from '@pocketrocket/schema/databaseUrl';
import { build, isBuilt } from './lib/build.ts';
import { built, runStep } from './lib/processes.ts';
import { requireFreePort } from './start/freePort.ts';
import { say } from './start/say.ts';
import { serve } from './start/serve.ts';

interface Options {
  data?: string;
  replace?: boolean;
  reset?: boolean;
  quick?: boolean;
  scale?: RatingScale;
  timeUnit?: TimeUnit;
  allowSkipped?: boolean;
  strict?: boolean;
}

const { scale, timeUnit, allowSkipped, strict } = READING_OPTIONS;

const program = new Command('npm start --')
  .description(
    'Builds what changed, imports data, trains where no model fits, and serves the portal and the API.',
  )
  .option('--data <name or path>', 'a data set that `npm run seed` takes, instead of the bundled sample')
  .option(
    '--replace',
    'with --data: replace another data set; accounts stay, with their ratings of movies that both have, and apps with all they have',
  )
  .option(
    '--reset',
    'replace database and models, accounts included, once the data are read (downloads are kept)',
  )
  .addOption(new Option(scale.flags, `with --data: ${scale.description}`).choices(scale.choices))
  .addOption(new Option(timeUnit.flags, `with --data: ${timeUnit.description}`).choices(timeUnit.choices))
  .addOption(new Option(allowSkipped.flags, `with --data: ${allowSkipped.description}`))
  .addOption(new Option(strict.flags, `with --data: ${strict.description}`).conflicts(strict.conflicts))
  .option('--quick', 'stay with the quick recipe: train nothing more in the background')
  .addHelpText(
    'after',
    `
Examples:
  npm start                                       the bundled sample
  npm start -- --data ml-latest-small             MovieLens, downloaded
  npm start -- --data ~/my-movies --replace       your own CSV; accounts stay
  npm start -- --data ~/my-movies --scale 10      your own CSV, with ratings out of 10
  npm start -- --data ~/my-movies --reset         your own CSV, in place of all that is there

Settings come from the environment, such as PORT, POCKETROCKET_HOME and DATABASE_URL; docs/settings.md has them all.
Where the import fails, nothing is changed, and this ends with the import's status.`,
  )
  .allowExcessArguments(false)
  .action((options) => run(options));

await runCli(program, process.argv);

async function run({ data, quick = false, ...importing }: Options): Promise<void> {
  requireSupportedNode(process.versions.node);
  const config = readConfig(process.env, databaseUrlProblems);
  const { reset, ...ofData } = importing;
  const [needsData] = toArguments({ ...ofData });
  if (needsData !== undefined && data === undefined)
    throw new AppError('BAD_USER_INPUT', `${needsData} goes with --data, which names the data set`);
  await requireFreePort(config);
  if (!isBuilt()) {
    say('building');
    await build();
  }
  // A database that is there is looked into by the server itself, so that a restart waits for no other process.
  if (data !== undefined || reset || !isDatabaseThere(config))
    await importData(data, toArguments({ ...importing }));
  await serve(config, { isQuick: quick, importData: () => importData() });
}

function importData(source?: string, options: readonly string[] = []): Promise<void> {
  const isAsked = source !== undefined || options.length > 0;
  return runStep(
    'the import',
    built('seeds', isAsked ? [...(source ? [source] : []), ...options] : ['--if-empty']),
  );
}

function isDatabaseThere({ databaseUrl }: Config): boolean {
  return existsSync(databaseFileOf(databaseUrl) ?? '');
}
