import { AppError, messageOf } from '@pocketrocket/runtime';
import type { Archive, Member } from './archive.ts';
import { openArchive } from './openPath.ts';

const STATED_COUNTS = /([\d,]+) ratings\b.*?([\d,]+) movies\b/s;

/**
 * Checks a CSV data set of MovieLens without a published checksum: every file of the archive has its CRC-32, and there are
 * as many ratings and movies as the archive's README states.
 * @throws AppError BAD_DATA that says what differs
 */
export async function verifyByReadme(path: string): Promise<void> {
  const archive = await openArchive(path);
  try {
    const readme = await readWhole(archive, 'README.txt');
    const [, ratings, movies] = STATED_COUNTS.exec(readme) ?? [];
    if (ratings === undefined || movies === undefined) {
      throw new AppError('BAD_DATA', 'the download cannot be checked: its README states no counts');
    }
    const lines = new Map<string, number>();
    for (const file of archive.members.keys()) lines.set(file, await countLines(archive, file));
    for (const [file, stated] of [
      ['ratings.csv', ratings],
      ['movies.csv', movies],
    ] as const) {
      const rows = (lines.get(file) ?? 1) - 1;
      if (rows !== Number(stated.replaceAll(',', ''))) {
        throw new AppError('BAD_DATA', `the download is not whole: ${file} has ${rows} of ${stated} rows`);
      }
    }
  } finally {
    archive.close();
  }
}

async function readWhole(archive: Archive, file: string): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of bytesOf(archive, file)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

async function countLines(archive: Archive, file: string): Promise<number> {
  let lines = 0;
  for await (const chunk of bytesOf(archive, file)) {
    for (const byte of chunk) if (byte === 0x0a) lines++;
  }
  return lines;
}

async function* bytesOf({ members }: Archive, file: string): AsyncGenerator<Buffer> {
  const member: Member | undefined = members.get(file);
  if (!member) throw new AppError('BAD_DATA', `the download is not whole: it has no ${file}`);
  try {
    yield* (await member.open()) as AsyncIterable<Buffer>;
  } catch (error) {
    throw new AppError('BAD_DATA', `the download is damaged: ${messageOf(error)}`, { cause: error });
  }
}
