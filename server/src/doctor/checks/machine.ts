import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { dialectOf, needsHome } from '@pocketrocket/schema/database';
import { messageOf, systemErrorCode, type Config } from '@pocketrocket/runtime';
import { z } from 'zod';
import { about, type Finding } from '../finding.ts';

const TESTED_MAJORS = [20, 22, 24];
const LITTLE_BYTES = 1e9;
const NO_BYTES = 1e8;

/** @param version of Node.js, such as `20.20.2` */
export function lookAtNode(version: string): Finding {
  const { ok, warn, fail } = about('node');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const here = `Node.js ${version}`;
  if (major < 20 || (major === 20 && minor < 19))
    return fail(`${here} is too old`, 'install Node.js 20.19, 22 or 24');
  if (TESTED_MAJORS.includes(major)) return ok(here);
  return warn(`${here} is not one that PocketRocket is tested with`, 'use Node.js 20, 22 or 24');
}

/** Finds the SQLite engine that serves where the database is a file. */
export function lookAtSqlite({ databaseUrl }: Config): Finding {
  const { ok, warn } = about('sqlite');
  const { label, nativeDriver } = dialectOf(databaseUrl);
  if (nativeDriver === null) return ok(`not needed: the database is ${label}`);
  const problem = nativeDriver.problem();
  if (problem === null) return ok(`native (${nativeDriver.name})`);
  return warn(
    `in WebAssembly, which is slower to import: the native one does not serve (${problem})`,
    'with a C++ compiler: npm rebuild better-sqlite3, by the Node.js that runs PocketRocket; on Node.js 24, npm install --no-save better-sqlite3@13 first',
  );
}

/** Checks that the home is writable, or can be made, and the free space where it lies. */
export async function lookAtHome(config: Config): Promise<Finding[]> {
  const { ok, warn, fail } = about('home');
  const { home } = config;
  if (!needsHome(config)) return [ok('not needed: database, models and secret are elsewhere')];
  const there = await nearestThere(home);
  try {
    if (!(await stat(there)).isDirectory()) throw new Error(`ENOTDIR: ${there} is no folder`);
    await access(there, constants.W_OK);
  } catch (error) {
    return [
      fail(`${home} cannot be written (${messageOf(error)})`, 'set POCKETROCKET_HOME to a folder that can'),
    ];
  }
  const { bavail, bsize } = await statfs(there);
  const free = bavail * bsize;
  const room = `${(free / 1e9).toFixed(1)} GB free`;
  if (free < NO_BYTES)
    return [fail(`${home} is full: ${room}`, 'make room: neither data nor models can be written')];
  if (free < LITTLE_BYTES)
    return [
      warn(
        `${home} is nearly full: ${room}`,
        'make room, or prune old models: npm run trainer -- prune --keep 2',
      ),
    ];
  return [ok(there === home ? `${home} can be written, ${room}` : `the first start makes ${home}; ${room}`)];
}

/** A path, or the first folder above it that is there. */
async function nearestThere(path: string): Promise<string> {
  try {
    await access(path, constants.F_OK);
    return path;
  } catch (error) {
    const above = dirname(path);
    if (above === path || systemErrorCode(error) === 'EACCES') return path;
    return nearestThere(above);
  }
}

/** Checks that the port is free, or PocketRocket's already. */
export async function lookAtPort({ host, port }: Config): Promise<Finding> {
  const { ok, fail } = about('port');
  if (port === 0) return ok('any free one');
  const server = createServer();
  try {
    server.listen({ host, port });
    await once(server, 'listening');
    return ok(`${port} on ${host} is free`);
  } catch (error) {
    if (systemErrorCode(error) !== 'EADDRINUSE')
      return fail(
        `${port} on ${host} cannot be used (${messageOf(error)})`,
        'set HOST to an address of this machine, PORT to one above 1023',
      );
    return (await isPocketRocket(host, port))
      ? ok(`${port} on ${host} is served by PocketRocket`)
      : fail(`${port} on ${host} is in use by another program`, 'stop it, or set PORT to another one');
  } finally {
    server.close();
  }
}

const alive = z.object({ alive: z.boolean() });

async function isPocketRocket(host: string, port: number): Promise<boolean> {
  const address = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  try {
    const answer = await fetch(`http://${address.includes(':') ? `[${address}]` : address}:${port}/healthz`, {
      signal: AbortSignal.timeout(2_000),
    });
    return alive.safeParse(await answer.json()).success;
  } catch {
    return false;
  }
}

/** A file's permission bits, as `ls` shows them; null where there is no file. */
export async function permissionsOf(file: string): Promise<number | null> {
  try {
    await access(dirname(file));
    return (await stat(file)).mode & 0o777;
  } catch {
    return null;
  }
}
