import { userInfo } from 'node:os';
import { Command } from '@commander-js/extra-typings';
import { createLogger, readConfig, runCli, type Config } from '@pocketrocket/runtime';
import { asUnavailable } from '@pocketrocket/schema/database';
import { databaseUrlProblems } from '@pocketrocket/schema/databaseUrl';
import { appCommand, keyCommand } from './appCli.ts';
import type { AdminRun } from './appCommands.ts';
import { changeRole, passwordLink } from './commands.ts';
import { operatorCommands } from './operatorCli.ts';

const program = new Command('npm run admin --')
  .description(
    'Administers accounts, apps and API keys, and tells operators how the server does. Reads the same settings as the server, which may go on.',
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

program.addCommand(appCommand(run));
program.addCommand(keyCommand(run));
for (const command of operatorCommands(run)) program.addCommand(command);

await runCli(program, process.argv, asUnavailable);

function config(): Config {
  return readConfig(process.env, databaseUrlProblems);
}

function run(): AdminRun {
  const settings = config();
  const logger = createLogger({ level: settings.logLevel, name: 'admin', stream: process.stderr });
  return { config: settings, logger, changedBy: userInfo().username };
}

async function give(email: string, role: 'admin' | 'user'): Promise<void> {
  const { config: settings, logger, changedBy } = run();
  process.stdout.write(`${await changeRole(settings, logger, { email, role, changedBy })}\n`);
}
