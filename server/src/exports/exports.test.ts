import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  AccountEntity,
  AppEntity,
  AppEventEntity,
  AppUserEntity,
  FIRST_APP_USER_ID,
  RatingEntity,
  UserEntity,
} from '@pocketrocket/schema/database';
import { describeOnEveryDatabase } from '../test/databases.ts';
import { fillDatabase, makeFixture, USER_WITHOUT_TIMES } from '../test/fixture.ts';
import { exportAddress, exportOfAddress } from './exportAddress.ts';
import { exportTexts, readExportPage } from './exportPages.ts';
import type { ExportKindName } from './exportRequest.ts';
import { createAddressSigner } from './signedAddress.ts';

const fixture = makeFixture();
const NOW = 1_700_000_000;

describe('a signed address', () => {
  const signer = createAddressSigner(['one secret']);
  const request = { kind: 'ratings', includesPrivate: true } as const;
  const address = exportAddress(signer, request, NOW + 900);
  const open = (text: string, now = NOW, by = signer) => {
    const [path = '', search = ''] = text.split('?');
    return exportOfAddress(by, { path, search: `?${search}` }, now);
  };

  it('leads to what was signed until it expires', () => {
    expect(address).toMatch(/^\/exports\/ratings\.jsonl\?private=1&expires=\d+&signature=[\w-]{43}$/);
    expect(open(address)).toEqual(request);
    expect(open(address, NOW + 899)).toEqual(request);
    expect(open(address, NOW + 900)).toBeNull();
    const shared = exportAddress(signer, { kind: 'movies', includesPrivate: false }, NOW + 900);
    expect(open(shared)).toEqual({ kind: 'movies', includesPrivate: false });
  });

  it('leads nowhere once anything of it is changed', () => {
    const forged = [
      address.replace('ratings', 'users'),
      address.replace('ratings.jsonl', 'ratings'),
      address.replace('private=1&', ''),
      address.replace(/expires=\d/, 'expires=9'),
      address.replace('expires=', 'expires=99&expires='),
      `${address}&expires=9999999999`,
      address.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
      address.slice(0, -1),
      address.replace(/&signature.*/, ''),
      `${address}${'x'.repeat(1_000)}`,
      '/exports/ratings.jsonl',
    ];
    for (const one of forged) expect([one, open(one)]).toEqual([one, null]);
    const signed = signer.sign('/exports/passwords.jsonl', {}, NOW + 900);
    expect(open(signed)).toBeNull();
  });

  it('holds on servers that know the secret as their previous one, and on no other', () => {
    expect(open(address, NOW, createAddressSigner(['new', 'one secret']))).toEqual(request);
    expect(open(address, NOW, createAddressSigner(['another']))).toBeNull();
  });
});

