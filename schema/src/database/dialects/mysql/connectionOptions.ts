import { readFileSync } from 'node:fs';
import type { ConnectionOptions, SslOptions } from 'mysql2';
import { AppError, messageOf } from '@pocketrocket/runtime';
import { MYSQL_COLLATION } from './collation.ts';
import { parseMysqlUrl, type MysqlAddress } from './url.ts';

/** Until a silent connection is asked by TCP whether its other end lives. */
const KEEP_ALIVE_AFTER_MS = 10_000;

/** @throws AppError CONFIG_INVALID that lists what is wrong with the URL */
export function mysqlAddress(url: string): MysqlAddress {
  const address = parseMysqlUrl(url);
  if (!Array.isArray(address)) return address;
  throw new AppError('CONFIG_INVALID', `DATABASE_URL ${address.join('; ')}`);
}

/** mysql2's options for connecting to an address. @throws AppError CONFIG_INVALID when a certificate cannot be read */
export function mysqlConnectionOptions({
  host,
  port,
  user,
  password,
  database,
  parameters,
}: MysqlAddress): ConnectionOptions {
  const ssl = sslOptions(parameters);
  return {
    host,
    port,
    user,
    password,
    database,
    charset: MYSQL_COLLATION,
    timezone: 'Z',
    supportBigNumbers: true,
    connectTimeout: parameters.connectTimeoutMs,
    enableKeepAlive: true,
    keepAliveInitialDelay: KEEP_ALIVE_AFTER_MS,
    ...(ssl && { ssl }),
    ...(parameters.localInfile === 'false' && { flags: ['-LOCAL_FILES'] }),
  };
}

function sslOptions(parameters: MysqlAddress['parameters']): SslOptions | null {
  const mode = parameters['ssl-mode'];
  if (mode === 'DISABLED') return null;
  const content = (name: 'ssl-ca' | 'ssl-cert' | 'ssl-key') => {
    const path = parameters[name];
    try {
      return path === undefined ? undefined : readFileSync(path, 'utf8');
    } catch (error) {
      throw new AppError(
        'CONFIG_INVALID',
        `DATABASE_URL names a ${name} that cannot be read: ${messageOf(error)}`,
        {
          cause: error,
        },
      );
    }
  };
  const [ca, cert, key] = [content('ssl-ca'), content('ssl-cert'), content('ssl-key')];
  return {
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    rejectUnauthorized: mode !== 'REQUIRED',
    verifyIdentity: mode === 'VERIFY_IDENTITY',
  };
}
