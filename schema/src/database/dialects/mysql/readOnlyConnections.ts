import type { Pool, PoolConnection } from 'mysql2';
import { failureOfMysql } from './errors.ts';

type Query = (options: unknown, ...rest: unknown[]) => unknown;

/**
 * Closes a pool's connections once their server has become read-only, as the old primary does after a failover: new ones find the new primary
 * by its name. Idle ones end at once, those in use when they are given back.
 */
export function dropReadOnlyConnections(pool: Pool): void {
  const idle = new Set<PoolConnection>();
  const open = new Set<PoolConnection>();
  const outdated = new WeakSet<PoolConnection>();
  const forget = (connection: PoolConnection) => {
    open.delete(connection);
    idle.delete(connection);
  };
  const dropAll = () => {
    for (const connection of open) outdated.add(connection);
    for (const connection of idle) connection.destroy();
    open.clear();
    idle.clear();
  };
  pool.on('connection', (connection: PoolConnection) => {
    open.add(connection);
    watchStatements(connection, dropAll);
    const release = connection.release.bind(connection);
    connection.release = () => (outdated.has(connection) ? connection.destroy() : release());
    connection.once('end', () => forget(connection));
    connection.once('error', () => forget(connection));
  });
  pool.on('acquire', (connection: PoolConnection) => idle.delete(connection));
  // Not told where the next who waits takes it over at once: it is in use then.
  pool.on('release', (connection: PoolConnection) => idle.add(connection));
}

function watchStatements(connection: PoolConnection, onReadOnly: () => void): void {
  const query = connection.query.bind(connection) as unknown as Query;
  const watched: Query = (options, ...rest) => {
    const done = rest.pop() as (error: unknown, ...result: unknown[]) => void;
    return query(options, ...rest, (error: unknown, ...result: unknown[]) => {
      if (error !== null && failureOfMysql(error) === 'readOnly') onReadOnly();
      done(error, ...result);
    });
  };
  connection.query = watched as unknown as PoolConnection['query'];
}
