import { randomBytes, randomUUID } from 'node:crypto';
import { link, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dialectFactsOf } from '@pocketrocket/schema/databaseUrl';
import { AppError, messageOf, systemErrorCode, type Config, type Logger } from '@pocketrocket/runtime';

const MIN_BYTES = 32;

/** Placeholders of tutorials and templates for a secret; too long to occur in random text. */
const WELL_KNOWN =
  /^(jwt|your|my|test|dev)[-_. ]|default|secret|passw(or|d)|change.?(me|this)|example|pocketrocket|12345678|qwerty/i;

/** Why a secret can be guessed; null for a good one. HS256 asks for as many bits as its hash has: RFC 7518, section 3.2. */
export function weaknessOf(secret: string): string | null {
  if (Buffer.byteLength(secret) < MIN_BYTES) return `it is shorter than ${MIN_BYTES} bytes`;
  if (WELL_KNOWN.test(secret)) return 'it looks like one from a tutorial';
  if (new Set(secret).size < 8) return 'it repeats few characters';
  return null;
}

/**
 * Opens the secret that signs tokens: `JWT_SECRET`; without it, on the embedded database, a file in the home that only its owner reads,
 * made at the first start.
 * @throws AppError CONFIG_INVALID without one on MySQL, where several servers must share it; for a weak one in production;
 *   ENVIRONMENT when the file cannot be read or made, or holds none
 */
export async function openJwtSecret(config: Config, logger: Logger): Promise<string> {
  const advice = 'make one with: openssl rand -base64 48';
  const given = { JWT_SECRET: config.jwtSecret, JWT_SECRET_PREVIOUS: config.jwtSecretPrevious };
  for (const [variable, secret] of Object.entries(given)) {
    const weakness = secret === null ? null : weaknessOf(secret);
    if (weakness && config.production)
      throw new AppError('CONFIG_INVALID', `${variable} is refused: ${weakness}; ${advice}`);
    if (weakness) logger.warn(`${variable} is weak (${weakness}) and is refused in production; ${advice}`);
  }
  if (config.jwtSecret !== null) return config.jwtSecret;
  const dialect = dialectFactsOf(config.databaseUrl);
  if (dialect.needsSharedSecret)
    throw new AppError(
      'CONFIG_INVALID',
      `JWT_SECRET must be set with ${dialect.label}, to the same value for every server; ${advice}`,
    );
  const file = join(config.home, 'jwt-secret');
  const secret = await readOrCreate(file);
  // It was made here, so only its length can be wrong.
  if (Buffer.byteLength(secret) < MIN_BYTES)
    throw unusable(file, `it is shorter than ${MIN_BYTES} bytes; remove it, and another one is made`);
  if (process.platform !== 'win32' && ((await stat(file)).mode & 0o077) !== 0)
    logger.warn({ file }, 'others than its owner may read the secret: set its mode to 600');
  return secret;
}

/** The secrets of access tokens: the first one signs, all of them verify. */
export function secretsOf(
  { jwtSecretPrevious }: Pick<Config, 'jwtSecretPrevious'>,
  secret: string,
): [string, ...string[]] {
  return jwtSecretPrevious === null ? [secret] : [secret, jwtSecretPrevious];
}

async function readOrCreate(file: string): Promise<string> {
  const draft = `${file}.${randomUUID()}`;
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') throw unusable(file, messageOf(error), error);
  }
  // Linked once whole: a second server starting at the same moment must not read half of it, nor make another.
  try {
    await writeFile(draft, randomBytes(48).toString('base64url'), { mode: 0o600 });
    await link(draft, file).catch((error: unknown) => {
      if (systemErrorCode(error) !== 'EEXIST') throw error;
    });
    return await readFile(file, 'utf8');
  } catch (error) {
    throw unusable(file, messageOf(error), error);
  } finally {
    await rm(draft, { force: true });
  }
}

function unusable(file: string, what: string, cause?: unknown): AppError {
  return new AppError(
    'ENVIRONMENT',
    `the secret ${file}, which signs the tokens of accounts, cannot be used: ${what}`,
    {
      cause,
    },
  );
}
