import { Command, Option } from '@commander-js/extra-typings';
import { readConfig, requireSupportedNode, runCli, type ProgressMode } from '@pocketrocket/runtime';
import { asUnavailable, databaseUrlProblems } from '@pocketrocket/schema/database';
import { READING_OPTIONS } from '@pocketrocket/formats';
import { runConvert, runExport, runImport } from './commands.ts';
import { runIntoAccount } from './intoAccount.ts';
import { SAMPLE_NAME, SAMPLE_NOTICE } from './sample/index.ts';
import { MOVIELENS_DATASETS } from './sources/index.ts';

const PROGRESS_MODES = ['bar', 'plain', 'json', 'none'] as const satisfies readonly ProgressMode[];

const { scale: ofScale, timeUnit: ofTimeUnit, allowSkipped: ofSkipped, strict: ofStrict } = READING_OPTIONS;
const scale = new Option(ofScale.flags, ofScale.description).choices(ofScale.choices);
const timeUnit = new Option(ofTimeUnit.flags, ofTimeUnit.description).choices(ofTimeUnit.choices);
const allowSkipped = new Option(ofSkipped.flags, ofSkipped.description);
const strict = new Option(ofStrict.flags, ofStrict.description).conflicts(ofStrict.conflicts);
const json = new Option('--json', 'print one JSON object on stdout');
const progress = new Option('--progress <mode>', 'how progress is shown on stderr').choices(PROGRESS_MODES);
const sourceHelp = `folder, .zip file, or one of the names ${[SAMPLE_NAME, ...Object.keys(MOVIELENS_DATASETS)].join(', ')}`;

const streams = { out: process.stdout, err: process.stderr };

const program = new Command('npm run seed --')
  .enablePositionalOptions()
  .description('Imports a data set of movies and ratings into the database.')
  .argument('[source]', sourceHelp, SAMPLE_NAME)
  .option(
    '--replace',
    'replace another data set, in one transaction; accounts stay, with their ratings of movies that both have',
  )
  .option(
    '--reset',
    'replace the database file and the models, accounts included, once the data are read; refused while a server or trainer runs',
  )
  .option('--dry-run', 'read and check only; do not change the database')
  .addOption(
    new Option('--if-empty', 'do nothing if the database already has a data set').conflicts([
      'replace',
      'reset',
      'dryRun',
    ]),
  )
  .addOption(
    new Option(
      '--into-account <email>',
      "store the ratings of a person's export (Letterboxd, IMDb, Trakt, movielens.org) as this account's",
    ).conflicts(['replace', 'reset', 'ifEmpty', 'strict', 'allowSkipped', 'scale', 'timeUnit']),
  )
  .addOption(new Option('--undo <import>', 'with --into-account: take an import back').conflicts('dryRun'))
  .addOption(strict)
  .addOption(allowSkipped)
  .addOption(scale)
  .addOption(timeUnit)
  .addOption(json)
  .addOption(progress)
  .addHelpText(
    'after',
    `
${SAMPLE_NOTICE}
MovieLens names are downloaded from GroupLens once, checked and kept in $POCKETROCKET_HOME/downloads.
Files may be gzipped. Your own CSV: movies.csv (movieId,title,releaseYear,genres), ratings.csv
(userId,movieId,rating,timestamp) and, if you have them, links.csv (movieId,imdbId,tmdbId). Usual other
names of columns, separators, encodings and dates are understood; docs/imports.md lists them.

Examples:
  npm run seed                               the bundled sample
  npm run seed -- ml-latest-small            MovieLens, downloaded
  npm run seed -- ~/ml-25m.zip --replace     replace the present data set
  npm run seed -- my-movies --dry-run        check your own CSV files
  npm run seed -- my-movies --scale 10       ratings from 1 to 10
  npm run seed -- --into-account ann@example.org letterboxd.zip
                                             your own ratings, for your account
  npm run seed -- convert ml-1m --out csv    plain CSV for the trainer
  npm run seed -- export --parquet data      what the database holds, as Parquet`,
  )
  .allowExcessArguments(false)
  .action((source, options, command) => {
    const config = readConfig(process.env, databaseUrlProblems);
    const { intoAccount, undo } = options;
    if (intoAccount === undefined && undo !== undefined)
      command.error('error: --undo takes back an import of an account: add --into-account <email>');
    if (intoAccount === undefined) return runImport(config, streams, source, options);
    const path = command.args.length > 0 ? source : null;
    return runIntoAccount(config, streams, path, { ...options, intoAccount });
  });

program
  .command('convert')
  .description(
    'Writes a data set as plain CSV: movies.csv, links.csv, and ratings.csv in the order of the source.',
  )
  .argument('<source>', sourceHelp)
  .requiredOption('--out <folder>', 'output folder; not changed if it was written from the same source')
  .addOption(strict)
  .addOption(allowSkipped)
  .addOption(scale)
  .addOption(timeUnit)
  .addOption(json)
  .addOption(progress)
  .addHelpText('after', '\nExample:\n  npm run seed -- convert ml-latest-small --out csv')
  .allowExcessArguments(false)
  .action((source, options) =>
    runConvert(readConfig(process.env, databaseUrlProblems), streams, source, options),
  );

program
  .command('export')
  .description(
    'Writes the ratings and movies of the database (DATABASE_URL), as they are at one moment, as Parquet files: ratings/, movies/ and ' +
      'dataset.json, which names the data set. Servers and trainers may keep running.',
  )
  .requiredOption('--parquet <folder>', 'output folder; an earlier export in it is replaced')
  .addOption(json)
  .addOption(progress)
  .addHelpText('after', '\nExample:\n  npm run seed -- export --parquet data')
  .allowExcessArguments(false)
  .action((options) => runExport(readConfig(process.env, databaseUrlProblems), streams, options));

program.hook('preAction', () => requireSupportedNode(process.versions.node));
await runCli(program, process.argv, asUnavailable);
