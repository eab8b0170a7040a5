import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createConnection } from 'mysql2/promise';
import { Topology, type TopologyOptions } from '../topology/topology.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures');

/** Opens the home that a release wrote: its files, and with a server of MySQL its database there. */
export async function openHomeOf(release: string, options: TopologyOptions): Promise<Topology> {
  const topology = await Topology.open(options);
  await promisify(execFile)('tar', ['-xzf', join(FIXTURES, `${release}.tar.gz`), '-C', topology.home]);
  if (options.mysqlUrl !== undefined) await restore(topology);
  return topology;
}

async function restore({ databaseUrl, home }: Topology): Promise<void> {
  const connection = await createConnection({ uri: databaseUrl, multipleStatements: true });
  await connection.query(await readFile(join(home, 'mysql.sql'), 'utf8'));
  await connection.end();
}
