import { Argument, Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { WEBHOOK_EVENTS } from '@pocketrocket/schema/database';
import { EXPORT_KINDS } from '../exports/exportRequest.ts';
import { REPORTS, type ReportName } from '../operators/reportNames.ts';
import type { AdminRun } from './appCommands.ts';
import { askServer } from './askServer.ts';
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

const REPORT_TEXTS: Record<ReportName, string> = {
  health: 'Tells how the running server does: problems, requests, degraded lists, caches, steps.',
  budgets: 'Tells the budgets of clients, and who used most on the running server lately.',
  coverage:
    'Tells how much of the catalogue the lists of the running server showed, and how popular that was.',
  catalogue:
    'Tells the catalogue in numbers: movies without genres or years, movies that the model does not know.',
};

const json = () => new Option('--json', 'print one JSON value on stdout').default(false);
const first = () => new Option('--first <number>', 'how many').argParser(parseCount).default(20);

/** The commands that tell operators how a server does, and by which they change it. @param run reads the settings */
export function operatorCommands(run: () => AdminRun) {
  return [
    ...REPORTS.map((name) => reportCommand(name, run)),
    modelsCommand(run),
    trainingCommand(run),
    accountsCommand(run),
    importsCommand(run),
    webhookCommand(run),
    exportCommand(run),
  ] as Command[];
}

function reportCommand(name: ReportName, run: () => AdminRun) {
  return new Command(name)
    .description(REPORT_TEXTS[name])
    .addOption(json())
    .option('--url <origin>', 'where the server is, if not at HOST and PORT')
    .action(async (options) => {
      const { config, logger } = run();
      print(await askServer(config, logger, name, options.url), options);
    });
}

function modelsCommand(run: () => AdminRun) {
  return new Command('models')
    .description(
      'Lists versions of the model, newest first, with what their metrics measure; `trainer publish` and `rollback` choose one.',
    )
    .addOption(first())
    .addOption(json())
    .action(async (options) => {
      const versions = await modelsOf(run().config, options.first);
      print(options.json ? versions : modelRows(versions), options);
    });
}

function trainingCommand(run: () => AdminRun) {
  return new Command('training')
    .description('Tells how far a running trainer has come.')
    .addOption(json())
    .action(async (options) => print(await trainingOf(run().config), options));
}

function accountsCommand(run: () => AdminRun) {
  return new Command('accounts')
    .description('Lists accounts by their number.')
    .argument('[text]', 'only those whose email address holds it')
    .addOption(first())
    .option('--after <cursor>', 'continue where the last list ended: its `next`')
    .addOption(json())
    .action(async (query, options) => print(await accountsOf(run().config, { ...options, query }), options));
}

function importsCommand(run: () => AdminRun) {
  return new Command('imports')
    .description('Lists imports of data sets, latest first.')
    .addOption(first())
    .addOption(json())
    .action(async (options) => print(await importsOf(run().config, options.first), options));
}

function webhookCommand(run: () => AdminRun) {
  const webhook = new Command('webhook').description(
    'Makes, lists and deletes webhooks (docs/operators.md).',
  );
  webhook
    .command('create')
    .description('Makes a webhook, and prints the secret that signs what is sent, this once.')
    .argument('<url>', 'address to which events are posted')
    .addOption(
      new Option('--events <names...>', 'the events').choices(WEBHOOK_EVENTS).default([...WEBHOOK_EVENTS]),
    )
    .addOption(json())
    .action(async (url, options) =>
      print(await makeWebhook(run(), { url, events: [...options.events] }), options),
    );
  webhook
    .command('list')
    .description('Lists webhooks, with how their deliveries go.')
    .addOption(json())
    .action(async (options) => print(await webhooksOf(run().config), options));
  webhook
    .command('delete')
    .description('Deletes a webhook and what still waits for it.')
    .argument('<webhookId>', 'as `list` shows it')
    .action(async (webhookId) => {
      await removeWebhook(run(), webhookId);
      process.stdout.write(`the webhook ${webhookId} is deleted\n`);
    });
  return webhook;
}

function exportCommand(run: () => AdminRun) {
  return new Command('export')
    .description('Writes movies, users, ratings or events of apps as JSON lines. The server may go on.')
    .addArgument(new Argument('<kind>', 'what to write').choices(EXPORT_KINDS))
    .requiredOption('--out <file>', 'where to; `-` for stdout')
    .option(
      '--include-private',
      'also the ratings that accounts keep private, and the events of all apps',
      false,
    )
    .action((kind, { out, includePrivate }) =>
      writeExport(run().config, { kind, includesPrivate: includePrivate }, out),
    );
}

function print(result: unknown, { json: isJson }: { json: boolean }): void {
  process.stdout.write(isJson ? `${JSON.stringify(result)}\n` : toText(result));
}

function parseCount(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text) || Number(text) > 100)
    throw new InvalidArgumentError('it must be 1 to 100.');
  return Number(text);
}
