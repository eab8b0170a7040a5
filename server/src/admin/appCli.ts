import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { API_SCOPES, type StoredScope } from '@pocketrocket/schema/database';
import { z } from 'zod';
import { MAX_BUDGET, MAX_OVERLAP_SECONDS, MIN_BURST, type MadeKey } from '../apps/manageKeys.ts';
import {
  endKey,
  listApps,
  listKeys,
  makeApp,
  makeKey,
  removeApp,
  renewKey,
  type AdminRun,
} from './appCommands.ts';

type Cell = string | number | boolean | Date | string[] | null;

/** Prints rows as lines of columns, or as JSON. */
function print(rows: readonly Readonly<Record<string, Cell>>[], isJson: boolean): void {
  if (isJson) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
  else for (const row of rows) process.stdout.write(`${Object.values(row).map(inWords).join('\t')}\n`);
}

function inWords(value: Cell): string {
  if (value instanceof Date) return value.toISOString();
  return Array.isArray(value) ? value.join(',') : String(value ?? '-');
}

function scopesIn(list: string): StoredScope[] {
  const given = list.split(',').map((scope) => scope.trim());
  const unknown = given.find((scope) => !(API_SCOPES as readonly string[]).includes(scope));
  if (unknown !== undefined)
    throw new InvalidArgumentError(`${unknown} is no scope; they are ${API_SCOPES.join(', ')}.`);
  return given as StoredScope[];
}

const isoTime = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

/** A time to come; a date is its first moment in UTC. */
function futureIn(text: string): Date {
  const read = isoTime.safeParse(text);
  if (!read.success)
    throw new InvalidArgumentError('Give a time such as 2027-01-31 or 2027-01-31T12:00:00Z.');
  const time = new Date(read.data);
  if (time.getTime() <= Date.now()) throw new InvalidArgumentError('Give a time that is to come.');
  return time;
}

/** Reads a whole number within bounds. */
function wholeNumberFrom(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isInteger(value) || value < least || value > most)
      throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
    return value;
  };
}

/** The secret alone on stdout, so that it can be piped to where it is kept. */
function tellSecret({ key: { keyId, expiresAtSeconds }, secret }: MadeKey): void {
  process.stdout.write(`${secret}\n`);
  const end =
    expiresAtSeconds === null ? '' : `, holds until ${new Date(expiresAtSeconds * 1000).toISOString()}`;
  process.stderr.write(`Key ${keyId}${end}. Its secret is not shown again: keep it as you keep passwords.\n`);
}

/** `app create|list|delete`. @param run reads the settings */
export function appCommand(run: () => AdminRun): Command {
  const command = new Command('app').description(
    'Apps of others, which have users of their own: docs/apps.md.',
  );
  command
    .command('create')
    .description('Makes an app and prints its id.')
    .argument('<name>', 'its name')
    .option('--shares-users', 'let everybody see its users and their ratings; cannot be changed later', false)
    .action(async (name, { sharesUsers }) => {
      process.stdout.write(`${await makeApp(run(), { name, sharesUsers })}\n`);
    });
  command
    .command('list')
    .description('Lists apps: id, name, whether it shares its users, number of users, when it was made.')
    .option('--json', 'as JSON', false)
    .action(async ({ json }) => {
      const apps = await listApps(run());
      const listed = apps.map(({ appId, name, sharesUsers, userCount, createdAt }) => ({
        ...{ appId, name, sharesUsers, userCount, createdAt },
      }));
      print(listed, json);
    });
  command
    .command('delete')
    .description('Deletes an app with its keys, users and events, for good. Its films stay.')
    .argument('<appId>', "the app's id")
    .action(async (appId) => {
      await removeApp(run(), appId);
      process.stdout.write(`app ${appId} is deleted\n`);
    });
  return command;
}

/** `key create|list|rotate|revoke`. @param run reads the settings */
export function keyCommand(run: () => AdminRun): Command {
  const command = new Command('key').description('API keys of apps.');
  command
    .command('create')
    .description('Makes a key and prints it, this once.')
    .argument('<appId>', 'the app that it is for')
    .requiredOption('--scopes <list>', `what it may be used for, of ${API_SCOPES.join(', ')}`, scopesIn)
    .option('--name <name>', 'its name', 'key')
    .option(
      '--per-second <units>',
      'units of cost that come back to its budget a second',
      wholeNumberFrom(1, MAX_BUDGET),
    )
    .option(
      '--burst <units>',
      'units of cost that it may use at once',
      wholeNumberFrom(MIN_BURST, MAX_BUDGET),
    )
    .option(
      '--expires <time>',
      'when it ends, such as 2027-01-31 (UTC) or 2027-01-31T12:00:00Z; else it holds until it is revoked',
      futureIn,
    )
    .action(async (appId, { expires, ...options }) => {
      tellSecret(await makeKey(run(), { appId, ...options, expiresAt: expires }));
    });
  command
    .command('list')
    .description('Lists keys: id, app, name, scopes, budget a second and at once, state, last use, end.')
    .argument('[appId]', 'of this app alone')
    .option('--json', 'as JSON', false)
    .action(async (appId, { json }) => {
      const keys = await listKeys(run(), appId);
      const listed = keys.map(
        ({ keyId, name, scopes, perSecond, burst, state, lastUsedAt, expiresAt, ...key }) => ({
          ...{ keyId, appId: key.appId, name, scopes, perSecond, burst, state, lastUsedAt, expiresAt },
        }),
      );
      print(listed, json);
    });
  command
    .command('rotate')
    .description('Gives a key a new secret and prints it, this once.')
    .argument('<keyId>', "the key's id")
    .option(
      '--overlap <seconds>',
      'how long the old secret holds beside it',
      wholeNumberFrom(0, MAX_OVERLAP_SECONDS),
      0,
    )
    .action(async (keyId, { overlap }) => {
      tellSecret(await renewKey(run(), keyId, overlap));
    });
  command
    .command('revoke')
    .description('Ends a key, on all servers within seconds.')
    .argument('<keyId>', "the key's id")
    .action(async (keyId) => {
      await endKey(run(), keyId);
      process.stdout.write(`key ${keyId} is revoked\n`);
    });
  return command;
}
