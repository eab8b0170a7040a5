import { createHash } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError, messageOf, systemErrorCode, type Progress } from '@pocketrocket/runtime';
import { MOVIELENS_DATASETS, type MovieLensName } from './movieLens.ts';
import { verifyByReadme } from './verify.ts';

export interface DownloadDeps {
  /** Folder of the file server; see the setting `MOVIELENS_URL`. */
  movielensUrl: string;
  /** The folder of downloads. */
  folder: string;
  progress: Progress;
  /** Tells a person something, in one line. */
  say: (line: string) => void;
}

/**
 * Fetches a MovieLens data set and checks it against the MD5 sum that GroupLens publishes beside it; where there is none,
 * against the checksums in the archive and the counts in its README. A checked file appears under its name at once, and
 * is used again the next time.
 * @returns path of the zip file
 * @throws AppError UPSTREAM_UNAVAILABLE when it cannot be fetched whole; BAD_DATA when it is not what was published
 */
export async function download(deps: DownloadDeps, name: MovieLensName): Promise<string> {
  const { movielensUrl, folder, say } = deps;
  const file = join(folder, `${name}.zip`);
  if (existsSync(file)) {
    say(`using the downloaded ${file}; delete it to download it again`);
    return file;
  }
  const url = `${movielensUrl}/${name}.zip`;
  const { licence, readme } = MOVIELENS_DATASETS[name];
  say(`${name}: © GroupLens, University of Minnesota; ${licence}.`);
  say(`Its licence: ${movielensUrl}/${readme}`);
  say(`downloading ${url}`);
  await mkdir(folder, { recursive: true });
  const partial = join(folder, `.${name}.${process.pid}.part.zip`);
  try {
    const md5 = await fetchTo(deps, name, url, partial);
    const published = await publishedMd5(name, url);
    if (published === null) {
      say('no checksum is published for it: checking its own checksums and the counts in its README');
      await verifyByReadme(partial);
    } else if (published !== md5) {
      throw new AppError(
        'BAD_DATA',
        `${url} was damaged in transit: its MD5 sum is ${md5}, not ${published} as published; nothing was kept, try again`,
      );
    }
    await rename(partial, file);
  } finally {
    await rm(partial, { force: true });
  }
  return file;
}

/** Writes a file from the net and returns its MD5 sum. */
async function fetchTo(
  { progress }: DownloadDeps,
  name: MovieLensName,
  url: string,
  path: string,
): Promise<string> {
  const response = await request(name, url);
  if (!response.ok || !response.body) throw unavailable(name, url, `it answers ${response.status}`);
  const hash = createHash('md5');
  const sizeBytes = Number(response.headers.get('content-length') ?? 0);
  const stage = progress.stage(`downloading ${name}`, sizeBytes, 'B');
  let readBytes = 0;
  try {
    await pipeline(
      response.body,
      async function* (chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          hash.update(chunk);
          readBytes += chunk.length;
          stage.update(readBytes);
          yield chunk;
        }
      },
      createWriteStream(path),
    );
  } catch (error) {
    throw unavailable(name, url, `the connection was lost after ${readBytes} bytes`, error);
  }
  stage.finish();
  return hash.digest('hex');
}

/** The MD5 sum in the file beside a download; null where none is published. */
async function publishedMd5(name: MovieLensName, url: string): Promise<string | null> {
  const response = await request(name, `${url}.md5`);
  if (response.status === 404) return null;
  if (!response.ok) throw unavailable(name, `${url}.md5`, `it answers ${response.status}`);
  const sum = /\b[\da-f]{32}\b/i.exec(await response.text())?.[0];
  if (sum === undefined) throw unavailable(name, `${url}.md5`, 'its answer is not an MD5 sum');
  return sum.toLowerCase();
}

async function request(name: MovieLensName, url: string): Promise<Response> {
  try {
    return await fetch(url);
  } catch (error) {
    throw unavailable(name, url, reasonOf(error), error);
  }
}

/** The reason that `fetch` hides in its error's cause; where every address was refused it has a code and no message. */
function reasonOf(error: unknown): string {
  const cause = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : error;
  return messageOf(cause) || (systemErrorCode(cause) ?? messageOf(error));
}

function unavailable(name: MovieLensName, url: string, reason: string, cause?: unknown): AppError {
  return new AppError(
    'UPSTREAM_UNAVAILABLE',
    `${url} cannot be fetched: ${reason}.\n` +
      `Try again, or fetch ${name}.zip in another way and give its path: npm run seed -- path/to/${name}.zip\n` +
      'Without a name or path the bundled sample is imported, which needs no network.',
    { cause },
  );
}
