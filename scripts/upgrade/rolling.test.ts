import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inspectDatabase, TABLE_NAMES, type Inspection } from '@pocketrocket/schema/database';
import { largestVariables, portalOperations } from '@pocketrocket/testing';
import { askGraphql } from '../topology/graphql.ts';
import type { RunningServer } from '../topology/processes.ts';
import type { Topology } from '../topology/topology.ts';
import { openHomeOf } from './fixtures.ts';

const mysqlUrl = process.env['TEST_MYSQL_URL'];
if (!mysqlUrl && process.env['CI']) throw new Error('TEST_MYSQL_URL names no MySQL server');

/** All that a migration of the next release may do while servers of this one go on (docs/upgrading.md): it adds. */
async function expand(inspection: Inspection): Promise<void> {
  const query = (sql: string) => inspection.query(sql);
  for (const table of TABLE_NAMES) {
    await query(`ALTER TABLE \`${table}\` ADD COLUMN nextText varchar(40) NULL`);
    await query(`ALTER TABLE \`${table}\` ADD COLUMN nextNumber int NOT NULL DEFAULT 7`);
    await query(`CREATE INDEX next_${table} ON \`${table}\` (nextNumber)`);
  }
  await query('CREATE TABLE next_release (id int NOT NULL PRIMARY KEY)');
  const time = inspection.dialect.name === 'mysql' ? '`timestamp`' : '"timestamp"';
  await query(`INSERT INTO migrations (${time}, name) VALUES (1900000000000, 'Next1900000000000')`);
}

const SIGN_UP = 'mutation ($input: SignUpInput!) { signUp(input: $input) { token } }';
/** The whole life of an account. */
const LIFE = [
  'mutation { rateMovie(input: { movieId: 4, rating: 4.5 }) { rating { rating } } }',
  `mutation { importMyRatings(importId: "an-import-of-the-test", rows: [{ movieId: 5, rating: 3 }, { movieId: 6, rating: 4 }]) { __typename } }`,
  'mutation { undoMyImport(importId: "an-import-of-the-test") { __typename } }',
  'mutation { unrateMovie(input: { movieId: 4 }) { __typename } }',
  'mutation { updateAccount(input: { name: "Grace", sharesRatings: true }) { __typename } }',
  '{ viewer { name recommendations(first: 3) { nodes { rank } } } exportMyData { content } }',
  'mutation { deleteMyAccount(password: "correct horse battery") }',
];

describe.each([...(mysqlUrl ? ['mysql'] : []), 'sqlite'])(
  'on %s, the next release has added to the tables',
  (engine) => {
    let topology: Topology;
    let old: RunningServer;
    beforeAll(async () => {
      topology = await openHomeOf('1-accounts', {
        mysqlUrl: engine === 'mysql' ? mysqlUrl : undefined,
        env: { BUDGET_PER_SECOND: '0' },
      });
      old = await topology.startServer();
    }, 120_000);
    afterAll(() => topology?.close());

    const queries = portalOperations(largestVariables({ movieIds: [1, 2, 3], genre: 'Drama' })).filter(
      ({ query }) => query.startsWith('query'),
    );
    /** The errors of everything that the portal asks and of all that an account does. */
    const errorsOf = async ({ origin }: RunningServer) => {
      const asked: Record<string, string[]> = {};
      for (const { name, query, variables } of queries)
        asked[name] = (await askGraphql(origin, query, variables)).errors;
      const input = { name: 'Ada', email: `${randomUUID()}@example.org`, password: 'correct horse battery' };
      const { data, errors } = await askGraphql<{ signUp: { token: string } }>(origin, SIGN_UP, { input });
      asked['signUp'] = errors;
      for (const step of LIFE) asked[step] = (await askGraphql(origin, step, {}, data.signUp.token)).errors;
      return asked;
    };

    it('servers of this release go on, and others start', async () => {
      const before = await errorsOf(old);
      expect(Object.keys(before).length).toBeGreaterThan(20);
      const inspection = await inspectDatabase({ url: topology.databaseUrl });
      if (inspection === null) throw new Error('there is no database');
      await expand(inspection);

      expect(await errorsOf(old)).toEqual(before);
      const started = await topology.startServer();
      expect(await errorsOf(started)).toEqual(before);
      expect((await fetch(`${started.origin}/readyz`)).status).toBe(200);
      const failed = Object.entries(before).filter(([, errors]) => errors.length > 0);
      // The signed-out visitor's; no step of an account's life fails.
      expect(failed.filter(([name]) => name === 'signUp' || LIFE.includes(name))).toEqual([]);

      const [rating] = await inspection.query<{ nextNumber: number; nextText: string | null }>(
        'SELECT nextNumber, nextText FROM rating LIMIT 1',
      );
      expect(rating).toEqual({ nextNumber: 7, nextText: null });
      await inspection.close();
    }, 120_000);
  },
);
