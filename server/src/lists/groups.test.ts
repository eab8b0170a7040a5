import { beforeAll, expect, it } from '@jest/globals';
import { TestApi } from '../test/api.ts';
import { describeOnEveryDatabase } from '../test/databases.ts';
import { fillDatabase, makeFixture, USER_WITHOUT_RATINGS } from '../test/fixture.ts';
import { makeModel } from '../test/model.ts';

const fixture = makeFixture();
const model = makeModel(fixture);

interface GroupList {
  nodes: {
    rank: number;
    score: number;
    movie: { movieId: number; releaseYear: number | null };
    members: { member: number; score: number; likes: boolean }[];
  }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  served: { ranker: string; popularityReason: string | null; emptyReason: string | null };
  skippedMovieIds: number[];
}

const LIST =
  'nodes { rank score movie { movieId releaseYear } members { member score likes } } pageInfo { hasNextPage endCursor } served { ranker popularityReason emptyReason } skippedMovieIds';
const SIGN_UP = `mutation ($name: String!, $email: String!) {
  signUp(input: { name: $name, email: $email, password: "correct horse" }) { token user { userId } } }`;

const idsOf = (list: GroupList) => list.nodes.map(({ movie }) => movie.movieId);
const ratedBy = (...userIds: number[]) =>
  fixture.ratings.filter(({ userId }) => userIds.includes(userId)).map(({ movieId }) => movieId);

