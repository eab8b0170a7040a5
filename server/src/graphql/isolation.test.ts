import { beforeAll, expect, it } from '@jest/globals';
import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  subscribe,
  type ExecutionResult,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLOutputType,
} from 'graphql';
import { toNodeId } from '@pocketrocket/schema';
import { AppError } from '@pocketrocket/runtime';
import { giveRole } from '../accounts/roles.ts';
import { readExportPage, type ExportCursor, type ExportPage } from '../exports/exportPages.ts';
import { EXPORT_KINDS, type ExportKindName } from '../exports/exportRequest.ts';
import type { LiveOperation } from './context.ts';
import { makeApp } from '../test/apps.ts';
import { silentLogger, TestApi } from '../test/api.ts';
import { describeOnEveryDatabase } from '../test/databases.ts';
import { fillDatabase, makeFixture } from '../test/fixture.ts';
import { makeModel } from '../test/model.ts';

const fixture = makeFixture();
const model = makeModel(fixture);
const MOVIE = 42;
const SECRET_NAME = 'Zyxwv Utsrq';
const SECRET_ID = 'zyxwv-at-home';
const MAX_DEPTH = 3;

/** The ways to name a user: by number or as the app does. */
type Way = 'number' | 'externalId';

describeOnEveryDatabase('users of an app', (database) => {
  let api: TestApi;
  let userId = 0;
  let ownKey: string;
  const askers = new Map<string, string | undefined>();

  const signUp = async (name: string) => {
    const input = { name, email: `${name}@example.org`, password: 'correct horse' };
    const { signUp: entered } = await api.query<{ signUp: { token: string } }>(
      'mutation ($input: SignUpInput!) { signUp(input: $input) { token } }',
      { input },
    );
    return entered.token;
  };

  /** A value for an argument: what names the secret user where it can, else anything that fits; null for what is left out. */
  function valueOf({ name, type }: GraphQLArgument | GraphQLInputField, way: Way): string | null {
    const named = getNamedType(type);
    const isNamedByNumber = way === 'number' && /user_?id$/i.test(name) && named.name === 'Int';
    const isNamedById = way === 'externalId' && /externalId$/i.test(name) && named.name === 'String';
    if (isNamedByNumber) return isListType(getNullableType(type)) ? `[${userId}]` : String(userId);
    if (isNamedById) return isListType(getNullableType(type)) ? `["${SECRET_ID}"]` : `"${SECRET_ID}"`;
    if (name === 'id') return `"${toNodeId('User', userId)}"`;
    if (name === 'first') return '3';
    if (!isNonNullType(type)) return null;
    const nullable = getNullableType(type);
    if (isInputObjectType(named)) {
      const fields = Object.values(named.getFields()).flatMap((field) => {
        const value = valueOf(field, way);
        return value === null ? [] : [`${field.name}: ${value}`];
      });
      const object = `{ ${fields.join(', ')} }`;
      return isListType(nullable) ? `[${object}, ${object}]` : object;
    }
    if (isListType(nullable)) return '[]';
    if (isEnumType(named)) return named.getValues()[0]?.name ?? '';
    return { Int: String(MOVIE), Float: '1', Boolean: 'true' }[named.name] ?? '"film"';
  }

  /** A field with its arguments and all that is in it, and in that. */
  function selectionOf(field: GraphQLField<unknown, unknown>, way: Way, depth: number): string | null {
    const given = field.args.flatMap((arg) => {
      const value = valueOf(arg, way);
      const isLater = field.name === 'users' && arg.name === 'first';
      return value === null || isLater ? [] : [`${arg.name}: ${value}`];
    });
    // All of them.
    if (field.name === 'users') given.push('first: 100');
    const head = `${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''}`;
    const body = bodyOf(field.type, way, depth);
    return body === null ? null : `${head} ${body}`;
  }

  /** @param prefix of aliases, where types that differ stand side by side */
  function bodyOf(type: GraphQLOutputType, way: Way, depth: number, prefix = ''): string | null {
    const named = getNamedType(type);
    if (isLeafType(named)) return '';
    if (depth === 0) return null;
    if (isInterfaceType(named)) {
      const parts = api.schema
        .getPossibleTypes(named)
        .map((one) => `... on ${one.name} ${bodyOf(one, way, depth, one.name) ?? '{ __typename }'}`);
      return `{ ${parts.join(' ')} }`;
    }
    if (!isObjectType(named)) return '{ __typename }';
    // Connections tell twice what is in them.
    const fields = Object.values(named.getFields()).filter(({ name }) => name !== 'edges');
    const inner = fields.flatMap((field) => {
      const selection = selectionOf(field, way, depth - 1);
      if (selection === null) return [];
      return prefix === '' ? selection : `${prefix}_${field.name}: ${selection}`;
    });
    return inner.length > 0 ? `{ ${inner.join(' ')} }` : null;
  }

  const withoutAdmin = ({ admin: _admin, ...others }: Record<string, string>) => others;
  const rootFields = () => Object.values(api.schema.getQueryType()?.getFields() ?? {});
  /** All that somebody can read, in words: values and errors. */
  const readAll = async (token: string | undefined, way: Way) => {
    const answers: Record<string, string> = {};
    for (const field of rootFields()) {
      const query = `{ ${selectionOf(field, way, MAX_DEPTH) ?? field.name} }`;
      const { data, errors } = await api.run(query, {}, token);
      answers[field.name] = JSON.stringify({ data, errors });
      // It is a query that can be asked.
      expect([query, answers[field.name]]).toEqual([query, expect.not.stringContaining('UNEXPECTED')]);
    }
    return answers;
  };

  beforeAll(async () => {
    await fillDatabase(database(), fixture);
    api = await TestApi.open(database(), model);
    const app = await makeApp(api.deps, { name: 'Own' });
    const other = await makeApp(api.deps, { name: 'Other' });
    ownKey = await app.key('read', 'recommend', 'write:events');
    askers.set('nobody', undefined);
    askers.set('an account', await signUp('otto'));
    askers.set('an administrator', await signUp('ada'));
    await giveRole(database(), silentLogger, {
      email: 'ada@example.org',
      role: 'admin',
      changedBy: 'test',
    });
    askers.set('another app', await other.key('read', 'recommend', 'write:events', 'write:catalogue'));
    askers.set('another app with all rights', await other.key('read', 'recommend', 'write:events', 'admin'));
    await api.query(
      'mutation ($users: [AppUserInput!]!) { upsertUsers(users: $users) { createdCount } }',
      { users: [{ externalId: SECRET_ID, name: SECRET_NAME }] },
      ownKey,
    );
    const [user] = await database().dataSource.query<{ userId: number }[]>('SELECT userId FROM app_user');
    userId = user?.userId ?? 0;
  });

  it('are seen by nobody else, in no field, by number or id, and count nowhere', async () => {
    const before = new Map<string, Record<string, string>>();
    for (const [name, token] of askers)
      for (const way of ['number', 'externalId'] as const)
        before.set(`${name} ${way}`, await readAll(token, way));
    const events = [
      { eventId: 'a', userExternalId: SECRET_ID, kind: 'RATING', movieId: MOVIE, value: 1 },
      { eventId: 'b', userExternalId: SECRET_ID, kind: 'LIKE', movieId: 7 },
      { eventId: 'c', userExternalId: SECRET_ID, kind: 'DISMISS', movieId: 8 },
    ];
    await api.query(
      'mutation ($events: [EventInput!]!) { recordEvents(events: $events) { storedCount } }',
      { events },
      ownKey,
    );
    for (const [name, token] of askers)
      for (const way of ['number', 'externalId'] as const) {
        const after = await readAll(token, way);
        // What goes on in the process is told to administrators, and counts up meanwhile.
        expect([name, way, withoutAdmin(after)]).toEqual([
          name,
          way,
          withoutAdmin(before.get(`${name} ${way}`) ?? {}),
        ]);
        const told = JSON.stringify(after);
        expect([name, way, told.includes(SECRET_NAME)]).toEqual([name, way, false]);
        // Errors may repeat what was asked for.
        const other = way === 'number' ? SECRET_ID : String(userId);
        expect([name, way, told.includes(other)]).toEqual([name, way, false]);
      }
  });

  it('are in no export but one that asks for what is private', async () => {
    const exported = async (kind: ExportKindName, includesPrivate: boolean) => {
      let text = '';
      for (let after: ExportCursor | null = null; ;) {
        const page: ExportPage = await readExportPage(database(), { kind, includesPrivate }, after);
        text += page.text;
        if (page.next === null) return text;
        after = page.next;
      }
    };
    for (const kind of EXPORT_KINDS) {
      const [shared, all] = [await exported(kind, false), await exported(kind, true)];
      for (const secret of [SECRET_NAME, SECRET_ID, String(userId)]) expect(shared).not.toContain(secret);
      expect([kind, all.includes(String(userId))]).toEqual([kind, kind === 'events']);
    }
  });

  it('have lists that nobody else can subscribe to', async () => {
    const subscription = (way: Way) =>
      parse(
        `subscription { recommendationsChanged(${way === 'number' ? `userId: ${userId}` : `userExternalId: "${SECRET_ID}"`}, first: 3) { nodes { rank } } }`,
      );
    /** The first answer of a subscription, or what ends it. */
    const first = async (token: string | undefined, way: Way) => {
      const live: LiveOperation = {
        async *listOf(watched) {
          yield await Promise.resolve({ userId: watched, isExchange: false });
        },
        async *training() {
          yield await Promise.resolve({ userId: null, isExchange: false });
        },
        note: () => undefined,
      };
      const contextValue = api.context(token, { live });
      const answers = await subscribe({ schema: api.schema, document: subscription(way), contextValue });
      if (!('next' in answers)) return answers;
      const { value } = await answers.next();
      await answers.return(undefined);
      return value as ExecutionResult;
    };
    for (const way of ['number', 'externalId'] as const) {
      for (const [name, token] of askers) {
        const { data = null, errors = [] } = await first(token, way);
        expect([name, way, data?.['recommendationsChanged'] ?? null]).toEqual([name, way, null]);
        const codes = errors.map(
          ({ originalError }) => originalError instanceof AppError && originalError.code,
        );
        expect([name, way, codes]).toEqual([
          name,
          way,
          [expect.stringMatching(/^(NOT_FOUND|FORBIDDEN|UNAUTHENTICATED)$/)],
        ]);
      }
      const own = await first(ownKey, way);
      expect(own.errors).toBeUndefined();
      expect(own.data).toMatchObject({
        recommendationsChanged: { nodes: [{ rank: 1 }, { rank: 2 }, { rank: 3 }] },
      });
    }
  });

  it('are seen by their own app, by number, id and node', async () => {
    for (const way of ['number', 'externalId'] as const) {
      const answers = await readAll(ownKey, way);
      expect(answers['user']).toContain(SECRET_NAME);
      expect(answers['node']).toContain(SECRET_NAME);
      expect(answers['user']).toContain(SECRET_ID);
      expect(answers['user']).toContain('"ratingCount":2');
      expect(answers['user']).toMatch(/"dismissedMovies":\{"nodes":\[\{[^[]*"movieId":8,/);
      expect(answers['users']).not.toContain(SECRET_NAME);
    }
  });

  it('are read with the scope read, and their recommendations with recommend', async () => {
    const app = await makeApp(api.deps);
    const ask = (token: string, field: string) =>
      api.run(`{ user(externalId: "kim") { ${field} } }`, {}, token);
    const upsert = 'mutation { upsertUsers(users: [{ externalId: "kim" }]) { createdCount } }';
    await api.query(upsert, {}, await app.key('write:events'));
    const [reading, recommending, writing] = [
      await app.key('read'),
      await app.key('recommend'),
      await app.key('write:events'),
    ];
    const list = 'recommendations { nodes { rank } }';
    expect((await ask(reading, 'ratingCount')).errors).toEqual([]);
    expect((await ask(reading, list)).errors).toEqual([
      expect.stringMatching(/^FORBIDDEN: .*scope recommend/),
    ]);
    expect((await ask(recommending, list)).errors).toEqual([]);
    expect((await ask(recommending, 'ratings { totalCount }')).errors).toEqual([
      expect.stringMatching(/^FORBIDDEN: .*scope read/),
    ]);
    expect((await ask(writing, 'name')).errors).toEqual([
      expect.stringMatching(/^FORBIDDEN: .*scope read or recommend/),
    ]);
  });

  it('cannot be written or deleted by another app of the same ids', async () => {
    const other = askers.get('another app');
    await api.query(
      'mutation ($users: [AppUserInput!]!) { upsertUsers(users: $users) { createdCount } }',
      { users: [{ externalId: SECRET_ID, name: 'Mine' }] },
      other,
    );
    const like = [{ eventId: 'a', userExternalId: SECRET_ID, kind: 'LIKE', movieId: 3 }];
    expect(
      await api.query(
        'mutation ($events: [EventInput!]!) { recordEvents(events: $events) { storedCount duplicateCount } }',
        { events: like },
        other,
      ),
    ).toEqual({ recordEvents: { storedCount: 1, duplicateCount: 0 } });
    const ask = (token?: string) =>
      api.query(`{ user(externalId: "${SECRET_ID}") { name ratingCount } }`, {}, token);
    expect(await ask(other)).toEqual({ user: { name: 'Mine', ratingCount: 1 } });
    expect(await ask(ownKey)).toEqual({ user: { name: SECRET_NAME, ratingCount: 2 } });
    await api.query(`mutation { deleteUsers(externalIds: ["${SECRET_ID}"]) { deletedCount } }`, {}, other);
    expect(await ask(other)).toEqual({ user: null });
    expect(await ask(ownKey)).toEqual({ user: { name: SECRET_NAME, ratingCount: 2 } });
  });
});
