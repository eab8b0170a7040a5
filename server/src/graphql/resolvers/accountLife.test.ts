import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccountLinkEntity, RefreshTokenEntity } from '@pocketrocket/schema/database';
import { until } from '@pocketrocket/testing';
import { createAuth } from '../../accounts/auth.ts';
import { openPostOffice, type PostOffice } from '../../accounts/postOffice.ts';
import { createLink } from '../../accounts/links.ts';
import { silentLogger, TEST_SECRET, TestApi } from '../../test/api.ts';
import { createSqlite, describeOnEveryDatabase } from '../../test/databases.ts';
import { fillDatabase, makeFixture } from '../../test/fixture.ts';
import { TestSmtp } from '../../test/smtp.ts';

const PUBLIC_URL = 'https://movies.example';
const fixture = makeFixture();
const UNLIMITED = { perAddress: Infinity, inAll: Infinity };

const SIGN_UP =
  'mutation ($input: SignUpInput!) { signUp(input: $input) { token refreshToken user { userId name account { email emailConfirmed role } } } }';
const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { token refreshToken } }';
const REFRESH =
  'mutation ($refreshToken: String) { refreshSession(refreshToken: $refreshToken) { token refreshToken } }';
const CHANGE =
  'mutation ($currentPassword: String!, $newPassword: String!) { changePassword(input: { currentPassword: $currentPassword, newPassword: $newPassword }) { token refreshToken } }';
const ASK_RESET = 'mutation ($email: String!) { requestPasswordReset(email: $email) }';
const RESET =
  'mutation ($token: String!, $newPassword: String!) { resetPassword(input: { token: $token, newPassword: $newPassword }) }';
const VIEWER = '{ viewer { name account { email emailConfirmed } } }';

interface Entered {
  token: string;
  refreshToken: string;
}
const input = (name: string, password = 'correct horse') => ({
  name,
  email: `${name}@example.org`,
  password,
});
const credentials = (name: string, password = 'correct horse') => ({
  input: { email: `${name}@example.org`, password },
});
/** The text behind # in a mail's link. */
const tokenIn = (text: string, page: string) =>
  new RegExp(`${PUBLIC_URL}/${page}#([\\w-]{43})\\s`).exec(text)?.[1] ?? `no link to ${page}`;

