import { AppError, type Config, type Logger } from '@pocketrocket/runtime';
import {
  AccountEntity,
  inspectDatabase,
  openDatabase,
  type AccountRole,
  type Database,
  normaliseEmail,
} from '@pocketrocket/schema/database';
import { createLink } from '../accounts/links.ts';
import { giveRole } from '../accounts/roles.ts';

/**
 * Gives an account a role; the log and the database say who did.
 * @returns what happened, in words
 * @throws AppError NOT_FOUND; UPSTREAM_UNAVAILABLE, ENVIRONMENT when the database cannot be opened
 */
export function changeRole(
  config: Config,
  logger: Logger,
  change: { email: string; role: AccountRole; changedBy: string },
): Promise<string> {
  return withDatabase(config, async (database) => {
    const name = { admin: 'an administrator', user: 'a user' }[change.role];
    const isChanged = await giveRole(database, logger, change);
    return isChanged ? `${change.email} is ${name}` : `${change.email} was ${name} already`;
  });
}

/**
 * Makes a link to set a new password.
 * @throws AppError NOT_FOUND; UPSTREAM_UNAVAILABLE, ENVIRONMENT when the database cannot be opened
 */
export function passwordLink(config: Config, email: string): Promise<string> {
  return withDatabase(config, async (database) => {
    const account = await database.dataSource
      .getRepository(AccountEntity)
      .findOneBy({ email: normaliseEmail(email) });
    if (!account) throw new AppError('NOT_FOUND', `there is no account with the email address ${email}`);
    return createLink(database, account, 'reset', config.publicUrl ?? `http://${config.host}:${config.port}`);
  });
}

/** Works with the database of the settings. @throws AppError NOT_FOUND where there is none yet */
export async function withDatabase<T>(
  { databaseUrl: url }: Config,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  // Opening would make a file where there is none.
  const there = await inspectDatabase({ url });
  if (there === null) throw new AppError('NOT_FOUND', 'there is no database yet: start the server once');
  await there.close();
  const database = await openDatabase({ url });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
