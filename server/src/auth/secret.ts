import { randomBytes, randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, systemErrorCode, type Config, type Logger } from '@pocketrocket/schema/runtime';

const MIN_BYTES = 32;

/** What stands in tutorials and templates in the place of a secret. */
const WELL_KNOWN = /^(secret|password|changeme|change-me|jwt|your|example|test|dev|default|supersecret)/i;

/** Why a secret can be guessed; null for a good one. HS256 asks for as many bits as its hash has: RFC 7518, section 3.2. */
export function weaknessOf(secret: string): string | null {
  if (Buffer.byteLength(secret) < MIN_BYTES) return `it is shorter than ${MIN_BYTES} bytes`;
  if (WELL_KNOWN.test(secret)) return 'it looks like one from a tutorial';
  if (new Set(secret).size < 8) return 'it repeats few characters';
  return null;
}

/**
 * What tokens are signed with: `JWT_SECRET`; without it, on the embedded database, a file in the home that only its owner reads,
 * made at the first start.
 * @throws AppError CONFIG_INVALID without one on MySQL, where several servers must share it; for a weak one in production
 */
export async function openJwtSecret(config: Config, logger: Logger): Promise<string> {
  const advice = 'make one with: openssl rand -base64 48';
  if (config.jwtSecret !== null) {
    const weakness = weaknessOf(config.jwtSecret);
    if (weakness && config.production)
      throw new AppError('CONFIG_INVALID', `JWT_SECRET is refused: ${weakness}; ${advice}`);
    if (weakness) logger.warn(`JWT_SECRET is weak (${weakness}) and is refused in production; ${advice}`);
    return config.jwtSecret;
  }
  if (config.databaseUrl.startsWith('mysql:'))
    throw new AppError(
      'CONFIG_INVALID',
      `JWT_SECRET must be set with MySQL, to the same value for every server; ${advice}`,
    );
  return readOrCreate(join(config.home, 'jwt-secret'));
}

async function readOrCreate(file: string): Promise<string> {
  const draft = `${file}.${randomUUID()}`;
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
  }
  // Linked once whole: a second server starting at the same moment must not read half of it, nor make another.
  await writeFile(draft, randomBytes(48).toString('base64url'), { mode: 0o600 });
  try {
    await link(draft, file);
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return readFile(file, 'utf8');
}