describeOnEveryDatabase('the life of an account', (database) => {
  let api: TestApi;
  let smtp: TestSmtp;
  let post: PostOffice;
  beforeAll(async () => {
    await fillDatabase(database(), fixture);
    smtp = await TestSmtp.start();
    const from = 'Films <films@movies.example>';
    post = openPostOffice({ smtpUrl: smtp.url, from, publicUrl: PUBLIC_URL, logger: silentLogger });
    const auth = createAuth({ database: database(), secrets: [TEST_SECRET], signUps: UNLIMITED, post });
    api = await TestApi.open(database(), null, { auth });
  });
  afterAll(async () => {
    await post.close();
    await smtp.stop();
  });
  beforeEach(() => void smtp.mails.splice(0));

  const enter = async (name: string) => {
    const { signUp } = await api.query<{ signUp: Entered & { user: { userId: number } } }>(SIGN_UP, {
      input: input(name),
    });
    return { ...signUp, confirmation: (await smtp.next()).text };
  };
  const signIn = async (name: string, password?: string) =>
    (await api.query<{ signIn: Entered }>(SIGN_IN, credentials(name, password))).signIn;
  const refresh = (refreshToken: string) => api.query<{ refreshSession: Entered }>(REFRESH, { refreshToken });
  const refusal = async (query: string, variables: object, token?: string) =>
    (await api.run(query, variables as Record<string, unknown>, token)).errors[0];
  const GONE = expect.stringMatching(/^UNAUTHENTICATED: this session has ended/);

  it('shows the owner what only the owner may know, from the first answer on', async () => {
    const { signUp } = await api.query<{ signUp: object }>(SIGN_UP, { input: input('ann') });
    expect(signUp).toMatchObject({
      refreshToken: expect.stringMatching(/^[\w-]{43}$/),
      user: { name: 'ann', account: { email: 'ann@example.org', emailConfirmed: false, role: 'USER' } },
    });
    await smtp.next();
  });

  it('confirms the address by a link that works once', async () => {
    const bea = await enter('bea');
    const token = tokenIn(bea.confirmation, 'confirm-email');
    const confirm = 'mutation ($token: String!) { confirmEmail(token: $token) }';
    expect(await refusal(RESET, { token, newPassword: 'another horse' })).toMatch(
      /^BAD_USER_INPUT: this link/,
    );
    expect(await api.query(confirm, { token })).toEqual({ confirmEmail: true });
    expect(await api.query(VIEWER, {}, bea.token)).toMatchObject({
      viewer: { account: { emailConfirmed: true } },
    });
    expect(await refusal(confirm, { token })).toMatch(/^BAD_USER_INPUT: this link has expired or was used/);
    expect(await api.query('{ sendsMail }')).toEqual({ sendsMail: true });
    expect(await api.query('mutation { requestEmailConfirmation }', {}, bea.token)).toEqual({
      requestEmailConfirmation: true,
    });
    const cid = await enter('cid');
    await api.query('mutation { requestEmailConfirmation }', {}, cid.token);
    expect((await smtp.next()).to).toEqual(['cid@example.org']);
    expect(smtp.mails).toEqual([]);
  });

  it('continues a session, and ends it here, everywhere, and when a token comes twice', async () => {
    const { token, refreshToken } = await enter('dan');
    const elsewhere = await signIn('dan');
    const { refreshSession } = await refresh(refreshToken);
    expect(await api.query('{ viewer { name } }', {}, refreshSession.token)).toEqual({
      viewer: { name: 'dan' },
    });

    expect(await api.query('mutation { signOut }', {}, token)).toEqual({ signOut: true });
    for (const ended of [token, refreshSession.token]) expect(await refusal(VIEWER, {}, ended)).toEqual(GONE);
    expect(await refusal(REFRESH, { refreshToken: refreshSession.refreshToken })).toEqual(GONE);
    expect(await api.query('{ viewer { name } }', {}, elsewhere.token)).toEqual({ viewer: { name: 'dan' } });

    const third = await signIn('dan');
    const signOut = 'mutation ($refreshToken: String) { signOut(refreshToken: $refreshToken) }';
    expect(await api.query(signOut, { refreshToken: third.refreshToken })).toEqual({ signOut: true });
    expect(await refusal(VIEWER, {}, third.token)).toEqual(GONE);

    const fourth = await signIn('dan');
    await api.query('mutation { signOutEverywhere }', {}, fourth.token);
    for (const ended of [elsewhere, fourth]) {
      expect(await refusal(VIEWER, {}, ended.token)).toEqual(GONE);
      expect(await refusal(REFRESH, { refreshToken: ended.refreshToken })).toEqual(GONE);
    }
  });

  it('changes the password for whoever knows it, which ends all other sessions', async () => {
    const { token } = await enter('eva');
    const elsewhere = await signIn('eva');
    const change = (currentPassword: string, newPassword: string) => ({ currentPassword, newPassword });
    expect(await refusal(CHANGE, change('wrong horse', 'another horse'), token)).toMatch(
      /^BAD_USER_INPUT: the password is wrong/,
    );
    expect(await refusal(CHANGE, change('correct horse', 'password'), token)).toMatch(/most common/);
    expect(await refusal(CHANGE, change('correct horse', 'eva@example.org'), token)).toMatch(
      /your email address/,
    );
    expect(smtp.mails).toEqual([]);
    const { changePassword } = await api.query<{ changePassword: Entered }>(
      CHANGE,
      change('correct horse', 'another horse'),
      token,
    );
    for (const ended of [token, elsewhere.token]) expect(await refusal(VIEWER, {}, ended)).toEqual(GONE);
    expect(await api.query('{ viewer { name } }', {}, changePassword.token)).toEqual({
      viewer: { name: 'eva' },
    });
    expect((await smtp.next()).text).toContain('Subject: Your password was changed');
    expect(await refusal(SIGN_IN, credentials('eva'))).toMatch(
      /^BAD_USER_INPUT: the email address or the password/,
    );
    await signIn('eva', 'another horse');
  });

  it('sets a forgotten password by a link that works once, and ends all sessions', async () => {
    const { token } = await enter('fay');
    for (let times = 0; times < 2; times++) await api.query(ASK_RESET, { email: ' FAY@example.org' });
    const links = [await smtp.next(), await smtp.next()].map(({ to, text }) => {
      expect(to).toEqual(['fay@example.org']);
      return tokenIn(text, 'reset-password');
    });
    const [link = '', later = ''] = links;
    const stored = await database().dataSource.getRepository(AccountLinkEntity).find();
    for (const one of links) expect(JSON.stringify(stored)).not.toContain(one);
    expect(await refusal(RESET, { token: link, newPassword: '12345678' })).toMatch(/most common/);
    expect(await api.query(RESET, { token: link, newPassword: 'forgotten horse' })).toEqual({
      resetPassword: true,
    });
    for (const used of [link, later])
      expect(await refusal(RESET, { token: used, newPassword: 'stolen horse' })).toMatch(
        /^BAD_USER_INPUT: this link/,
      );
    expect(await refusal(VIEWER, {}, token)).toEqual(GONE);
    expect((await smtp.next()).text).toContain('Subject: Your password was changed');
    await signIn('fay', 'forgotten horse');
  });

  it('tells nobody who has an account when a link is asked for, and sends three in an hour', async () => {
    await enter('gil');
    const [known, unknown] = [
      await api.run(ASK_RESET, { email: 'gil@example.org' }),
      await api.run(ASK_RESET, { email: 'nobody@example.org' }),
    ];
    expect(unknown.data).toEqual(known.data);
    expect([known.errors, unknown.errors]).toEqual([[], []]);
    for (let times = 0; times < 4; times++) await api.query(ASK_RESET, { email: 'gil@example.org' });
    // The confirmation was the first.
    const received = () => smtp.mails.filter(({ to }) => to.includes('gil@example.org')).length;
    await until('both links arrive', () => received() === 2);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(received()).toBe(2);
  });

  it('takes no link after an hour', async () => {
    const { user } = await enter('hal');
    const url = await createLink(database(), user, 'reset', PUBLIC_URL);
    const links = database().dataSource.getRepository(AccountLinkEntity);
    await links.update(
      { userId: user.userId, purpose: 'reset' },
      { expiresAtSeconds: Math.floor(Date.now() / 1000) },
    );
    expect(await refusal(RESET, { token: url.split('#')[1], newPassword: 'late horse' })).toMatch(
      /^BAD_USER_INPUT: this link/,
    );
  });

  it('renames, by the rules for names', async () => {
    const { token } = await enter('ida');
    const rename =
      'mutation ($name: String) { updateAccount(input: { name: $name }) { user { name sharesRatings } } }';
    expect(await api.query(rename, { name: ' Ida  Moon ' }, token)).toEqual({
      updateAccount: { user: { name: 'Ida Moon', sharesRatings: false } },
    });
    expect(await refusal(rename, { name: 'User 176' }, token)).toMatch(/^BAD_USER_INPUT: names like/);
    expect(await api.query(rename, {}, token)).toMatchObject({
      updateAccount: { user: { name: 'Ida Moon' } },
    });
  });

  it('survives a mail that cannot be sent', async () => {
    const broken = openPostOffice({
      smtpUrl: 'smtp://127.0.0.1:1',
      from: 'a@b.org',
      publicUrl: PUBLIC_URL,
      logger: silentLogger,
    });
    const auth = createAuth({
      database: database(),
      secrets: [TEST_SECRET],
      signUps: UNLIMITED,
      post: broken,
    });
    const other = await TestApi.open(database(), null, { auth });
    await other.query(SIGN_UP, { input: input('jan') });
    expect(await other.query(ASK_RESET, { email: 'jan@example.org' })).toEqual({
      requestPasswordReset: true,
    });
    await broken.close();
  });

  it('keeps no session of earlier times', async () => {
    const tokens = database().dataSource.getRepository(RefreshTokenEntity);
    await database().dataSource.query('UPDATE refresh_token SET expiresAtSeconds = 1');
    await enter('kim');
    expect(await tokens.count()).toBe(1);
  });
});

describe('without a server for mails', () => {
  it('says so instead of sending a link, and opens accounts all the same', async () => {
    const opened = await createSqlite('node-sqlite');
    await fillDatabase(opened.database, fixture);
    const api = await TestApi.open(opened.database, null);
    expect(await api.query('{ sendsMail }')).toEqual({ sendsMail: false });
    const { signUp } = await api.query<{ signUp: Entered }>(SIGN_UP, { input: input('ann') });
    expect((await api.run(ASK_RESET, { email: 'ann@example.org' })).errors[0]).toMatch(
      /^BAD_USER_INPUT: this server sends no mail/,
    );
    expect(await api.query('mutation { requestEmailConfirmation }', {}, signUp.token)).toEqual({
      requestEmailConfirmation: false,
    });
    await opened.drop();
  });
});
