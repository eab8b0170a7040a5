import { messageOf, systemErrorCode } from '@pocketrocket/runtime';
import type { DatabaseFailure } from '../dialect.ts';

/** The server cannot be reached, went away in the middle, is starting or stopping, is full, or took too long. */
const UNAVAILABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'ER_SERVER_SHUTDOWN',
  'ER_NORMAL_SHUTDOWN',
  'ER_CON_COUNT_ERROR',
  'ER_TOO_MANY_USER_CONNECTIONS',
  'ER_NEW_ABORTING_CONNECTION',
  'ER_ABORTING_CONNECTION',
  'ER_CONNECTION_KILLED',
  'ER_CLIENT_INTERACTION_TIMEOUT',
  'ER_QUERY_INTERRUPTED',
  'ER_QUERY_TIMEOUT',
  'ER_STATEMENT_TIMEOUT',
  'ER_NET_READ_ERROR',
  'ER_NET_READ_INTERRUPTED',
  'ER_NET_WRITE_INTERRUPTED',
  'ER_NET_ERROR_ON_WRITE',
]);

/** The same where mysql2 knows no name for MariaDB's number: a connection killed, a statement out of time. */
const UNAVAILABLE_NUMBERS: ReadonlySet<unknown> = new Set([1927, 1969]);

/** mysql2's messages, which have no code, about connections and pools that are closed already. */
const CLOSED =
  /when connection is in closed state|Can't write in closed state|^Pool is closed|^Connection lost/;

/** Reads an error of mysql2. */
export function failureOfMysql(error: unknown): DatabaseFailure | null {
  if (saysGone(error)) return 'unavailable';
  const code = systemErrorCode(error) ?? '';
  if (BEGIN_ANEW.has(code)) return 'deadlock';
  if (code === 'ER_TABLE_DEF_CHANGED') return 'tablesChanged';
  if (code === 'ER_DUP_ENTRY') return 'duplicate';
  if (FULL.has(code)) return 'full';
  if (READ_ONLY.has(code)) return 'readOnly';
  if (DENIED.has(code) && !/^SELECT command/.test(messageOf(error))) return 'denied';
  return null;
}

/** The last one is MariaDB's, where a row that a transaction changes is no longer as it read it. */
const BEGIN_ANEW = new Set(['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_CHECKREAD']);

/** The server has become read-only: by a setting, as what a failover leaves behind, or by its storage. */
const READ_ONLY = new Set([
  'ER_OPTION_PREVENTS_STATEMENT',
  'ER_READ_ONLY_MODE',
  'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION',
  'ER_INNODB_READ_ONLY',
  'ER_OPEN_AS_READONLY',
]);

const FULL = new Set([
  'ER_DISK_FULL',
  'ER_RECORD_FILE_FULL',
  'ER_DISK_FULL_NOWAIT',
  'ER_TEMP_FILE_WRITE_FAILURE',
]);

const DENIED = new Set([
  'ER_TABLEACCESS_DENIED_ERROR',
  'ER_COLUMNACCESS_DENIED_ERROR',
  'ER_DBACCESS_DENIED_ERROR',
  'ER_SPECIFIC_ACCESS_DENIED_ERROR',
]);

function saysGone(error: unknown): boolean {
  const code = systemErrorCode(error);
  if (code !== undefined) return UNAVAILABLE.has(code);
  const hasNumber = typeof error === 'object' && error !== null && 'errno' in error;
  return CLOSED.test(messageOf(error)) || (hasNumber && UNAVAILABLE_NUMBERS.has(error.errno));
}
