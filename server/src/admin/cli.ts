import { userInfo } from 'node:os';
import { Argument, Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { createLogger, readConfig, runCli, type Config, type Logger } from '@pocketrocket/runtime';
import { WEBHOOK_EVENTS } from '@pocketrocket/schema/database';
import { databaseUrlProblems } from '@pocketrocket/schema/databaseUrl';
import { EXPORT_KINDS } from '../exports/exportPages.ts';
import { REPORTS, type ReportName } from '../operators/reportNames.ts';
import { askServer } from './askServer.ts';
import { changeRole, passwordLink } from './commands.ts';
import {
  accountsOf,
  importsOf,
  makeWebhook,
  modelRows,
  modelsOf,
  removeWebhook,
  trainingOf,
  webhooksOf,
  writeExport,
} from './operatorCommands.ts';
import { toText } from './texts.ts';

const program = new Command('npm run admin --')
  .description(
    'Administers accounts, and tells operators how the server does. Reads the same settings as the server, which may go on.',
  )
  .allowExcessArguments(false);

program
  .command('grant')
  .description('Makes an account an administrator.')
  .argument('<email>', "the account's email address")
  .action((email) => give(email, 'admin'));

program
  .command('revoke')
  .description('Makes an administrator a user again.')
  .argument('<email>', "the account's email address")
  .action((email) => give(email, 'user'));

program
  .command('reset-password')
  .description('Prints a link by which whoever has it may set a new password, once, for an hour.')
  .argument('<email>', "the account's email address")
  .action(async (email) => {
    process.stdout.write(`${await passwordLink(config(), email)}\n`);
  });

const REPORT_TEXTS: Record<ReportName, string> = {
  health: 'Tells how the running server does: problems, requests, degraded lists, caches, steps.',
  budgets: 'Tells the budgets of clients, and who used most on the running server lately.',
  coverage:
    'Tells how much of the catalogue the lists of the running server showed, and how popular that was.',
  catalogue:
    'Tells the catalogue in numbers: movies without genres or years, movies that the model does not know.',
};
const json = () => new Option('--json', 'print one JSON value on stdout').default(false);
const first = (most: number) =>
  new Option('--first <number>', 'how many').argParser(parseCount).default(most);

for (const name of REPORTS)
  program
    .command(name)
    .description(REPORT_TEXTS[name])
    .addOption(json())
    .option('--url <origin>', 'where the server is, if not at HOST and PORT')
    .action(async (options) =>
      print(await askServer(config(), loggerOf(config()), name, options.url), options),
    );

program
  .command('models')
  .description(
    'Lists versions of the model, newest first, with what their metrics measure; `trainer publish` and `rollback` choose one.',
  )
  .addOption(first(20))
  .addOption(json())
  .action(async (options) => {
    const versions = await modelsOf(config(), options.first);
    print(options.json ? versions : modelRows(versions), options);
  });

program
  .command('training')
  .description('Tells how far a running trainer has come.')
  .addOption(json())
  .action(async (options) => print(await trainingOf(config()), options));

program
  .command('accounts')
  .description('Lists accounts by their number.')
  .argument('[text]', 'only those whose email address holds it')
  .addOption(first(20))
  .option('--after <cursor>', 'continue where the last list ended: its `next`')
  .addOption(json())
  .action(async (query, options) => print(await accountsOf(config(), { ...options, query }), options));

program
  .command('imports')
  .description('Lists imports of data sets, latest first.')
  .addOption(first(20))
  .addOption(json())
  .action(async (options) => print(await importsOf(config(), options.first), options));

const webhook = program
  .command('webhook')
  .description('Makes, lists and deletes webhooks (docs/operators.md).');
webhook
  .command('create')
  .description('Makes a webhook, and prints the secret that signs what is sent, this once.')
  .argument('<url>', 'address to which events are posted')
  .addOption(
    new Option('--events <names...>', 'the events').choices(WEBHOOK_EVENTS).default([...WEBHOOK_EVENTS]),
  )
  .addOption(json())
  .action(async (url, options) => {
    const changedBy = userInfo().username;
    print(
      await makeWebhook(config(), loggerOf(config()), { url, events: [...options.events], changedBy }),
      options,
    );
  });
webhook
  .command('list')
  .description('Lists webhooks, with how their deliveries go.')
  .addOption(json())
  .action(async (options) => print(await webhooksOf(config()), options));
webhook
  .command('delete')
  .description('Deletes a webhook and what still waits for it.')
  .argument('<webhookId>', 'as `list` shows it')
  .action(async (webhookId) => {
    await removeWebhook(config(), loggerOf(config()), { webhookId, changedBy: userInfo().username });
    process.stdout.write(`the webhook ${webhookId} is deleted\n`);
  });

program
  .command('export')
  .description('Writes movies, users, ratings or events of apps as JSON lines. The server may go on.')
  .addArgument(new Argument('<kind>', 'what to write').choices(EXPORT_KINDS))
  .requiredOption('--out <file>', 'where to; `-` for stdout')
  .option(
    '--include-private',
    'also the ratings that accounts keep private, and the events of all apps',
    false,
  )
  .action((kind, { out, includePrivate }) =>
    writeExport(config(), { kind, includesPrivate: includePrivate }, out),
  );

await runCli(program, process.argv);

function print(result: unknown, { json: isJson }: { json: boolean }): void {
  process.stdout.write(isJson ? `${JSON.stringify(result)}\n` : toText(result));
}

function loggerOf({ logLevel }: Config): Logger {
  return createLogger({ level: logLevel, name: 'admin', stream: process.stderr });
}

function parseCount(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text) || Number(text) > 100)
    throw new InvalidArgumentError('it must be 1 to 100.');
  return Number(text);
}

function config(): Config {
  return readConfig(process.env, databaseUrlProblems);
}

async function give(email: string, role: 'admin' | 'user'): Promise<void> {
  const settings = config();
  const logger = loggerOf(settings);
  const changedBy = userInfo().username;
  process.stdout.write(`${await changeRole(settings, logger, { email, role, changedBy })}\n`);
}
