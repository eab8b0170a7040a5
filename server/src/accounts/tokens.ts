import { createSecretKey, type KeyObject } from 'node:crypto';
import { AppError } from '@pocketrocket/runtime';
import { errors, jwtVerify, SignJWT, type JWTHeaderParameters } from 'jose';
import { nowSeconds } from '../timing/clock.ts';
import { digest } from './digest.ts';

const ISSUER = 'pocketrocket';
const ALGORITHM = 'HS256';

/** Lifetime of an access token. */
export const ACCESS_TTL_SECONDS = 15 * 60;

/** Whom an access token speaks for. */
export interface AccessClaims {
  /** The account's random id, never its number. */
  accountId: string;
  sessionId: string;
}

/** The claims of a token that is valid, and until when it is. */
export interface ReadClaims extends AccessClaims {
  /** Unix time. */
  expiresAtSeconds: number;
}

/** Signs who signed in, and reads it back. */
export interface Tokens {
  issue(claims: AccessClaims): Promise<{ token: string; expiresAt: Date }>;
  /** The claims of a token. @throws AppError UNAUTHENTICATED when it has expired or is not one of these */
  read(token: string): Promise<ReadClaims>;
}

/**
 * Access tokens: JSON Web Tokens (RFC 7519) signed by HMAC with SHA-256.
 * @param secrets the first one signs, all of them verify
 * @param clock the time, in Unix seconds
 */
export function createTokens(secrets: readonly [string, ...string[]], clock = nowSeconds): Tokens {
  const [signing] = secrets;
  const keys = new Map(
    secrets.map((secret) => [keyIdOf(secret), createSecretKey(Buffer.from(secret, 'utf8'))]),
  );
  return {
    async issue({ accountId, sessionId }) {
      const issuedAt = clock();
      const expiresAt = issuedAt + ACCESS_TTL_SECONDS;
      const token = await new SignJWT({ sid: sessionId })
        .setProtectedHeader({ alg: ALGORITHM, kid: keyIdOf(signing) })
        .setIssuer(ISSUER)
        .setSubject(accountId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiresAt)
        .sign(keyOf(keys, { kid: keyIdOf(signing) }));
      return { token, expiresAt: new Date(expiresAt * 1000) };
    },
    async read(token) {
      try {
        const { payload } = await jwtVerify(token, (header) => keyOf(keys, header), {
          issuer: ISSUER,
          algorithms: [ALGORITHM],
          requiredClaims: ['sub', 'exp', 'sid'],
          currentDate: new Date(clock() * 1000),
        });
        return {
          accountId: String(payload.sub),
          sessionId: String(payload['sid']),
          expiresAtSeconds: Number(payload.exp),
        };
      } catch (error) {
        if (!(error instanceof errors.JOSEError)) throw error;
        const reason =
          error instanceof errors.JWTExpired
            ? 'your access token has expired'
            : 'this access token is not valid';
        throw new AppError('UNAUTHENTICATED', `${reason}; refresh the session or sign in again`, {
          cause: error,
        });
      }
    },
  };
}

function keyOf(keys: ReadonlyMap<string, KeyObject>, { kid }: Pick<JWTHeaderParameters, 'kid'>): KeyObject {
  const key = keys.get(kid ?? '');
  if (!key) throw new errors.JWKSNoMatchingKey();
  return key;
}

/** Names a secret without telling it. */
function keyIdOf(secret: string): string {
  return digest(`key id of ${secret}`).slice(0, 10);
}
