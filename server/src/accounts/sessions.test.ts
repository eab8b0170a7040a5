import { beforeAll, beforeEach, expect, it } from '@jest/globals';
import { RefreshTokenEntity } from '@pocketrocket/schema/database';
import { describeOnEveryDatabase } from '../test/databases.ts';
import { NO_DEADLINE } from '../timing/deadline.ts';
import { digest } from './digest.ts';
import { REFRESH_TTL_SECONDS, REUSE_GRACE_SECONDS, Sessions } from './sessions.ts';

const ENDED = { code: 'UNAUTHENTICATED', message: 'this session has ended; sign in again' };
const USER = 1_000_000_007;

describeOnEveryDatabase('sessions', (database) => {
  let now = 1_700_000_000;
  let sessions: Sessions;
  beforeAll(() => {
    sessions = new Sessions(database(), () => now);
  });
  beforeEach(() => {
    now += 2 * REFRESH_TTL_SECONDS;
  });

  const begin = () => database().transaction((manager) => sessions.begin(manager, USER));
  const rotate = async (token: string) => (await sessions.rotate(token, NO_DEADLINE)).refreshToken;
  const stored = () => database().dataSource.getRepository(RefreshTokenEntity).find();

  it('store their tokens as hashes, and clear away those that have expired', async () => {
    const { refreshToken, sessionId, refreshExpiresAt } = await begin();
    expect(refreshToken).toMatch(/^[\w-]{43}$/);
    expect(refreshExpiresAt).toEqual(new Date((now + REFRESH_TTL_SECONDS) * 1000));
    expect(await stored()).toMatchObject([
      { tokenHash: digest(refreshToken), familyId: sessionId, userId: USER },
    ]);
    expect(JSON.stringify(await stored())).not.toContain(refreshToken);
  });

  it('go on from token to token, each for thirty days', async () => {
    let { refreshToken } = await begin();
    for (let times = 0; times < 3; times++) {
      now += REFRESH_TTL_SECONDS - 1;
      refreshToken = await rotate(refreshToken);
    }
    now += REFRESH_TTL_SECONDS;
    await expect(rotate(refreshToken)).rejects.toMatchObject(ENDED);
  });

  it('end with all their tokens when one is used again, which only a copy is', async () => {
    const { refreshToken } = await begin();
    const other = await begin();
    const next = await rotate(refreshToken);
    now += REUSE_GRACE_SECONDS + 1;
    await expect(rotate(refreshToken)).rejects.toMatchObject(ENDED);
    await expect(rotate(next)).rejects.toMatchObject(ENDED);
    expect(await rotate(other.refreshToken)).toMatch(/^[\w-]{43}$/);
  });

  it('forgive a second use within seconds, as by another tab, of which one goes on', async () => {
    const { refreshToken } = await begin();
    const [first, second] = await Promise.all([rotate(refreshToken), rotate(refreshToken)]);
    expect(first).not.toBe(second);
    now += 900;
    const third = await rotate(second);
    now += 900;
    expect(await rotate(third)).toMatch(/^[\w-]{43}$/);
    // Somebody has kept the other one.
    await expect(rotate(first)).rejects.toMatchObject(ENDED);
    await expect(rotate(third)).rejects.toMatchObject(ENDED);
    expect(await stored()).toEqual([]);
  });

  it('know no token that was never given', async () => {
    await expect(rotate('of my own')).rejects.toMatchObject(ENDED);
    await sessions.endOf('of my own', NO_DEADLINE);
  });
});
