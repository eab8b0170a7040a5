import { hash, verify } from '@node-rs/argon2';

/** Argon2id (the library's default) with OWASP's minimum: 19 MiB of memory, two passes, one lane. RFC 9106. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The password's hash in PHC string format, with a salt of its own. Computed off the event loop. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), PARAMETERS);
}

/**
 * Verifies a password against a hash. Without a hash it takes as long and is false: timing does not reveal who has an account.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const isRight = await verify(passwordHash ?? (await hashOfNobody()), password.normalize('NFKC'));
  return isRight && passwordHash !== null;
}

/** True if a hash was made with other parameters than these, as by an earlier release; the next sign-in replaces it. */
export function isOutdated(passwordHash: string): boolean {
  const { memoryCost, timeCost, parallelism } = PARAMETERS;
  return !passwordHash.startsWith(`$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$`);
}

let ofNobody: Promise<string> | undefined;

function hashOfNobody(): Promise<string> {
  return (ofNobody ??= hashPassword('the password of nobody'));
}
