import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  getNamedType,
  getNullableType,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputType,
} from 'graphql';
import { API_SCOPES } from '@pocketrocket/schema/database';
import { makeApp } from '../test/apps.ts';
import { TestApi } from '../test/api.ts';
import { createSqlite } from '../test/databases.ts';
import { fillDatabase, makeFixture } from '../test/fixture.ts';
import { makeModel } from '../test/model.ts';
import { ACCESS_RULES, accessRuleOf, withAccessRules, type AccessRule } from './accessRules.ts';
import { buildPrintableSchema } from './apiSchema.ts';

const fixture = makeFixture();

function fieldsOf(
  schema: GraphQLSchema,
): { name: string; type: string; field: GraphQLField<unknown, unknown> }[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => (isObjectType(type) || isInterfaceType(type)) && !type.name.startsWith('__'))
    .flatMap((type) =>
      Object.values((type as GraphQLObjectType).getFields()).map((field) => ({
        name: `${type.name}.${field.name}`,
        type: type.name,
        field,
      })),
    );
}

/** A value that the type accepts, as text of GraphQL. */
function anything(type: GraphQLInputType): string {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return '[]';
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name ?? '';
  if (isInputObjectType(nullable)) {
    const needed = Object.values(nullable.getFields()).filter((field) => isNonNullType(field.type));
    return `{ ${needed.map((field) => `${field.name}: ${anything(field.type)}`).join(', ')} }`;
  }
  return { Int: '1', Float: '1', Boolean: 'true' }[String(nullable)] ?? '"anything"';
}

