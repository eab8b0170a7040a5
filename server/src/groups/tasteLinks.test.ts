import { beforeAll, expect, it } from '@jest/globals';
import { TasteLinkEntity } from '@pocketrocket/schema/database';
import { TestApi } from '../test/api.ts';
import { describeOnEveryDatabase } from '../test/databases.ts';
import { fillDatabase, makeFixture } from '../test/fixture.ts';
import { makeModel } from '../test/model.ts';

const fixture = makeFixture();
const model = makeModel(fixture);
const SIGN_UP = `mutation ($name: String!, $email: String!) {
  signUp(input: { name: $name, email: $email, password: "correct horse" }) { token user { userId } } }`;
const RATE = `mutation ($ratings: [RatingInput!]!) { rateMovies(ratings: $ratings) { user { userId } } }`;
const CREATE = `mutation ($ratings: [RatingInput!], $name: String) {
  createTasteLink(ratings: $ratings, name: $name) { token link { linkId expiresAt } } }`;
const REVOKE = 'mutation ($linkId: String!) { revokeTasteLink(linkId: $linkId) }';
const LOOK = 'query ($tokens: [String!]!) { tasteLinks(tokens: $tokens) { name isOwn } }';
const GROUP = `query ($members: [RecommendForInput!]!, $tokens: [String!]!) {
  group: recommendForGroup(members: $members, tasteTokens: $tokens, first: 100) {
    nodes { movie { movieId } members { member likes } } skippedMovieIds } }`;

interface Group {
  nodes: { movie: { movieId: number }; members: { member: number; likes: boolean }[] }[];
  skippedMovieIds: number[];
}

const liked = [1, 2, 3].map((movieId) => ({ movieId, rating: 5 }));

