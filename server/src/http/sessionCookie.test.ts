import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createRequestScope } from '../graphql/createRequestScope.ts';
import { TestApi } from '../test/api.ts';
import { createSqlite } from '../test/databases.ts';
import { fillDatabase, makeFixture } from '../test/fixture.ts';
import { postGraphql, startHttp, type HttpHarness } from './test/httpHarness.ts';

let http: HttpHarness;
beforeAll(async () => {
  const { database } = await createSqlite('node-sqlite');
  await fillDatabase(database, makeFixture());
  const api = await TestApi.open(database, null);
  http = await startHttp({
    schema: api.schema,
    scope: (turns) => createRequestScope(api.deps, turns),
    corsOrigins: ['https://movies.example'],
  });
});
afterAll(() => http.stop());

const SIGN_UP = (name: string) =>
  `mutation { signUp(input: { name: "${name}", email: "${name}@example.org", password: "correct horse" }) { refreshToken } }`;
const REFRESH = 'mutation { refreshSession { refreshToken user { name account { email } } } }';

interface Answer {
  data: Record<string, { refreshToken: string | null }> | null;
  errors?: { extensions: { code: string } }[];
}
async function send(query: string, headers: Record<string, string>) {
  const response = await postGraphql(http.url, { query }, headers);
  const { data, errors = [] } = (await response.json()) as Answer;
  return {
    data,
    codes: errors.map(({ extensions }) => extensions.code),
    cookie: response.headers.get('set-cookie'),
  };
}
const own = (more: Record<string, string> = {}) => ({ origin: http.url, ...more });
const pairOf = (cookie: string | null) => cookie?.split(';')[0] ?? '';

it('carries the refresh token of pages of this origin where no script reads it', async () => {
  const { data, cookie } = await send(SIGN_UP('ann'), own());
  expect(data?.['signUp']).toEqual({ refreshToken: null });
  expect(cookie).toMatch(
    /^pocketrocket-refresh=[\w-]{43}; Path=\/graphql; Expires=[^;]+ GMT; HttpOnly; SameSite=Strict$/,
  );
  const refreshed = await send(REFRESH, own({ cookie: `other=1; ${pairOf(cookie)}; more=2` }));
  expect(refreshed.data?.['refreshSession']).toEqual({
    refreshToken: null,
    user: { name: 'ann', account: { email: 'ann@example.org' } },
  });
  expect(pairOf(refreshed.cookie)).not.toBe(pairOf(cookie));

  const out = await send('mutation { signOut }', own({ cookie: pairOf(refreshed.cookie) }));
  expect(out.cookie).toMatch(/^pocketrocket-refresh=; .*Expires=Thu, 01 Jan 1970/);
  expect((await send(REFRESH, own({ cookie: pairOf(refreshed.cookie) }))).codes).toEqual(['UNAUTHENTICATED']);
});

it('is neither taken from nor given to other origins, which get the token itself', async () => {
  const { cookie } = await send(SIGN_UP('bea'), own());
  for (const origin of [
    'https://movies.example',
    'https://evil.example',
    'null',
    http.url.replace('127.0.0.1', 'localhost'),
  ])
    expect(await send(REFRESH, { origin, cookie: pairOf(cookie) })).toEqual({
      data: null,
      codes: ['UNAUTHENTICATED'],
      cookie: null,
    });
  expect((await send(REFRESH, { cookie: pairOf(cookie) })).codes).toEqual(['UNAUTHENTICATED']);
  expect((await send(REFRESH, own({ cookie: pairOf(cookie) }))).codes).toEqual([]);
  for (const [name, headers] of [
    ['cid', { origin: 'https://movies.example' }],
    ['dan', {}],
  ] as const) {
    const answer = await send(SIGN_UP(name), headers);
    expect(answer).toEqual({
      data: { signUp: { refreshToken: expect.stringMatching(/^[\w-]{43}$/) } },
      codes: [],
      cookie: null,
    });
  }
});
