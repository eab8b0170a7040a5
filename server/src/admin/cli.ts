import { userInfo } from 'node:os';
import { Command } from '@commander-js/extra-typings';
import { createLogger, readConfig, runCli, type Config } from '@pocketrocket/runtime';
import { databaseUrlProblems } from '@pocketrocket/schema/databaseUrl';
import { changeRole, passwordLink } from './commands.ts';

const program = new Command('npm run admin --')
  .description('Administers accounts. Reads the same settings as the server, which may go on.')
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

await runCli(program, process.argv);

function config(): Config {
  return readConfig(process.env, databaseUrlProblems);
}

async function give(email: string, role: 'admin' | 'user'): Promise<void> {
  const settings = config();
  const logger = createLogger({ level: settings.logLevel, name: 'admin', stream: process.stderr });
  const changedBy = userInfo().username;
  process.stdout.write(`${await changeRole(settings, logger, { email, role, changedBy })}\n`);
}
