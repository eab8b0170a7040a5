import { beforeAll, expect, it } from '@jest/globals';
import {
  ApiKeyEntity,
  AppEntity,
  AppRatingEntity,
  AppUserEntity,
  FIRST_APP_USER_ID,
} from '@pocketrocket/schema/database';
import { makeSecret, randomKeyId, writeKey } from '../apps/keyText.ts';
import { TestApi } from '../test/api.ts';
import { describeOnEveryDatabase } from '../test/databases.ts';
import { fillDatabase, makeFixture } from '../test/fixture.ts';
import { makeModel } from '../test/model.ts';

const fixture = makeFixture();
const model = makeModel(fixture);

const LIKED = [3, 6, 9, 12, 15];
const LIST = 'nodes { score movie { movieId } }';

interface Answer {
  many: ({ nodes: { score: number; movie: { movieId: number } }[] } | null)[];
  group: { nodes: { movie: { movieId: number } }[] } | null;
}

describeOnEveryDatabase('lists for users of apps', (database) => {
  let api: TestApi;
  const keys = { one: '', reader: '', other: '' };
  beforeAll(async () => {
    await fillDatabase(database(), fixture);
    api = await TestApi.open(database(), model);
    const { dataSource } = database();
    for (const [index, appId] of ['appone', 'apptwo'].entries()) {
      await dataSource
        .getRepository(AppEntity)
        .insert({ appId, name: appId, sharesUsers: 0, createdAtSeconds: 1 });
      const userId = FIRST_APP_USER_ID + index;
      await dataSource
        .getRepository(AppUserEntity)
        .insert({ userId, appId, externalId: 'ann', name: null, ratingsVersion: 1, createdAtSeconds: 1 });
      await dataSource
        .getRepository(AppRatingEntity)
        .insert(
          LIKED.map((movieId) => ({ userId, movieId: movieId + index, halfStars: 10, ratedAtSeconds: 1 })),
        );
    }
    keys.one = await insertKey('appone', 'recommend');
    keys.reader = await insertKey('appone', 'read');
    keys.other = await insertKey('apptwo', 'recommend');
  });

  async function insertKey(appId: string, scopes: string): Promise<string> {
    const keyId = randomKeyId();
    const { secret, secretHash } = makeSecret();
    await database()
      .dataSource.getRepository(ApiKeyEntity)
      .insert({
        keyId,
        appId,
        name: scopes,
        secretHash,
        scopes,
        perSecond: 1_000,
        burst: 20_000,
        createdAtSeconds: 1,
      });
    return writeKey({ keyId, secret });
  }

  const run = (subjects: readonly object[], key?: string) =>
    api.run<Answer | null>(
      `query ($subjects: [RecommendForInput!]!) {
        many: recommendForMany(requests: $subjects, first: 20) { ${LIST} }
        group: recommendForGroup(members: $subjects, first: 20) { ${LIST} }
      }`,
      { subjects },
      key,
    );
  const idsOf = (list: { nodes: { movie: { movieId: number } }[] } | null | undefined) =>
    list?.nodes.map(({ movie }) => movie.movieId) ?? [];

  it('are made by their ids, each app’s own, without what they have rated', async () => {
    const { data, errors } = await run([{ userExternalId: 'ann' }, { userId: 1 }], keys.one);
    expect(errors).toEqual([]);
    const [ann] = data?.many ?? [];
    expect(ann?.nodes).toHaveLength(20);
    for (const list of [ann, data?.group])
      expect(idsOf(list).filter((movieId) => LIKED.includes(movieId))).toEqual([]);
    const same = await run([{ ratings: LIKED.map((movieId) => ({ movieId, rating: 5 })) }, { userId: 1 }]);
    expect(idsOf(same.data?.many[0])).toEqual(idsOf(ann));
    const other = await run([{ userExternalId: 'ann' }, { userId: 1 }], keys.other);
    expect(idsOf(other.data?.many[0])).not.toEqual(idsOf(ann));
  });

  it('are null by the number of another app’s user', async () => {
    const subjects = [{ userId: FIRST_APP_USER_ID + 1 }, { userId: 1 }];
    for (const key of [keys.one, undefined]) {
      const { data, errors } = await run(subjects, key);
      expect(errors).toEqual([]);
      expect(data?.many[0]).toBeNull();
      expect(data?.many[1]).not.toBeNull();
      expect(data?.group).toBeNull();
    }
    const own = await run(subjects, keys.other);
    expect(own.data?.many[0]?.nodes).toHaveLength(20);
    const unknown = await run([{ userExternalId: 'nobody' }, { userId: 1 }], keys.one);
    expect([unknown.data?.many[0], unknown.data?.group]).toEqual([null, null]);
  });

  it.each([
    ['without a key', undefined, /^UNAUTHENTICATED: /],
    ['with a key of another scope', 'reader', /^FORBIDDEN: .*recommend/],
  ] as const)('are refused %s', async (_, key, reason) => {
    const { errors } = await run([{ userExternalId: 'ann' }, { userId: 1 }], key && keys[key]);
    expect(errors).toHaveLength(2);
    for (const error of errors) expect(error).toMatch(reason);
  });

  it('compare with others by the key of the app alone', async () => {
    const ask = (key?: string) =>
      api.run<{ compareUsers: { commonCount: number } | null }>(
        `{ compareUsers(userId: ${FIRST_APP_USER_ID}, otherUserId: 1) { commonCount } }`,
        {},
        key,
      );
    expect((await ask()).data.compareUsers).toBeNull();
    expect((await ask(keys.other)).data.compareUsers).toBeNull();
    const common = fixture.ratings.filter(({ userId, movieId }) => userId === 1 && LIKED.includes(movieId));
    expect((await ask(keys.reader)).data.compareUsers).toEqual({ commonCount: common.length });
  });
});
