import { join } from 'node:path';
import { dialectOf } from '@pocketrocket/schema/database';
import type { Config } from '@pocketrocket/runtime';
import { weaknessOf } from '../../accounts/secret.ts';
import { about, type Finding } from '../finding.ts';
import { permissionsOf } from './machine.ts';

const ADVICE = 'make one with: openssl rand -base64 48; everybody has to sign in again';

/** Checks the secret that signs tokens. */
export async function lookAtSecret({ jwtSecret, databaseUrl, home, production }: Config): Promise<Finding> {
  const { ok, warn, fail } = about('sign-in');
  if (jwtSecret !== null) {
    const weakness = weaknessOf(jwtSecret);
    if (weakness === null) return ok('JWT_SECRET is strong');
    return production
      ? fail(`JWT_SECRET is refused in production: ${weakness}`, ADVICE)
      : warn(`JWT_SECRET is weak: ${weakness}`, ADVICE);
  }
  const dialect = dialectOf(databaseUrl);
  if (dialect.needsSharedSecret)
    return fail(
      `JWT_SECRET is not set, which ${dialect.label} needs`,
      'the same value for every server; make one with: openssl rand -base64 48',
    );
  const file = join(home, 'jwt-secret');
  const permissions = await permissionsOf(file);
  if (permissions === null) return ok('the first start makes a secret in the home');
  return (permissions & 0o077) === 0
    ? ok('a secret of its own in the home, readable by its owner only')
    : fail(`${file} can be read by others (mode ${permissions.toString(8)})`, `chmod 600 ${file}`);
}