/** A selection of a field with all the arguments that it needs. */
function selectionOf({ name, args, type }: GraphQLField<unknown, unknown>): string {
  const needed = args.filter((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined);
  const given = needed.map((arg) => `${arg.name}: ${anything(arg.type)}`).join(', ');
  return `${name}${given && `(${given})`}${isLeafType(getNamedType(type)) ? '' : ' { __typename }'}`;
}

describe('the rules of access', () => {
  it('cover every field of the SDL, and no other', async () => {
    const schema = await buildPrintableSchema();
    const fields = fieldsOf(schema);
    expect(fields.length).toBeGreaterThan(120);
    expect(
      fields.filter(({ type, field }) => !accessRuleOf(type, field.name)).map(({ name }) => name),
    ).toEqual([]);
    const known = new Set(fields.map(({ name }) => name));
    const types = new Set(fields.map(({ type }) => type));
    const stale = Object.entries(ACCESS_RULES).flatMap(([type, rules]) =>
      typeof rules === 'string'
        ? types.has(type)
          ? []
          : [type]
        : Object.keys(rules)
            .map((field) => `${type}.${field}`)
            .filter((name) => !known.has(name)),
    );
    expect(stale).toEqual([]);
  });

  it('are asked for before a field without one is served', () => {
    const query = new GraphQLObjectType({ name: 'Query', fields: { secret: { type: GraphQLString } } });
    expect(() => withAccessRules(new GraphQLSchema({ query }))).toThrow(/Query\.secret has no access rule/);
  });
});

describe('the fields', () => {
  const OWNER = { name: 'Olga', email: 'olga@example.org', password: 'correct horse' };
  let api: TestApi;
  let owner: { token: string; userId: number };
  let other: { token: string; userId: number };
  let fields: ReturnType<typeof fieldsOf>;

  const enter = async (input: typeof OWNER) => {
    const { signUp } = await api.query<{ signUp: { token: string; user: { userId: number } } }>(
      'mutation ($input: SignUpInput!) { signUp(input: $input) { token user { userId } } }',
      { input },
    );
    return { token: signUp.token, userId: signUp.user.userId };
  };
  const share = (sharesRatings: boolean) =>
    api.query(
      'mutation ($sharesRatings: Boolean) { updateAccount(input: { sharesRatings: $sharesRatings }) { user { sharesRatings } } }',
      { sharesRatings },
      owner.token,
    );
  beforeAll(async () => {
    const { database } = await createSqlite('node-sqlite');
    await fillDatabase(database, fixture);
    api = await TestApi.open(database, makeModel(fixture));
    owner = await enter(OWNER);
    other = await enter({ ...OWNER, name: 'Otto', email: 'otto@example.org' });
    const rate = 'mutation { rateMovie(input: { movieId: 7, rating: 4.5 }) { user { ratingCount } } }';
    expect(await api.query(rate, {}, owner.token)).toEqual({ rateMovie: { user: { ratingCount: 1 } } });
    fields = fieldsOf(api.schema);
  });

  const ofRule = (rule: AccessRule) =>
    fields.filter(({ type, field }) => accessRuleOf(type, field.name) === rule);
  const rootOf = (type: string) => (type === 'Mutation' ? 'mutation ' : '');
  /** Asks for a field of a root, or of a user of the data set. */
  const queryOf = (type: string, field: GraphQLField<unknown, unknown>) =>
    type === 'User'
      ? `{ user(userId: 1) { ${selectionOf(field)} } }`
      : `${rootOf(type)}{ ${selectionOf(field)} }`;
  /** The value of a field of the owner, and the errors, as somebody reads it. */
  const read = async (field: GraphQLField<unknown, unknown>, token?: string) => {
    const { data, errors } = await api.run<{ user: Record<string, unknown> }>(
      `{ user(userId: ${owner.userId}) { ${selectionOf(field)} } }`,
      {},
      token,
    );
    expect(errors).toEqual([]);
    return data.user[field.name];
  };

  it.each(['signedIn', 'admin', 'adminOrApp'] as const)(
    'of the rule %s are refused to nobody',
    async (rule) => {
      expect(ofRule(rule).length).toBeGreaterThan(0);
      for (const { type, field } of ofRule(rule)) {
        const { errors } = await api.run(queryOf(type, field));
        expect([field.name, ...errors]).toEqual([
          field.name,
          expect.stringMatching(/^UNAUTHENTICATED: .*sign in/),
        ]);
      }
    },
  );

  it('of the rule admin are refused to who is none, and there for who is', async () => {
    for (const { type, field } of ofRule('admin')) {
      const query = queryOf(type, field);
      expect((await api.run(query, {}, other.token)).errors).toEqual([
        expect.stringMatching(/^FORBIDDEN: only administrators/),
      ]);
      await api.deps.database.dataSource.query("UPDATE account SET role = 'admin' WHERE userId = ?", [
        other.userId,
      ]);
      const { errors } = await api.run(query, {}, other.token);
      // Of what is asked for, not of who asks.
      expect(errors.filter((error) => !/^(NOT_FOUND|BAD_USER_INPUT)/.test(error))).toEqual([]);
      await api.deps.database.dataSource.query("UPDATE account SET role = 'user' WHERE userId = ?", [
        other.userId,
      ]);
    }
  });

  it('of the rule admin are there for API keys with the scope admin, and for no others', async () => {
    const app = await makeApp(api.deps);
    const key = await app.key('admin');
    const less = await app.key(...API_SCOPES.filter((scope) => scope !== 'admin'));
    for (const { type, field } of ofRule('admin')) {
      const { errors } = await api.run(queryOf(type, field), {}, key);
      expect(errors.filter((error) => !/^(NOT_FOUND|BAD_USER_INPUT)/.test(error))).toEqual([]);
      expect((await api.run(queryOf(type, field), {}, less)).errors).toEqual([
        expect.stringMatching(/^FORBIDDEN: this needs an API key with the scope admin/),
      ]);
    }
  });

  it.each(API_SCOPES)(
    'of the rule scope %s are there for keys with it, and for nobody else',
    async (scope) => {
      const app = await makeApp(api.deps);
      const key = await app.key(scope);
      const less = await app.key(...API_SCOPES.filter((one) => one !== scope));
      for (const { type, field } of ofRule(`scope ${scope}`)) {
        const query = queryOf(type, field);
        const errorsFor = async (token?: string) => (await api.run(query, {}, token)).errors;
        for (const token of [undefined, owner.token])
          expect(await errorsFor(token)).toEqual([
            expect.stringMatching(/^UNAUTHENTICATED: send an API key with the scope/),
          ]);
        expect(await errorsFor(less)).toEqual([expect.stringMatching(/^FORBIDDEN/)]);
        const errors = await errorsFor(key);
        expect(errors.filter((error) => !/^(NOT_FOUND|BAD_USER_INPUT)/.test(error))).toEqual([]);
      }
    },
  );

  it.each(['owner', 'ownerOrApp'] as const)(
    'of the rule %s are null for everybody else, sharing or not',
    async (rule) => {
      expect(ofRule(rule).length).toBeGreaterThan(0);
      for (const { field } of ofRule(rule)) {
        for (const shares of [false, true]) {
          await share(shares);
          expect([await read(field), await read(field, other.token)]).toEqual([null, null]);
          expect(await read(field, owner.token)).not.toBeNull();
        }
      }
    },
  );

  it('of the rule shared are empty for everybody else, until they are shared', async () => {
    expect(ofRule('shared').length).toBeGreaterThan(5);
    for (const { field } of ofRule('shared')) {
      await share(false);
      const own = await read(field, owner.token);
      for (const token of [undefined, other.token]) {
        const seen = await read(field, token);
        expect([field.name, seen]).toEqual([
          field.name,
          isNonNullType(field.type) ? (isListType(field.type.ofType) ? [] : 0) : null,
        ]);
        expect(seen).not.toEqual(own);
      }
      await share(true);
      expect(await read(field)).toEqual(own);
    }
    await share(false);
  });

  it('of the rule viewer are null for nobody', async () => {
    expect(await api.query('{ viewer { name } movie(movieId: 7) { viewerRating } }')).toEqual({
      viewer: null,
      movie: { viewerRating: null },
    });
    expect(await api.query('{ movie(movieId: 7) { viewerRating } }', {}, owner.token)).toEqual({
      movie: { viewerRating: 4.5 },
    });
    for (const { type, field, name } of ofRule('viewer')) {
      const query = type === 'Movie' ? `{ movie(movieId: 7) { ${selectionOf(field)} } }` : '';
      if (!query) continue;
      expect([name, await api.query(query)]).toEqual([name, { movie: { [field.name]: null } }]);
    }
    expect(ofRule('viewer').map(({ name }) => name)).toEqual([
      'Movie.isDismissed',
      'Movie.isOnWatchlist',
      'Movie.viewerPrediction',
      'Movie.viewerRating',
      'Query.viewer',
    ]);
  });

  it('of the rule proven do nothing without the proof', async () => {
    const tokens = () =>
      api.deps.database.dataSource.query('SELECT tokenHash FROM refresh_token ORDER BY tokenHash');
    const before = await tokens();
    for (const { type, field } of ofRule('proven')) {
      const { data } = await api.run<Record<string, unknown> | null>(
        `${rootOf(type)}{ ${selectionOf(field)} }`,
      );
      expect([field.name, field.name === 'signOut' ? data?.['signOut'] : data]).toEqual([
        field.name,
        field.name === 'signOut' ? true : null,
      ]);
    }
    expect(await tokens()).toEqual(before);
  });

  it('tell no private number by the order or the cursors of users, and leave private ratings out of fans', async () => {
    interface Users {
      users: {
        edges: { cursor: string; node: { userId: number } }[];
        pageInfo: { endCursor: string; hasNextPage: boolean };
      };
    }
    const paged = async (orderBy: string, told = 0) => {
      const found: number[] = [];
      let after: string | null = null;
      do {
        const answer: Users = await api.query<Users>(
          `query ($after: String) { users(first: 7, after: $after, orderBy: ${orderBy}) { edges { cursor node { userId } } pageInfo { endCursor hasNextPage } } }`,
          { after },
        );
        for (const { cursor, node } of answer.users.edges) {
          found.push(node.userId);
          if (node.userId === owner.userId && orderBy === 'RATING_COUNT_DESC')
            expect(Buffer.from(cursor, 'base64url').toString()).toBe(
              `["RATING_COUNT_DESC",${told},${owner.userId}]`,
            );
        }
        after = answer.users.pageInfo.hasNextPage ? answer.users.pageInfo.endCursor : null;
      } while (after !== null);
      return found;
    };
    const byCount = await paged('RATING_COUNT_DESC');
    expect(byCount.toSorted((a, b) => a - b)).toEqual([...fixture.userIds, owner.userId, other.userId]);
    // After everybody who has rated, and after who has not, by number.
    expect(byCount.slice(-2)).toEqual([owner.userId, other.userId]);
    expect(await paged('USER_ID_ASC')).toEqual([...fixture.userIds, owner.userId, other.userId]);

    const fans = async () =>
      JSON.stringify(await api.query('{ movie(movieId: 7) { fans(first: 100) { userId } } }'));
    expect(await fans()).not.toContain(String(owner.userId));
    await share(true);
    expect(await fans()).toContain(String(owner.userId));
    expect((await paged('RATING_COUNT_DESC', 1)).slice(-1)).toEqual([other.userId]);
    await share(false);
  });
});