describeOnEveryDatabase('an export', (database) => {
  const PRIVATE = 1_000_000_001;
  const SHARED = 1_000_000_002;
  const MANY = 1_500;

  beforeAll(async () => {
    await fillDatabase(database(), fixture);
    const { manager } = database().dataSource;
    for (const [userId, name, sharesRatings] of [
      [PRIVATE, 'Private', 0],
      [SHARED, 'Shared', 1],
    ] as const) {
      await manager.insert(AccountEntity, {
        userId,
        accountId: name,
        email: `${name}@example.org`,
        passwordHash: 'secret hash',
        createdAtSeconds: NOW,
        emailConfirmedAtSeconds: null,
        role: 'user',
        sharesRatings,
      });
      const histogram = Object.fromEntries(
        [5, 10, 15, 20, 25, 30, 35, 40, 45, 50].map((stars) => [`stars${String(stars).padStart(2, '0')}`, 0]),
      );
      await manager.insert(UserEntity, { userId, name, ratingCount: 1, histogram });
      await manager.insert(RatingEntity, { userId, movieId: 1, halfStars: 9, ratedAtSeconds: NOW });
    }
    // More than a page, of one user.
    const rows = Array.from({ length: MANY }, (_, at) => ({
      userId: 500,
      movieId: 1_000 + at,
      halfStars: 6,
      ratedAtSeconds: null,
    }));
    for (let at = 0; at < MANY; at += 500) await manager.insert(RatingEntity, rows.slice(at, at + 500));
    for (const [appId, sharesUsers] of [
      ['closed', 0],
      ['open', 1],
    ] as const) {
      await manager.insert(AppEntity, { appId, name: appId, sharesUsers, createdAtSeconds: NOW });
      const userId = FIRST_APP_USER_ID + sharesUsers;
      await manager.insert(AppUserEntity, {
        ...{ userId, appId, externalId: 'u1', name: null },
        createdAtSeconds: NOW,
      });
      for (const [eventId, kind, value] of [
        ['e1', 'rating', 9],
        ['e2', 'watch', 250],
        ['e3', 'view', null],
      ] as const)
        await manager.insert(AppEventEntity, {
          ...{ appId, eventId, userId, kind, value, movieId: 1 },
          ...{ occurredAtSeconds: NOW, receivedAtSeconds: NOW, place: 0 },
        });
    }
  });

  const linesOf = async (kind: ExportKindName, includesPrivate = false) => {
    let text = '';
    for await (const part of exportTexts(database(), { kind, includesPrivate })) text += part;
    return text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  };

  it('has every movie, with what is known of it', async () => {
    const movies = await linesOf('movies');
    expect(movies.map(({ movieId }) => movieId)).toEqual(fixture.movies.map(({ movieId }) => movieId));
    const [first] = fixture.movies;
    expect(movies[0]).toMatchObject({
      title: first?.title,
      releaseYear: first?.releaseYear,
      genres: first?.genres,
      alternativeTitles: [],
      externalIds: [],
    });
  });

  it('has every rating once, in order, over any number of pages', async () => {
    const ratings = await linesOf('ratings', true);
    expect(ratings).toHaveLength(fixture.ratings.length + MANY + 2);
    const keys = ratings.map(({ userId, movieId }) => 10_000 * Number(userId) + Number(movieId));
    expect(keys).toEqual([...new Set(keys)].sort((a, b) => a - b));
    expect(ratings.at(-1)).toEqual({
      userId: SHARED,
      movieId: 1,
      rating: 4.5,
      ratedAt: '2023-11-14T22:13:20.000Z',
    });
    expect(ratings.find(({ userId }) => userId === USER_WITHOUT_TIMES)).toMatchObject({ ratedAt: null });
    const page = await readExportPage(database(), { kind: 'ratings', includesPrivate: true }, null);
    expect(page.text.length).toBeLessThan(200_000);
    expect(page.next).not.toBeNull();
  });

  it('leaves out what accounts and apps keep to themselves, unless it is asked for', async () => {
    const raters = async (isAll: boolean) => (await linesOf('ratings', isAll)).map(({ userId }) => userId);
    expect(await raters(false)).toContain(SHARED);
    expect(await raters(false)).not.toContain(PRIVATE);
    expect(await raters(true)).toContain(PRIVATE);
    const counts = async (isAll: boolean) =>
      (await linesOf('users', isAll))
        .filter(({ isAccount }) => isAccount)
        .map(({ userId, ratingCount, sharesRatings }) => [userId, ratingCount, sharesRatings]);
    expect(await counts(false)).toEqual([
      [PRIVATE, null, false],
      [SHARED, 1, true],
    ]);
    expect((await counts(true))[0]).toEqual([PRIVATE, 1, false]);
    const events = await linesOf('events');
    expect(events.map(({ appId, eventId, value }) => [appId, eventId, value])).toEqual([
      ['open', 'e1', 4.5],
      ['open', 'e2', 0.25],
      ['open', 'e3', null],
    ]);
    expect(await linesOf('events', true)).toHaveLength(6);
    expect(events[0]).toMatchObject({ userExternalId: 'u1', kind: 'rating', movieId: 1 });
  });

  it('tells no email address and no hash', async () => {
    for (const kind of ['movies', 'users', 'ratings', 'events'] as const)
      expect(JSON.stringify(await linesOf(kind, true))).not.toMatch(/example\.org|secret hash/);
  });
});