describeOnEveryDatabase('a list for a group', (database) => {
  let api: TestApi;
  beforeAll(async () => {
    await fillDatabase(database(), fixture);
    api = await TestApi.open(database(), model);
  });

  const run = (members: readonly object[], args = 'first: 100', on = api, token?: string) =>
    on.run<{ group: GroupList | null }>(
      `query ($members: [RecommendForInput!]!) { group: recommendForGroup(members: $members, ${args}) { ${LIST} } }`,
      { members },
      token,
    );
  async function ask(members: readonly object[], args?: string, on = api): Promise<GroupList> {
    const { data, errors } = await run(members, args, on);
    expect(errors).toEqual([]);
    if (!data.group) throw new Error('there is a list');
    return data.group;
  }

  it.each(['LEAST_MISERY', 'MEAN'])(
    'by %s holds nothing that a member has rated, best first',
    async (strategy) => {
      const list = await ask(
        [{ userId: 1 }, { userId: 2 }, { userId: 3 }],
        `first: 100, strategy: ${strategy}`,
      );
      const rated = ratedBy(1, 2, 3);
      expect(list.nodes.length).toBeGreaterThan(5);
      expect(idsOf(list).filter((movieId) => rated.includes(movieId))).toEqual([]);
      expect(list.nodes.map(({ rank }) => rank)).toEqual(list.nodes.map((_, index) => index + 1));
      const scores = list.nodes.map(({ score }) => score);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
      for (const { score, members } of list.nodes) {
        expect(members.map(({ member }) => member)).toEqual([0, 1, 2]);
        const own = members.map((one) => one.score);
        const logit = (one: number) => Math.log(one / (1 - one));
        const meanOdds = own.reduce((sum, one) => sum + logit(one), 0) / 3;
        const group = strategy === 'MEAN' ? 1 / (1 + Math.exp(-meanOdds)) : Math.min(...own);
        expect(score).toBeCloseTo(group, 5);
        expect(score > 0 && score < 1).toBe(true);
      }
      expect(new Set(list.nodes.flatMap(({ members }) => members.map(({ likes }) => likes)))).toEqual(
        new Set([true, false]),
      );
      expect(list.served.ranker).toBe('NEURAL_CF');
    },
  );

  it('scores a member’s movies as a list of the member’s own does', async () => {
    // What neither has rated, in a list of the user's own.
    const excluded = ratedBy(2);
    const { user } = await api.query<{
      user: { recommendations: { nodes: { score: number; movie: { movieId: number } }[] } };
    }>(
      `query ($excluded: [Int!]!) { user(userId: 1) { recommendations(first: 100, filter: { excludeMovieIds: $excluded }) { nodes { score movie { movieId } } } } }`,
      { excluded },
    );
    const own = new Map(user.recommendations.nodes.map(({ movie, score }) => [movie.movieId, score]));
    const list = await ask([{ userId: 1 }, { userId: 2 }]);
    expect(list.nodes.length).toBeGreaterThan(10);
    for (const { movie, members } of list.nodes) {
      // The list of the user's own ends at 100.
      const score = own.get(movie.movieId);
      if (score !== undefined) expect(members[0]?.score).toBeCloseTo(score, 5);
    }
  });

  it('spares everybody the worst by least misery, and pleases most by the mean', async () => {
    const members = [1, 2, 3].map((userId) => ({ userId }));
    const [misery, mean] = [
      await ask(members, 'first: 5, strategy: LEAST_MISERY'),
      await ask(members, 'first: 5, strategy: MEAN'),
    ];
    const least = (list: GroupList) =>
      Math.min(...list.nodes.flatMap(({ members: all }) => all.map(({ score }) => score)));
    const sum = (list: GroupList) =>
      list.nodes
        .flatMap(({ members: all }) => all)
        .reduce((total, { score }) => total + Math.log(score / (1 - score)), 0);
    expect(least(misery)).toBeGreaterThanOrEqual(least(mean));
    expect(sum(mean)).toBeGreaterThanOrEqual(sum(misery));
  });

  it('pages, filters, and refuses a cursor of another group', async () => {
    const members = [{ userId: 1 }, { ratings: [{ movieId: 3, rating: 5 }] }];
    const whole = await ask(members, 'first: 20');
    const start = await ask(members, 'first: 8');
    const rest = await ask(members, `first: 12, after: "${start.pageInfo.endCursor}"`);
    expect([...start.nodes, ...rest.nodes]).toEqual(whole.nodes);
    const late = await ask(members, 'first: 50, filter: { yearFrom: 1990 }');
    expect(late.nodes.every(({ movie }) => (movie.releaseYear ?? 0) >= 1990)).toBe(true);
    const { errors } = await run([{ userId: 2 }, { userId: 1 }], `after: "${start.pageInfo.endCursor}"`);
    expect(errors).toEqual([expect.stringMatching(/^BAD_USER_INPUT: after is a cursor of another list/)]);
    const changed = await TestApi.open(database(), { ...model, version: 99 });
    const gone = await run(members, `after: "${start.pageInfo.endCursor}"`, changed);
    expect(gone.errors).toEqual([expect.stringMatching(/^BAD_USER_INPUT: the list .* has expired/)]);
  });

  it('goes by those of whom something is known', async () => {
    const list = await ask([{ userId: 1 }, { userId: USER_WITHOUT_RATINGS }, { ratings: [] }], 'first: 10');
    expect(list.served.ranker).toBe('NEURAL_CF');
    for (const { score, members } of list.nodes)
      expect(members.slice(1)).toEqual([1, 2].map((member) => ({ member, score, likes: false })));
  });

  it('is of popular movies where nothing is known of anybody, and names what does not exist', async () => {
    const list = await ask([{ userId: USER_WITHOUT_RATINGS }, { ratings: [{ movieId: 999, rating: 4 }] }]);
    expect(list.served).toMatchObject({ ranker: 'POPULARITY', popularityReason: 'NO_RATINGS' });
    expect(list.skippedMovieIds).toEqual([999]);
    expect(list.nodes[0]?.members).toHaveLength(2);
    const without = await TestApi.open(database(), null);
    const none = await ask([{ userId: 1 }, { userId: 2 }], 'first: 20', without);
    expect(none.served).toMatchObject({ ranker: 'POPULARITY', popularityReason: 'NO_MODEL' });
    expect(idsOf(none).filter((movieId) => ratedBy(1, 2).includes(movieId))).toEqual([]);
  });

  it('is none where a member does not exist or keeps the ratings private from whoever asks', async () => {
    const { signUp } = await api.query<{ signUp: { token: string; user: { userId: number } } }>(SIGN_UP, {
      name: 'bea',
      email: 'bea@example.org',
    });
    const { userId } = signUp.user;
    expect((await run([{ userId: 1 }, { userId: 123_456 }])).data.group).toBeNull();
    expect((await run([{ userId: 1 }, { userId }])).data.group).toBeNull();
    expect((await run([{ userId: 1 }, { userId }], 'first: 5', api, signUp.token)).data.group).not.toBeNull();
  });

  it.each([
    ['one member', [{ userId: 1 }], 'members must be 2 to 6; there are 1'],
    ['seven members', Array(7).fill({ ratings: [] }), 'members must be 2 to 6; there are 7'],
    ['one user twice', [{ userId: 1 }, { userId: 1 }], 'user 1 is a member twice'],
    ['nobody', [{ userId: 1 }, {}], 'members[1]: give exactly one of'],
  ])('refuses %s', async (_, members, reason) => {
    const { errors } = await run(members);
    expect(errors).toEqual([expect.stringContaining(`BAD_USER_INPUT: ${reason}`)]);
  });
});
