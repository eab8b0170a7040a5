import { expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader, SignJWT } from 'jose';
import { ACCESS_TTL_SECONDS, createTokens } from './tokens.ts';

const CLAIMS = { accountId: 'an account', sessionId: 'a session' };
const NOT_VALID = { code: 'UNAUTHENTICATED', message: expect.stringMatching(/not valid/) };

it('names the account by its random id, and the key by an id that tells nothing of it', async () => {
  const { token, expiresAt } = await createTokens(['new'], () => 1_000).issue(CLAIMS);
  expect(decodeJwt(token)).toEqual({
    iss: 'pocketrocket',
    sub: 'an account',
    sid: 'a session',
    iat: 1_000,
    exp: 1_000 + ACCESS_TTL_SECONDS,
  });
  expect(decodeProtectedHeader(token)).toEqual({ alg: 'HS256', kid: expect.stringMatching(/^[\w-]{10}$/) });
  expect(expiresAt).toEqual(new Date((1_000 + ACCESS_TTL_SECONDS) * 1000));
});

it('verifies by the secret before too, and signs by the present one', async () => {
  const before = createTokens(['old']);
  const both = createTokens(['new', 'old']);
  const after = createTokens(['new']);
  const { token } = await before.issue(CLAIMS);
  expect(await both.read(token)).toMatchObject(CLAIMS);
  await expect(after.read(token)).rejects.toMatchObject(NOT_VALID);
  const next = await both.issue(CLAIMS);
  expect(await after.read(next.token)).toMatchObject(CLAIMS);
  await expect(before.read(next.token)).rejects.toMatchObject(NOT_VALID);
});

it('refuses tokens of earlier releases, other algorithms and none', async () => {
  const key = Buffer.from('new');
  const earlier = await new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer('pocketrocket')
    .setSubject('1000000000')
    .setExpirationTime('7d')
    .sign(key);
  const { token } = await createTokens(['new']).issue(CLAIMS);
  const [, payload = ''] = token.split('.');
  const unsigned = `${Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url')}.${payload}.`;
  for (const foreign of [earlier, unsigned, 'no token', ''])
    await expect(createTokens(['new']).read(foreign)).rejects.toMatchObject(NOT_VALID);
});
