import { resolve } from 'node:path';
import { AppError } from '@pocketrocket/runtime';
import { mysqlAddress } from '@pocketrocket/schema/database';

/** The place of the ratings that Spark reads, as its driver is told. */
export type RatingSource =
  | { kind: 'parquet'; folder: string }
  | { kind: 'mysql'; url: string; user: string; password: string };

/** A server that says nothing for so long is gone; before the first row of a range it may have to sort. */
const SILENCE_MS = 300_000;

/** Parameters of Connector/J beside the address: rows one batch after the other, and whole numbers for tinyint. */
const JDBC_PARAMETERS = { useCursorFetch: 'true', tinyInt1isBit: 'false', allowPublicKeyRetrieval: 'true' };

/**
 * The ratings of an export where one is named, else those of the database.
 * @param parquet folder or URI that `seed export --parquet` wrote
 * @throws AppError BAD_USER_INPUT for a database that Spark cannot read; CONFIG_INVALID for certificates, which Java takes otherwise
 */
export function ratingSourceOf(databaseUrl: string, parquet?: string): RatingSource {
  if (parquet !== undefined) return { kind: 'parquet', folder: toUri(parquet) };
  if (!databaseUrl.startsWith('mysql:')) {
    throw new AppError(
      'BAD_USER_INPUT',
      'Spark reads MySQL, not SQLite: write the ratings by `npm run seed -- export --parquet <folder>` and name that by --parquet',
    );
  }
  const { host, port, database, user, password, parameters } = mysqlAddress(databaseUrl);
  if (parameters['ssl-ca'] ?? parameters['ssl-cert']) {
    throw new AppError(
      'CONFIG_INVALID',
      'Spark does not read the certificates that DATABASE_URL names: put them into the trust store of its Java, and leave ssl-ca, ssl-cert and ssl-key out',
    );
  }
  const query = new URLSearchParams({
    ...JDBC_PARAMETERS,
    sslMode: parameters['ssl-mode'],
    connectTimeout: String(parameters.connectTimeoutMs),
    socketTimeout: String(SILENCE_MS),
  });
  const address = host.includes(':') ? `[${host}]` : host;
  return {
    kind: 'mysql',
    url: `jdbc:mysql://${address}:${port}/${encodeURIComponent(database)}?${query.toString()}`,
    user,
    password,
  };
}

/** A URI as it is, a path as one of this machine; Hadoop takes what stands in it as it is, without %-escapes. */
export function toUri(place: string): string {
  return isUri(place) ? place : `file://${resolve(place)}`;
}

/**
 * The path where a URI names a folder of this machine, so that either way is the same folder; any other place as it is.
 * @throws AppError BAD_USER_INPUT for a `file:` URI that names another machine
 */
export function pathOf(place: string): string {
  const [, authority, path] = /^file:(?:\/\/([^/]*))?(\/.*)$/i.exec(place) ?? [];
  if (path === undefined) return place;
  if (!authority || authority === 'localhost') return path;
  throw new AppError(
    'BAD_USER_INPUT',
    `${place} names the machine ${authority}: write file:///${path.slice(1)} for a folder that all machines have`,
  );
}

export function isUri(place: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(place);
}
