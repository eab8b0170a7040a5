import type { AccountConnection, AccountOverview } from '@pocketrocket/schema';
import type { AccountRole, Database } from '@pocketrocket/schema/database';
import { z } from 'zod';
import { ROLES } from '../accounts/accountOf.ts';
import { checkFirst, refuse } from '../arguments/checks.ts';
import { toConnection } from '../arguments/connections.ts';
import { decodeCursor, encodeCursor } from '../arguments/cursors.ts';
import { nowSeconds } from '../timing/clock.ts';

const MAX_EMAIL = 254;
const CURSOR = 'accounts';

export interface AccountSearch {
  first: number;
  after?: string | null | undefined;
  /** A part of the email address, in any case. */
  query?: string | null | undefined;
}

interface Row {
  userId: number;
  name: string | null;
  email: string;
  emailConfirmedAtSeconds: number | null;
  role: AccountRole;
  sharesRatings: number;
  ratingCount: number | null;
  sessionCount: number | string;
  createdAtSeconds: number;
}

/** Accounts by their number, of which the email address holds a text. @throws AppError BAD_USER_INPUT */
export async function findAccounts(
  { dataSource }: Pick<Database, 'dataSource'>,
  { first, after, query }: AccountSearch,
): Promise<AccountConnection> {
  checkFirst(first);
  const part = (query ?? '').trim().toLowerCase();
  if (part.length > MAX_EMAIL) refuse(`query may have ${MAX_EMAIL} characters; it has ${part.length}`);
  const [, afterId] = after
    ? decodeCursor(after, z.tuple([z.literal(CURSOR), z.number().int()]))
    : [CURSOR, -1];
  const condition = "(? = '' OR INSTR(account.email, ?) > 0)";
  const rows = await readAccounts(
    dataSource,
    `account.userId > ? AND ${condition} ORDER BY account.userId LIMIT ${first + 1}`,
    [afterId, part, part],
  );
  const [total] = await dataSource.query<{ number: number | string }[]>(
    `SELECT COUNT(*) AS number FROM account WHERE ${condition}`,
    [part, part],
  );
  const edges = rows.slice(0, first).map((row) => ({
    cursor: encodeCursor([CURSOR, row.userId]),
    node: toOverview(row),
  }));
  const page = toConnection(edges, rows.length > first, after !== null && after !== undefined);
  return { ...page, totalCount: Number(total?.number ?? 0) };
}

/** One account as operators see it; null where the user has none. */
export async function accountOverview(
  { dataSource }: Pick<Database, 'dataSource'>,
  userId: number,
): Promise<AccountOverview | null> {
  const [row] = await readAccounts(dataSource, 'account.userId = ?', [userId]);
  return row ? toOverview(row) : null;
}

function readAccounts(
  dataSource: Database['dataSource'],
  condition: string,
  values: readonly unknown[],
): Promise<Row[]> {
  return dataSource.query<Row[]>(
    `SELECT account.userId, user.name, account.email, account.emailConfirmedAtSeconds, account.role, account.sharesRatings,
       user.ratingCount, account.createdAtSeconds,
       (SELECT COUNT(DISTINCT familyId) FROM refresh_token
        WHERE refresh_token.userId = account.userId AND expiresAtSeconds > ?) AS sessionCount
     FROM account LEFT JOIN user ON user.userId = account.userId
     WHERE ${condition}`,
    [nowSeconds(), ...values],
  );
}

const toOverview = (row: Row): AccountOverview => ({
  userId: row.userId,
  name: row.name ?? '',
  email: row.email,
  emailConfirmed: row.emailConfirmedAtSeconds !== null,
  role: ROLES[row.role],
  sharesRatings: row.sharesRatings === 1,
  ratingCount: row.ratingCount ?? 0,
  sessionCount: Number(row.sessionCount),
  createdAt: new Date(row.createdAtSeconds * 1000),
});
