import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { link, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { once } from 'node:events';
import { join, relative, sep } from 'node:path';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { MODEL_NAME, listVersions, versionDir } from '@pocketrocket/model/artifact';
import { asUnavailable, dialectOf, writeFailureOf } from '@pocketrocket/schema/database';
import { AppError, messageOf, systemErrorCode, type Config, type Progress } from '@pocketrocket/runtime';
import { pack } from 'tar-stream';
import { removeWhenStopped } from '../output/unfinished.ts';
import { BACKUP_DIALECTS } from './dialects.ts';
import { CHECKSUMS, FORMAT, HEADER, MODELS, partName, SECRET, type Header } from './archiveFormat.ts';
import type { DatabaseAddress } from './snapshot.ts';

export interface BackupRequest {
  /** The file to write. */
  out: string;
  /** Includes the secret that signs tokens, where the home has it. */
  withSecret: boolean;
  /** For a file: what reads it; the native SQLite where it is built, unless named. */
  sqliteEngine?: DatabaseAddress['sqliteEngine'];
}

/** The content of a backup. */
export interface BackupReport {
  file: string;
  bytes: number;
  dataset: string | null;
  rows: Record<string, number>;
  modelVersions: number[];
  secret: boolean;
}

/**
 * Writes database, models and, if asked for, the secret into one file, which is there whole or not at all. Everything may go on
 * being written meanwhile.
 * @throws AppError BAD_USER_INPUT where the file exists; ENVIRONMENT where it cannot be written
 */
export async function backUp(
  config: Config,
  request: BackupRequest,
  progress: Progress,
  now: Date,
): Promise<BackupReport> {
  const { out } = request;
  if (existsSync(out)) throw existsAlready(out);
  const partial = `${out}.partial-${randomUUID()}`;
  const leave = removeWhenStopped(partial);
  try {
    const report = await write(config, request, partial, progress, now);
    const written = await open(partial, 'r+');
    await written.sync();
    await written.close();
    await nameOnce(partial, out);
    return { ...report, file: out, bytes: (await stat(out)).size };
  } catch (error) {
    await rm(partial, { force: true });
    if (['ENOSPC', 'EACCES', 'ENOENT', 'ENOTDIR', 'EROFS', 'EDQUOT'].includes(systemErrorCode(error) ?? ''))
      throw new AppError('ENVIRONMENT', `${out} cannot be written: ${messageOf(error)}`, { cause: error });
    if (writeFailureOf(dialectOf(config.databaseUrl), error) === 'full')
      throw new AppError(
        'ENVIRONMENT',
        `${out} cannot be written: there is no room beside it for a copy of the database`,
        { cause: error },
      );
    throw asUnavailable(error);
  } finally {
    leave();
  }
}

/** Gives a file its name, unless another process has meanwhile made a file of that name. @throws AppError BAD_USER_INPUT */
async function nameOnce(partial: string, out: string): Promise<void> {
  try {
    await link(partial, out);
    await rm(partial);
  } catch (error) {
    const code = systemErrorCode(error) ?? '';
    if (code === 'EEXIST') throw existsAlready(out);
    // A file system without hard links.
    if (!['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'].includes(code)) throw error;
    await rename(partial, out);
  }
}

function existsAlready(out: string): AppError {
  return new AppError('BAD_USER_INPUT', `${out} exists already: choose another name`);
}

async function write(
  { databaseUrl, modelDir, home }: Config,
  { withSecret, sqliteEngine }: BackupRequest,
  file: string,
  progress: Progress,
  now: Date,
): Promise<Omit<BackupReport, 'file' | 'bytes'>> {
  const output = createWriteStream(file, { flags: 'wx', mode: 0o600 });
  await once(output, 'open');
  const archive = pack();
  const gzip = createGzip({ level: 5 });
  const done = finished(archive.pipe(gzip).pipe(output));
  // Whoever writes next is told by `done`; at the end it is waited for.
  archive.on('error', () => {});
  done.catch((error: Error) => archive.destroy(error));
  output.on('error', (error) => gzip.destroy(error));
  const checksums: Record<string, string> = {};
  const add = async (name: string, content: string | Buffer) => {
    const bytes = Buffer.from(content);
    checksums[name] = createHash('sha256').update(bytes).digest('hex');
    const added = new Promise<void>((resolve, reject) => {
      archive.entry({ name, size: bytes.length, mtime: now }, bytes, (error) =>
        error ? reject(error) : resolve(),
      );
    });
    await Promise.race([done, added]);
    // The archive takes everything it is given into memory: what is behind it sets the pace.
    if (gzip.writableNeedDrain) await Promise.race([done, once(gzip, 'drain')]);
  };

  const { takeSnapshot } = BACKUP_DIALECTS[dialectOf(databaseUrl).name];
  const snapshot = await takeSnapshot({ url: databaseUrl, sqliteEngine }, file);
  const rows: Record<string, number> = {};
  try {
    const header: Header = {
      format: FORMAT,
      createdAt: now.toISOString(),
      migrations: snapshot.migrations,
      dataset: snapshot.dataset,
      tables: snapshot.tables.map(({ name, columns }) => ({ name, columns })),
    };
    await add(HEADER, `${JSON.stringify(header, null, 2)}\n`);
    const total = snapshot.tables.reduce((sum, { numRows }) => sum + numRows, 0);
    const stage = progress.stage('backing up', total, 'rows');
    let numDone = 0;
    for (const table of snapshot.tables) {
      let part = 0;
      rows[table.name] = 0;
      for await (const some of snapshot.rows(table)) {
        await add(partName(table.name, ++part), some.map((row) => `${JSON.stringify(row)}\n`).join(''));
        rows[table.name] = (rows[table.name] ?? 0) + some.length;
        stage.update((numDone += some.length), table.name);
      }
    }
    stage.finish();
  } finally {
    await snapshot.close();
  }

  const modelVersions = await addModels(modelDir, add, progress);
  const secret = withSecret ? await readFile(join(home, 'jwt-secret')).catch(ignoreMissing) : null;
  if (secret !== null) await add(SECRET, secret);
  await add(CHECKSUMS, `${JSON.stringify({ entries: checksums }, null, 2)}\n`);
  archive.finalize();
  await done;
  return { dataset: snapshot.dataset?.name ?? null, rows, modelVersions, secret: secret !== null };
}

type Add = (name: string, content: string | Buffer) => Promise<void>;

/** Every version, then the pointer; a version that is pruned meanwhile is left out whole, and one published meanwhile comes too. */
async function addModels(modelDir: string, add: Add, progress: Progress): Promise<number[]> {
  const added = new Set<number>();
  const root = join(modelDir, MODEL_NAME);
  let pointer: Buffer | null = null;
  for (let round = 0; round < 3; round++) {
    pointer = await readFile(join(root, 'current.json')).catch(ignoreMissing);
    const versions = (await listVersions(modelDir)).filter((version) => !added.has(version));
    if (versions.length === 0) break;
    const stage = progress.stage('models', versions.length, 'versions');
    for (const [place, version] of versions.entries()) {
      const files = await contentsOf(versionDir(modelDir, version));
      if (files === null) continue;
      for (const [path, content] of files) await add(`${MODELS}${version}/${path}`, content);
      added.add(version);
      stage.update(place + 1);
    }
    stage.finish();
  }
  if (pointer !== null) await add(`${MODELS}current.json`, pointer);
  return [...added].sort((a, b) => b - a);
}

/** The files of a folder by their path in it; null where it goes away meanwhile. */
async function contentsOf(folder: string): Promise<[string, Buffer][] | null> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    return await Promise.all(
      files
        .sort()
        .map(async (file): Promise<[string, Buffer]> => [
          relative(folder, file).split(sep).join('/'),
          await readFile(file),
        ]),
    );
  } catch (error) {
    return ignoreMissing(error);
  }
}

function ignoreMissing(error: unknown): null {
  if (systemErrorCode(error) === 'ENOENT') return null;
  throw error;
}
