import { createSecretKey } from 'node:crypto';
import { AppError } from '@pocketrocket/runtime';
import { errors, jwtVerify, SignJWT } from 'jose';

const ISSUER = 'pocketrocket';
const ALGORITHM = 'HS256';

/** Lifetime of a sign-in. */
export const TOKEN_TTL_SECONDS = 7 * 86_400;

/** Signs who signed in, and reads it back. */
export interface Tokens {
  issue(userId: number): Promise<{ token: string; expiresAt: Date }>;
  /** The user that a token was issued to. @throws AppError UNAUTHENTICATED when it has expired or is not one of these */
  read(token: string): Promise<number>;
}

/** JSON Web Tokens (RFC 7519) signed by HMAC with SHA-256. @param nowSeconds the clock, in Unix seconds */
export function createTokens(secret: string, nowSeconds = () => Math.floor(Date.now() / 1000)): Tokens {
  const key = createSecretKey(Buffer.from(secret, 'utf8'));
  return {
    async issue(userId) {
      const issuedAt = nowSeconds();
      const expiresAt = issuedAt + TOKEN_TTL_SECONDS;
      const token = await new SignJWT()
        .setProtectedHeader({ alg: ALGORITHM })
        .setIssuer(ISSUER)
        .setSubject(String(userId))
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiresAt)
        .sign(key);
      return { token, expiresAt: new Date(expiresAt * 1000) };
    },
    async read(token) {
      try {
        const { payload } = await jwtVerify(token, key, {
          issuer: ISSUER,
          algorithms: [ALGORITHM],
          requiredClaims: ['sub', 'exp'],
          currentDate: new Date(nowSeconds() * 1000),
        });
        return Number(payload.sub);
      } catch (error) {
        if (!(error instanceof errors.JOSEError)) throw error;
        const reason =
          error instanceof errors.JWTExpired ? 'your sign-in has expired' : 'this sign-in is not valid';
        throw new AppError('UNAUTHENTICATED', `${reason}; sign in again`, { cause: error });
      }
    },
  };
}