describeOnEveryDatabase('a link to a taste', (database) => {
  let api: TestApi;
  let numAccounts = 0;
  beforeAll(async () => {
    await fillDatabase(database(), fixture);
    api = await TestApi.open(database(), model);
  });

  const enter = async (name: string, ratings = liked) => {
    const email = `link${++numAccounts}@example.org`;
    const { signUp } = await api.query<{ signUp: { token: string; user: { userId: number } } }>(SIGN_UP, {
      name,
      email,
    });
    await api.query(RATE, { ratings }, signUp.token);
    return { token: signUp.token, userId: signUp.user.userId };
  };
  const create = async (args: Record<string, unknown> = {}, session?: string) =>
    (
      await api.query<{ createTasteLink: { token: string; link: { linkId: string; expiresAt: string } } }>(
        CREATE,
        args,
        session,
      )
    ).createTasteLink;
  const look = async (tokens: string[], session?: string) =>
    (await api.query<{ tasteLinks: unknown[] }>(LOOK, { tokens }, session)).tasteLinks;
  const group = async (tokens: string[], members: object[] = [{ userId: 1 }]) =>
    (await api.query<{ group: Group | null }>(GROUP, { members, tokens })).group;
  const idsOf = (list: Group | null) => list?.nodes.map(({ movie }) => movie.movieId) ?? [];

  it('puts an account that shares nothing into a group, and none of its ratings into the answer', async () => {
    const ann = await enter('Ann');
    const { token } = await create({}, ann.token);
    expect(await group([], [{ userId: 1 }, { userId: ann.userId }])).toBeNull();
    const list = await group([token]);
    expect(list?.nodes.length).toBeGreaterThan(3);
    expect(list?.nodes[0]?.members.map(({ member }) => member)).toEqual([0, 1]);
    expect(idsOf(list).filter((id) => id <= 3)).toEqual([]);
    expect(await look([token])).toEqual([{ name: 'Ann', isOwn: false }]);
    expect(await look([token], ann.token)).toEqual([{ name: 'Ann', isOwn: true }]);
  });

  it('follows the account: what is rated later leaves the list, and a deleted account its groups', async () => {
    const bob = await enter('Bob');
    const { token } = await create({}, bob.token);
    const [best = 0] = idsOf(await group([token]));
    await api.query(RATE, { ratings: [{ movieId: best, rating: 4 }] }, bob.token);
    expect(idsOf(await group([token]))).not.toContain(best);
    await api.query('mutation { deleteMyAccount(password: "correct horse") }', {}, bob.token);
    expect([await group([token]), await look([token])]).toEqual([null, [null]]);
    expect(await database().dataSource.getRepository(TasteLinkEntity).countBy({ userId: bob.userId })).toBe(
      0,
    );
  });

  it('lends the taste of a visitor, whose ratings nobody reads by it', async () => {
    const { token, link } = await create({
      ratings: [...liked, { movieId: 999_999, rating: 3 }],
      name: ' Cy ',
    });
    const list = await group([token]);
    expect(list?.nodes.length).toBeGreaterThan(3);
    expect(list?.skippedMovieIds).toEqual([]);
    expect(await look([token])).toEqual([{ name: 'Cy', isOwn: false }]);
    const lifeMs = Date.parse(link.expiresAt) - Date.now();
    expect(lifeMs > 23 * 3_600_000 && lifeMs <= 24 * 3_600_000).toBe(true);
    // Two visitors alone are a group too.
    const { token: other } = await create({ ratings: [{ movieId: 4, rating: 5 }] });
    expect((await group([token, other], []))?.nodes.length).toBeGreaterThan(3);
  });

  it('holds no more once it was taken back, by its owner alone', async () => {
    const [dan, eve] = [await enter('Dan'), await enter('Eve')];
    const { token, link } = await create({}, dan.token);
    const revoke = async (linkId: string, session?: string) =>
      (await api.query<{ revokeTasteLink: boolean }>(REVOKE, { linkId }, session)).revokeTasteLink;
    expect([await revoke(link.linkId, eve.token), await revoke(link.linkId)]).toEqual([false, false]);
    expect(await group([token])).not.toBeNull();
    expect(await revoke(link.linkId, dan.token)).toBe(true);
    expect([await group([token]), await look([token])]).toEqual([null, [null]]);
    // The token itself takes nothing back: only whoever made a visitor's link knows its id.
    const visitors = await create({ ratings: liked });
    expect([await revoke(visitors.token), await revoke(visitors.link.linkId)]).toEqual([false, true]);
    expect(await group([visitors.token])).toBeNull();
  });

  it('is not guessed, and holds no more after its time', async () => {
    const { token } = await create({ ratings: liked });
    const tokens = ['', 'x', token.slice(0, -1), token.toLowerCase(), '\u0000', "' OR 1=1 --"];
    expect(await look(tokens)).toEqual(tokens.map(() => null));
    expect(await group(['x'])).toBeNull();
    const links = database().dataSource.getRepository(TasteLinkEntity);
    expect(await links.countBy({ tokenHash: token })).toBe(0);
    await database().dataSource.query('UPDATE taste_link SET expiresAtSeconds = 1');
    expect([await group([token]), await look([token])]).toEqual([null, [null]]);
    await create({ ratings: liked });
    expect(await links.count()).toBe(1);
  });

  it('is refused in words where it makes no sense', async () => {
    const fay = await enter('Fay');
    const { token } = await create({}, fay.token);
    const { token: again } = await create({}, fay.token);
    const refusal = async (query: string, variables: object, session?: string) =>
      (await api.run(query, { ...variables }, session)).errors[0];
    expect(await refusal(GROUP, { members: [], tokens: [token, again] })).toMatch(/is a member twice/);
    expect(await refusal(GROUP, { members: [], tokens: [token, token] })).toMatch(/given twice/);
    expect(await refusal(GROUP, { members: [], tokens: [token] })).toMatch(/2 to 6; there are 1/);
    expect(await refusal(LOOK, { tokens: 'abcdefg'.split('') })).toMatch(/may have 6 entries/);
    expect(await refusal(CREATE, {})).toMatch(/sign in first/);
    expect(await refusal(CREATE, { ratings: [{ movieId: 999_999, rating: 3 }] })).toMatch(/sign in first/);
    expect(await refusal(CREATE, { ratings: liked }, fay.token)).toMatch(/leave them out/);
    expect(await refusal(CREATE, { ratings: liked, name: 'User 7' })).toMatch(/those of the data set/);
    const many = Array.from({ length: 501 }, (_, at) => ({ movieId: at + 1, rating: 3 }));
    expect(await refusal(CREATE, { ratings: many })).toMatch(/may have 500 entries/);
    for (let count = 2; count < 10; count++) await create({}, fay.token);
    expect(await refusal(CREATE, {}, fay.token)).toMatch(/take one back first/);
    const { myTasteLinks } = await api.query<{ myTasteLinks: object[] }>(
      '{ myTasteLinks { linkId } }',
      {},
      fay.token,
    );
    expect(myTasteLinks).toHaveLength(10);
    expect(await refusal('{ myTasteLinks { linkId } }', {})).toMatch(/^UNAUTHENTICATED/);
  });
});
